"""A PDF without what tells who made it: facts about the document, XMP, names on its notes; and
without what acts or hides in it: scripts, launched programs, embedded files."""

import struct
from collections.abc import Iterator
from typing import BinaryIO

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    PdfObject,
    StreamObject,
)

from app.files.checking import LOCKED
from app.files.refusals import AttachmentRefused
from app.files.stripping import stripped

MOST_PAGES = 2_000
MOST_OBJECTS = 100_000
# What tells (the first two hold whole streams), and what acts by itself.
_DROPPED = (
    "/Metadata",
    "/PieceInfo",
    "/LastModified",
    "/AA",
    "/OpenAction",
    "/JavaScript",
    "/EmbeddedFiles",
    "/EF",
    "/AF",
)
_ACTING = frozenset({"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/RichMediaExecute"})
_TELLING_STREAMS = frozenset({"/Metadata", "/EmbeddedFile"})
_ON_NOTES = ("/T", "/M", "/CreationDate", "/NM")


def clean_pdf(source: BinaryIO, target: BinaryIO) -> None:
    """Write the PDF in `source`, cleaned, to `target`. Earlier revisions inside of it are left out.

    Raises AttachmentRefused for one that is locked, or larger than MOST_PAGES or MOST_OBJECTS.
    """
    source.seek(0)
    reader = PdfReader(source)
    if reader.is_encrypted:
        raise AttachmentRefused(LOCKED)
    objects = sum(len(table) for table in reader.xref.values()) + len(reader.xref_objStm)
    if objects > MOST_OBJECTS or len(reader.pages) > MOST_PAGES:
        raise AttachmentRefused(
            f"This PDF has over {MOST_PAGES:,} pages, or is too intricate. Attach a part of it."
        )
    writer = PdfWriter(clone_from=reader)
    writer.metadata = None
    writer._ID = None
    # The library has no other way to every object, the unreferenced among them.
    every: list[PdfObject | None] = writer._objects
    for number, thing in enumerate(every):
        if isinstance(thing, StreamObject) and thing.get("/Type") in _TELLING_STREAMS:
            every[number] = None
    for thing in every:
        for part in _dictionaries(thing):
            _clean(part, every)
    writer.write(target)


def _dictionaries(thing: PdfObject | None) -> Iterator[DictionaryObject]:
    """The dictionaries in an object, without those in others that it refers to."""
    waiting: list[object] = [thing]
    while waiting:
        part = waiting.pop()
        if isinstance(part, DictionaryObject):
            yield part
            waiting.extend(dict.values(part))
        elif isinstance(part, ArrayObject):
            waiting.extend(list.__iter__(part))


def _clean(part: DictionaryObject, every: list[PdfObject | None]) -> None:
    for name in _DROPPED:
        dropped = part.raw_get(name) if name in part else None
        if isinstance(dropped, IndirectObject) and name == "/Metadata":
            every[dropped.idnum - 1] = None
        if dropped is not None:
            del part[NameObject(name)]
    if part.get("/S") in _ACTING:
        part.clear()
    if _is_note(part):
        for name in _ON_NOTES:
            part.pop(NameObject(name), None)
    if isinstance(part, StreamObject) and part.get("/Filter") in ("/DCTDecode", ["/DCTDecode"]):
        part._data = _photograph(part._data)


def _is_note(part: DictionaryObject) -> bool:
    # In the fields of a form /T is not who wrote, but how the field is called.
    on_page = part.get("/Type") == "/Annot" or ("/Rect" in part and "/Subtype" in part)
    return on_page and part.get("/Subtype") != "/Widget" and "/FT" not in part


def _photograph(data: bytes) -> bytes:
    try:
        return stripped(data) or data
    except (ValueError, IndexError, struct.error):
        return data  # whatever it is, it holds no Exif that a reader of pictures would find
