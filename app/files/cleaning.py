"""A file on its way in: looked at by content, then written anew without what tells who made it."""

import shutil
from dataclasses import asdict, dataclass
from importlib import import_module
from typing import Any, BinaryIO

from app.files import kinds
from app.files.checking import kind_of
from app.files.names import clean_name


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What is known of a cleaned file; width and height for pictures."""

    name: str
    media_type: str
    width: int | None = None
    height: int | None = None

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def clean(source: BinaryIO, target: BinaryIO, name: str) -> FileFacts:
    """Write `source`, cleaned, to `target`. Raises NotAttachable or AttachmentRefused, or whatever
    else a library raises for a damaged file: see `apart`, which runs this in its own process."""
    kind = kind_of(source, name)
    source.seek(0)
    known = FileFacts(clean_name(name, kind), kind.media_type)
    if kind in kinds.PICTURES:
        width, height = _cleaner("pictures").clean_picture(source, target, kind)
        return FileFacts(known.name, known.media_type, width, height)
    if kind is kinds.PDF:
        _cleaner("pdfs").clean_pdf(source, target)
    elif kind in kinds.TEXTS:
        shutil.copyfileobj(source, target)
    else:
        _cleaner("office").clean_office(source, target)
    return known


def _cleaner(name: str) -> Any:
    # Loaded when it is needed: the library for PDF alone takes longer than cleaning a picture.
    return import_module(f"app.files.{name}")
