"""What kind of file it is, by its content: what is on no list is refused, whatever its name."""

import re
import struct
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from app.files import kinds
from app.files.kinds import FileKind
from app.files.refusals import AttachmentRefused, NotAttachable

MOST_ENTRIES = 5_000
MOST_UNPACKED_BYTES = 150 * 1024 * 1024
_LARGEST_DIRECTORY_BYTES = 2 * 1024 * 1024
_HEAD_BYTES = 1024
_CHUNK_BYTES = 256 * 1024

_ENCRYPTED = 0x1
_END_OF_ZIP, _END_LENGTH, _LONGEST_COMMENT = b"PK\x05\x06", 22, 65_535
_MAIN_PART = re.compile(rb'ContentType\s*=\s*["\']([^"\']+\.main\+xml)["\']')
_MACROS = re.compile(r"(^|/)(vba(Project|Data)|activeX|macrosheets|Basic|Scripts)\b", re.IGNORECASE)
_MARKUP = re.compile(rb"\s*<(!doctype|\?xml|html|head|body|svg|script|!--)", re.IGNORECASE)

WITH_MACROS = "This file holds macros, which cannot be attached. Save it without them, or as a PDF."
LOCKED = "This file is locked with a password. Save it without one and attach it again."
UNPACKS_TOO_LARGE = (
    "This file unpacks to more than can be looked through. Save it smaller, or as a PDF."
)


def kind_of(content: BinaryIO, name: str) -> FileKind:
    """The kind of a file, by its first bytes and its parts. The name only tells kinds of text
    apart. Raises NotAttachable or AttachmentRefused. Reads a zip's directory, never its entries."""
    content.seek(0)
    head = content.read(_HEAD_BYTES)
    for kind, signature in (
        (kinds.PNG, b"\x89PNG\r\n\x1a\n"),
        (kinds.JPEG, b"\xff\xd8\xff"),
        (kinds.GIF, b"GIF87a"),
        (kinds.GIF, b"GIF89a"),
        (kinds.PDF, b"%PDF-"),
    ):
        if head.startswith(signature):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return kinds.WEBP
    if head.startswith(b"PK\x03\x04"):
        with open_zip(content) as packed:
            return kind_of_zip(packed)
    return _kind_of_text(content, head, name)


def open_zip(content: BinaryIO) -> ZipFile:
    """A zip whose size unpacked, as it says itself, is bearable; entries are read up to that size
    and no further. Raises AttachmentRefused."""
    _refuse_large_directory(content)
    try:
        packed = ZipFile(content)
    except BadZipFile as error:
        raise AttachmentRefused from error
    entries = packed.infolist()
    names = [entry.filename for entry in entries]
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise AttachmentRefused(LOCKED)
    if (
        len(entries) > MOST_ENTRIES
        or sum(entry.file_size for entry in entries) > MOST_UNPACKED_BYTES
    ):
        raise AttachmentRefused(UNPACKS_TOO_LARGE)
    if (
        len(set(names)) < len(names)
        or any(entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for entry in entries)
        or any(name.startswith("/") or "\\" in name or ".." in name.split("/") for name in names)
    ):
        raise AttachmentRefused
    return packed


def kind_of_zip(packed: ZipFile) -> FileKind:
    """Which office format a zip is. Raises NotAttachable, or AttachmentRefused for macros."""
    names = set(packed.namelist())
    if "mimetype" in names:
        said = _start_of(packed, "mimetype").decode("ascii", "replace").strip()
        found = next((kind for kind in kinds.OPEN_DOCUMENT if kind.media_type == said), None)
    elif "[Content_Types].xml" in names:
        parts = set(_MAIN_PART.findall(_start_of(packed, "[Content_Types].xml")))
        if any(b"macroenabled" in part.lower() for part in parts):
            raise AttachmentRefused(WITH_MACROS)
        mains = {f"{kind.media_type}.main+xml".encode(): kind for kind in kinds.OPEN_XML}
        found = next((mains[part] for part in parts if part in mains), None)
    else:
        found = None
    if found is None:
        raise NotAttachable
    if any(_MACROS.search(name) for name in names):
        raise AttachmentRefused(WITH_MACROS)
    return found


def _start_of(packed: ZipFile, name: str) -> bytes:
    with packed.open(name) as part:
        return part.read(_CHUNK_BYTES)


def _refuse_large_directory(content: BinaryIO) -> None:
    """A zip's directory is read whole into memory: how long it is stands at the file's end."""
    size = content.seek(0, 2)
    content.seek(max(0, size - _END_LENGTH - _LONGEST_COMMENT))
    tail = content.read()
    at = tail.rfind(_END_OF_ZIP)
    if at < 0 or len(tail) < at + _END_LENGTH:
        raise AttachmentRefused
    (directory_bytes,) = struct.unpack_from("<L", tail, at + 12)
    if directory_bytes > _LARGEST_DIRECTORY_BYTES:
        raise AttachmentRefused(UNPACKS_TOO_LARGE)
    content.seek(0)


def _kind_of_text(content: BinaryIO, head: bytes, name: str) -> FileKind:
    ending = name.rpartition(".")[2].lower()
    kind = next((kind for kind in kinds.TEXTS if ending in kind.endings), None)
    if kind is None or not head or _MARKUP.match(head.removeprefix(b"\xef\xbb\xbf")):
        raise NotAttachable
    content.seek(0)
    rest = b""
    while chunk := content.read(_CHUNK_BYTES):
        rest = _after_whole_characters(rest + chunk)
    if rest:
        raise NotAttachable
    return kind


def _after_whole_characters(data: bytes) -> bytes:
    """The bytes of a character cut at the end; NotAttachable where it is no text at all."""
    if b"\x00" in data:
        raise NotAttachable
    try:
        data.decode()
    except UnicodeDecodeError as error:
        if error.reason != "unexpected end of data":
            raise NotAttachable from error
        return data[error.start :]
    return b""
