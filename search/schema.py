"""What Whoosh stores of a document: lists of terms, and one card of plain facts.

`text` holds weighted stems and is scored. `spelling` holds the plain words of documents that
everyone may read, and of no others. `id` finds the document that a new version replaces. `card` is
a column of small JSON lists (`cards.py`).
"""

from typing import Any

from .engine import COLUMN, Existence, FieldType, Schema, VarBytesColumn, W3Codec

#: Raised whenever terms or cards change their meaning: an older index is then rebuilt.
FORMAT = 1

#: One term as Whoosh takes it: UTF-8, what it adds to the length, weight, no payload.
Posting = tuple[bytes, int, float, bytes]


class Terms(FieldType):  # type: ignore[misc]
    """A field whose value is its postings, made beforehand by `composite.py`."""

    def __init__(self, *, scorable: bool = False) -> None:
        super().__init__(Existence(), None, scorable=scorable)

    def index(self, value: list[Posting], **_: Any) -> list[Posting]:
        """The postings as they are."""
        return value

    def to_bytes(self, value: str | bytes) -> bytes:
        """A term as Whoosh stores it."""
        return value.encode() if isinstance(value, str) else value

    def from_bytes(self, value: bytes) -> str:
        """A term as we read it."""
        return value.decode()


def schema() -> Schema:
    """The fields of the index."""
    return Schema(
        id=Terms(),
        text=Terms(scorable=True),
        spelling=Terms(),
        card=COLUMN(VarBytesColumn()),
    )


def codec() -> W3Codec:
    """Whoosh's own codec with larger blocks: fewer to open when a whole list is wanted."""
    return W3Codec(blocklimit=1024, compression=1)
