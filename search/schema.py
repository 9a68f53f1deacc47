"""What Whoosh keeps of a document: the weighted stems of its text, and the document as given.

`text` is scored; its postings are made by `gathering.py`. `document` is a column: from it, all that
lies beside the segment can be made again (`record.py`, `remaking.py`).
"""

from .engine import COLUMN, Existence, FieldType, Schema, VarBytesColumn, W3Codec

#: Raised whenever terms or columns change their meaning: an older index is then rebuilt.
FORMAT = 4

INDEX_NAME = "MAIN"
DOCUMENT_COLUMN = VarBytesColumn()


class Terms(FieldType):  # type: ignore[misc]
    """A field whose postings are made beforehand."""

    def __init__(self) -> None:
        super().__init__(Existence(), None, scorable=True)

    def to_bytes(self, value: str | bytes) -> bytes:
        """A term as Whoosh stores it."""
        return value.encode() if isinstance(value, str) else value

    def from_bytes(self, value: bytes) -> str:
        """A term as we read it."""
        return value.decode()


def schema() -> Schema:
    """The fields of the index."""
    return Schema(text=Terms(), document=COLUMN(DOCUMENT_COLUMN))


def codec() -> W3Codec:
    """Whoosh's own codec with larger blocks: fewer to open when a whole list is wanted."""
    return W3Codec(blocklimit=1024, compression=1)
