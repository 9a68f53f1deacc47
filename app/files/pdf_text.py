"""The text of a PDF, page after page."""

from typing import BinaryIO

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from app.files.refusals import NotReadable

_LOCKED = "This file is locked with a password. Save it without one, or paste the text."


def text_of_pdf(source: BinaryIO, most_characters: int) -> str:
    """The text, until it is longer than `most_characters`. Raises NotReadable for one that is
    locked or damaged."""
    pages: list[str] = []
    try:
        reader = PdfReader(source)
        if reader.is_encrypted and not reader.decrypt(""):
            raise NotReadable(_LOCKED)
        for page in reader.pages:
            pages.append(page.extract_text())
            if sum(map(len, pages)) > most_characters:
                break
    except PyPdfError as error:
        raise NotReadable from error
    return "\n\n".join(pages)
