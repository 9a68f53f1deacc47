"""Whoosh's writer as we use it: our lock, our postings, and nothing swept before we publish."""

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from .cards import card_bytes
from .composite import postings
from .documents import Document
from .engine import TOC, FileIndex, IndexingError, SegmentWriter, clean_files
from .inplace import InPlaceReader
from .postings import PostingTable
from .readers import INDEX_NAME
from .schema import codec, schema
from .storage import DurableStorage

#: Segments below this many live documents are merged, eight of a kind at a time.
_SMALL = 256
_FACTOR = 8


class BatchWriter(SegmentWriter):  # type: ignore[misc]
    """One batch; `commit` writes the segment and the table of contents, durably."""

    def __init__(self, build: Path) -> None:
        fields = schema()
        storage = DurableStorage(str(build))
        super().__init__(FileIndex(storage, fields, INDEX_NAME), codec=codec(), _lk=False)
        self.pool = PostingTable()

    def put(self, document: Document) -> None:
        """Add a document; the same id must not be in the index any more."""
        self.add_document(**postings(document), card=card_bytes(document))

    def drop(self, gone: Iterable[Iterable[int]]) -> None:
        """Delete documents of earlier commits: for each segment in turn, their numbers."""
        for segment, numbers in zip(self.segments, gone, strict=False):
            for number in numbers:
                segment.delete_document(number)

    def _flush_segment(self) -> None:
        self.perdocwriter.close()
        documents = self.per_document_reader()
        lengths = [documents.doc_field_length(n, "text") or 0 for n in range(self.docnum)]
        documents.close()
        self.pool.write(self.fieldwriter, self.schema, lengths, scored="text")
        self.fieldwriter.close()

    def _commit_toc(self, segments: list[Any]) -> None:
        self.segments = segments
        TOC(self.schema, segments, self.generation).write(self.storage, self.indexname)


@contextmanager
def batch(build: Path, *, merge: bool) -> Iterator[BatchWriter]:
    """A writer for a block: committed at its end, cancelled by any exception."""
    writer = BatchWriter(build)
    try:
        yield writer
        writer.commit(mergetype=_merge_small if merge else _keep_all)
    except BaseException:
        # A full disk can make the cancelling fail too; the first error is the one to tell.
        with suppress(OSError, ValueError, IndexingError):
            writer.cancel()
        raise
    finally:
        writer.storage.close_all()


def sweep(build: Path, toc: int, segments: list[Any]) -> None:
    """Remove from a build what its table of contents does not name: left by the dead, or old."""
    clean_files(DurableStorage(str(build)), INDEX_NAME, toc, segments)
    for name in os.listdir(build):
        if ".toc." in name:
            (build / name).unlink(missing_ok=True)
        elif name.endswith(".tmp"):
            shutil.rmtree(build / name, ignore_errors=True)


def _keep_all(_: BatchWriter, segments: list[Any]) -> list[Any]:
    return [segment for segment in segments if segment.doc_count()]


def _merge_small(writer: BatchWriter, segments: list[Any]) -> list[Any]:
    """Pour eight small segments of like size into the one being written.

    Every document is thus rewritten at most three times on its way to a segment of 256, and a
    commit never waits for a large merge; only a rebuild makes large segments one.
    """
    kept = _keep_all(writer, segments)
    for tier in range(3):
        alike = [s for s in kept if _FACTOR**tier <= s.doc_count() < _FACTOR ** (tier + 1)]
        alike = [s for s in alike if s.doc_count() < _SMALL]
        if len(alike) >= _FACTOR:
            for segment in alike:
                reader = InPlaceReader(writer.storage, writer.schema, segment)
                writer.add_reader(reader)
                reader.close()
            kept = [segment for segment in kept if segment not in alike]
    return kept
