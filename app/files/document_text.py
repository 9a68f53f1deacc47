"""The text of a document that somebody brings to be read, not kept: Word, PDF, Markdown, text.

What it is, its content says; its name is not asked.
"""

from importlib import import_module
from typing import Any, BinaryIO
from xml.parsers.expat import ExpatError, ParserCreate

from app.files import kinds
from app.files.checking import kind_of_zip, open_zip
from app.files.refusals import AttachmentRefused, NotAttachable, NotReadable

#: What is read of a document, at most: beyond it nobody's plan goes on.
MOST_CHARACTERS = 250_000
_MOST_PART_BYTES = 48 * 1024 * 1024
_HEAD_BYTES = 8
_PDF, _ZIP, _COMPOUND = b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_CONTROL = frozenset(range(32)) - frozenset(b"\t\n\r\f\x1b")

OTHER_KIND = (
    "This kind of file cannot be read as a plan. Choose a Word document (.docx), a PDF, Markdown "
    "or text, or paste the text."
)
_PICTURES = (
    "This PDF holds pictures of pages and no text: it was scanned, or printed as pictures. Paste "
    "the text, or run it through text recognition first."
)
_OLD = (
    "This is a Word document of the old kind, or one that is locked with a password. Save it as "
    ".docx without a password, or paste the text."
)
_EMPTY = "There is no text in this file. Choose another, or paste the text."


def read(source: BinaryIO, target: BinaryIO) -> dict[str, Any]:
    """Write the text of `source`, in UTF-8, to `target`; how many characters it has. Raises
    NotReadable, or whatever else a library raises for a damaged file: see `apart`."""
    source.seek(0)
    head = source.read(_HEAD_BYTES)
    source.seek(0)
    if head.startswith(_PDF):
        # Loaded when it is needed: that takes longer than reading most plans.
        text = import_module("app.files.pdf_text").text_of_pdf(source, MOST_CHARACTERS)
    elif head.startswith(_ZIP):
        text = _of_word(source)
    elif head.startswith(_COMPOUND):
        raise NotReadable(_OLD)
    else:
        text = _of_text(source.read())
    if not text.strip():
        raise NotReadable(_PICTURES if head.startswith(_PDF) else _EMPTY)
    text = text[:MOST_CHARACTERS]
    target.write(text.encode("utf-8", "replace"))
    return {"characters": len(text)}


def _of_word(source: BinaryIO) -> str:
    try:
        with open_zip(source) as packed:
            if kind_of_zip(packed) is not kinds.DOCX:
                raise NotReadable(OTHER_KIND)
            entry = packed.getinfo("word/document.xml")
            if entry.file_size > _MOST_PART_BYTES:
                raise NotReadable
            with packed.open(entry) as part:
                return _paragraphs(part.read(_MOST_PART_BYTES))
    except NotAttachable as error:
        raise NotReadable(OTHER_KIND) from error
    except KeyError as error:
        raise NotReadable from error
    except AttachmentRefused as error:
        raise NotReadable(error.message) from error


class _Words:
    """Gathers the text of a document's main part (ECMA-376, part 1, 17.3) as it is parsed."""

    _ENDS = frozenset(("p", "br", "cr"))

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self._in_text = False
        self._left_out = 0

    def start(self, name: str, _attributes: Any) -> None:
        local = name.rpartition(":")[2]
        self._left_out += local == "Fallback"  # the same again, for programs of old
        self._in_text = local == "t"
        if local in ("tab", "tc"):
            self.pieces.append("\t")

    def end(self, name: str) -> None:
        local = name.rpartition(":")[2]
        self._left_out -= local == "Fallback"
        self._in_text = False
        if local in self._ENDS:
            self.pieces.append("\n")

    def data(self, text: str) -> None:
        if self._in_text and not self._left_out:
            self.pieces.append(text)


def _paragraphs(part: bytes) -> str:
    parser, words = ParserCreate(), _Words()
    parser.StartElementHandler, parser.EndElementHandler = words.start, words.end
    parser.CharacterDataHandler = words.data
    parser.StartDoctypeDeclHandler = _refuse_declarations
    try:
        parser.Parse(part, True)
    except ExpatError as error:
        raise NotReadable from error
    return "".join(words.pieces)


def _refuse_declarations(*_declared: Any) -> None:
    # No document of Word declares entities, which may unfold without end.
    raise NotReadable


def _of_text(content: bytes) -> str:
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding != "utf-8" or any(byte in _CONTROL for byte in content):
            raise NotReadable(OTHER_KIND) from error
        return content.decode("cp1252", "replace")
    if any(chr(code) in text for code in _CONTROL):
        raise NotReadable(OTHER_KIND)
    return text
