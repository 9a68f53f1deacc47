"""Writes a segment: Whoosh's file, which is the record, and its columns beside it.

Whoosh's own writer takes a posting at a time through several calls; here its codec is handed whole
blocks. The bytes are Whoosh's own, and its searcher reads them.
"""

import shutil
from array import array
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from .columns import Columns
from .engine import LENGTHS_COLUMN
from .inverted import Inverted
from .lengths import LENGTHS
from .schema import DOCUMENT_COLUMN, INDEX_NAME, codec, schema
from .storage import DurableStorage

#: Shorter lists gain nothing by compression.
_COMPRESSED_FROM = 48


@contextmanager
def new_segment(folder: Path) -> Iterator[tuple[DurableStorage, Any]]:
    """A folder of its own for a segment in the making, and the segment; gone after the block."""
    folder.mkdir()
    storage = DurableStorage(str(folder))
    try:
        yield storage, codec().new_segment(storage, INDEX_NAME)
    finally:
        storage.close_all()
        shutil.rmtree(folder, ignore_errors=True)


def write_segment(
    storage: DurableStorage, segment: Any, columns: Columns, documents: Iterable[bytes]
) -> list[str]:
    """Write both files of a segment into the storage, the record synced; their names.

    `documents` are what `documents.as_bytes` made of each, in the order of their numbers.
    """
    _write_documents(storage, segment, columns, documents)
    _write_terms(storage, segment, columns)
    segment.set_doc_count(len(columns["lengths"]))
    segment.create_compound_file(storage)
    storage.sync_segments()
    beside = columns_file(segment)
    # Not synced: what a power cut takes of the columns is made again from the record.
    with (Path(storage.folder) / beside).open("wb") as file:
        file.writelines(columns.pieces())
    return [segment_file(segment), beside]


def segment_file(segment: Any) -> str:
    """The name of the one file of Whoosh that holds a segment."""
    return str(segment.make_filename(segment.COMPOUND_EXT))


def columns_file(segment: Any) -> str:
    """The name of the file beside it."""
    return str(segment.make_filename(".cols"))


def _write_documents(
    storage: DurableStorage, segment: Any, columns: Columns, documents: Iterable[bytes]
) -> None:
    with closing(segment.codec().per_document_writer(storage, segment)) as writer:
        for number, content in enumerate(documents):
            writer.start_doc(number)
            writer.add_column_value("document", DOCUMENT_COLUMN, content)
            writer.finish_doc()
        lengths = columns["lengths"]
        for number in np.flatnonzero(lengths).tolist():
            writer._docnum = number
            writer.add_column_value("_text_len", LENGTHS_COLUMN, int(lengths[number]))
        writer._fieldlengths["text"] = int(LENGTHS[lengths].sum(dtype=np.float64))


def _write_terms(storage: DurableStorage, segment: Any, columns: Columns) -> None:
    text = Inverted(columns.under("text"), coded=True)
    with closing(segment.codec().field_writer(storage, segment)) as writer:
        if len(text.terms):
            writer.start_field("text", schema()["text"])
            _write_lists(writer, text, columns)
            writer.finish_field()


def _write_lists(writer: Any, text: Inverted, columns: Columns) -> None:
    codes = columns["text.codes"]
    lengths = codes & 255
    numbers = array("I", text.numbers.tobytes())
    weights = array("f", (codes >> 8).astype(np.float32).tobytes())
    blocks = writer._postwriter
    compression, limit = blocks._compression, blocks._blocklimit
    start = 0
    for term, end in zip(text.terms, text.ends.tolist(), strict=True):
        writer.start_term(term)
        blocks._compression = compression if end - start >= _COMPRESSED_FROM else 0
        for at in range(start, end, limit):
            if at > start:
                blocks._write_block()
            until = min(at + limit, end)
            blocks._ids = numbers[at:until]
            blocks._weights = weights[at:until]
            blocks._maxweight = max(blocks._weights)
            bounds = lengths[at:until]
            blocks._minlength = int(LENGTHS[bounds.min()])
            blocks._maxlength = int(LENGTHS[bounds.max()])
        writer.finish_term()
        start = end
