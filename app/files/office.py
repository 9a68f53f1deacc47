"""An office document packed anew, without who made it: Office Open XML and OpenDocument."""

import shutil
import struct
from io import BytesIO
from typing import BinaryIO
from zipfile import ZipFile, ZipInfo

from app.files.authors import blank_part, may_name_people, without_people
from app.files.checking import LOCKED, UNPACKS_TOO_LARGE, kind_of_zip, open_zip
from app.files.refusals import AttachmentRefused
from app.files.stripping import stripped

_LARGEST_PART_BYTES = 24 * 1024 * 1024
_SIGNATURE_BYTES = 8
_FAST = 3
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_PACKED = b"PK\x03\x04"
# Compound files of old (with names in them that cannot be taken out), programs of Windows and Unix.
_OPAQUE = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"MZ", b"\x7fELF")
_HOLDS_OBJECTS = (
    "This file holds embedded objects that cannot be looked into. Take them out, or save it as a "
    "PDF."
)
_SIGNED = "This file is signed, and its signature names who did. Save it without, or as a PDF."
_SIGNATURES = ("_xmlsignatures/", "META-INF/documentsignatures.xml")


def clean_office(source: BinaryIO, target: BinaryIO, *, inside: bool = False) -> None:
    """Write the document in `source`, cleaned, to `target`, part by part. `inside`: it is part of
    another. Raises AttachmentRefused for what is locked, signed, or cannot be looked into."""
    with open_zip(source) as packed, ZipFile(target, "w") as cleaned:
        kind_of_zip(packed)
        for entry in packed.infolist():
            _refuse_signed_or_locked(packed, entry)
            if not entry.is_dir():
                _clean_part(packed, entry, cleaned, inside=inside)


def _refuse_signed_or_locked(packed: ZipFile, entry: ZipInfo) -> None:
    if entry.filename.startswith(_SIGNATURES):
        raise AttachmentRefused(_SIGNED)
    if entry.filename == "META-INF/manifest.xml" and b"encryption-data" in packed.read(entry):
        raise AttachmentRefused(LOCKED)


def _clean_part(packed: ZipFile, entry: ZipInfo, cleaned: ZipFile, *, inside: bool) -> None:
    to = ZipInfo(entry.filename, _EARLIEST)
    to.compress_type = entry.compress_type
    with packed.open(entry) as part:
        _refuse_opaque(part.read(_SIGNATURE_BYTES))
    if entry.file_size <= _LARGEST_PART_BYTES:
        content = _cleaned(entry.filename, packed.read(entry), inside=inside)
        cleaned.writestr(to, content, compresslevel=_FAST)
        return
    if may_name_people(entry.filename):
        raise AttachmentRefused(UNPACKS_TOO_LARGE)
    with packed.open(entry) as part, cleaned.open(to, "w") as kept:
        shutil.copyfileobj(part, kept)


def _refuse_opaque(head: bytes) -> None:
    if head.startswith(_OPAQUE):
        raise AttachmentRefused(_HOLDS_OBJECTS)


def _cleaned(name: str, content: bytes, *, inside: bool) -> bytes:
    blank = blank_part(name)
    if blank is not None:
        return blank
    if content.startswith(_PACKED):
        return _document_inside(content, inside=inside)
    if may_name_people(name):
        _refuse_other_letters(content)
        return without_people(name, content)
    try:
        return stripped(content) or content
    except (ValueError, IndexError, struct.error) as error:
        raise AttachmentRefused from error


def _document_inside(content: bytes, *, inside: bool) -> bytes:
    """A document that another holds (the table of a chart), cleaned too; none inside of that."""
    if inside:
        raise AttachmentRefused(_HOLDS_OBJECTS)
    cleaned = BytesIO()
    clean_office(BytesIO(content), cleaned, inside=True)
    return cleaned.getvalue()


def _refuse_other_letters(part: bytes) -> None:
    """Parts are changed as text in UTF-8, which nearly all programs write."""
    if part.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise AttachmentRefused
