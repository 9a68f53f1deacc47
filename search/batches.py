"""What goes into one new segment, and how it gets into the build."""

import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from .columns import Columns, read_columns
from .documents import Document, as_bytes
from .gathering import Gathered
from .pouring import Part, poured
from .record import columns_file, new_segment, write_segment
from .remaking import stored_documents
from .storage import write_synced

#: Folders of segments in the making: of a commit, which holds the writer's lock, or of a merge.
OF_COMMIT, OF_MERGE = "commit-", "merge-"


class Written(NamedTuple):
    """A segment that is on the disk, and the paths of its files."""

    segment: Any
    files: list[Path]


class Pile:
    """The documents of a segment to be, in order: of older segments, and new ones."""

    def __init__(self, build: Path) -> None:
        self._build = build
        self._columns: list[Columns] = []
        self._kept: list[npt.NDArray[np.bool_]] = []
        self._contents: list[Iterable[bytes]] = []

    def __len__(self) -> int:
        return sum(map(len, self._kept))

    def take_over(self, segment: Any) -> None:
        """The live documents of a segment of the build, whose files are what was written."""
        kept = np.ones(segment.doc_count_all(), np.bool_)
        kept[np.fromiter(segment.deleted_docs(), np.int64)] = False
        columns = read_columns(self._build / columns_file(segment))
        self._take(columns, kept, stored_documents(self._build, segment))

    def add(self, documents: Iterable[Document], *, spill: bool = False) -> None:
        """New documents; their columns wait on the disk rather than in memory if spilt."""
        gathered, contents = Gathered(), []
        for document in documents:
            gathered.add(document)
            contents.append(as_bytes(document))
        columns = gathered.columns()
        if spill:
            columns = _spilt(self._build, columns)
        self._take(columns, np.ones(len(contents), np.bool_), contents)

    def drop(self, number: int) -> None:
        """Leave out a document, by its number in the order taken."""
        for kept in self._kept:
            if number < len(kept):
                kept[number] = False
                return
            number -= len(kept)

    def columns(self) -> Columns:
        """The columns of what is kept."""
        if len(self._columns) == 1 and self._kept[0].all():
            return self._columns[0]
        parts = zip(self._columns, self._kept, strict=True)
        return poured([Part(columns, np.flatnonzero(kept)) for columns, kept in parts])

    def contents(self) -> Iterator[bytes]:
        """What the record keeps of each document that is kept."""
        for contents, kept in zip(self._contents, self._kept, strict=True):
            yield from (content for content, here in zip(contents, kept, strict=True) if here)

    def _take(
        self, columns: Columns, kept: npt.NDArray[np.bool_], contents: Iterable[bytes]
    ) -> None:
        if len(kept):
            self._columns.append(columns)
            self._kept.append(kept)
            self._contents.append(contents)


@contextmanager
def written(build: Path, pile: Pile, *, kind: str = OF_COMMIT) -> Iterator[Written | None]:
    """The pile as a segment in a folder of its own within the build; None if nothing is kept.

    `adopt` it within the block, or it is gone.
    """
    columns = pile.columns() if len(pile) else None
    if columns is None or not len(columns["lengths"]):
        yield None
        return
    with new_segment(build / f"{kind}{secrets.token_hex(8)}") as (storage, segment):
        names = write_segment(storage, segment, columns, pile.contents())
        yield Written(segment, [Path(storage.folder) / name for name in names])


def adopt(build: Path, made: Written) -> None:
    """Move the files of a new segment into the build; the folder is synced with what names them."""
    for path in made.files:
        os.replace(path, build / path.name)


def _spilt(build: Path, columns: Columns) -> Columns:
    path = build / f"spilt-{secrets.token_hex(8)}"
    try:
        write_synced(path, columns.pieces())
        return read_columns(path)
    finally:
        path.unlink(missing_ok=True)  # the map keeps what it needs
