"""How the index changes: every batch one commit, every rebuild one swap, whole or not at all."""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from .batches import OF_COMMIT, OF_MERGE, Pile, Written, adopt, written
from .documents import Document, checked
from .engine import TOC
from .errors import IndexDamaged
from .folder import Current, Folder, digest
from .lock import WriterLock
from .merging import LARGEST, alike, due
from .proofs import Proofs, intact
from .readers import Readers, read_toc, toc_file
from .record import columns_file, segment_file
from .remaking import remake
from .schema import INDEX_NAME, schema
from .storage import DurableStorage

_REBUILD_BATCH = 20_000
_TOLD_EVERY = 100


class Writing:
    """The steps of whoever holds the writer's lock."""

    def __init__(self, folder: Folder, readers: Readers) -> None:
        self._folder = folder
        self._readers = readers

    def create(self) -> None:
        """Publish an empty index."""
        self._folder.publish(self._empty_build(generation=1))

    def apply(self, documents: list[Document], removed: Iterable[str] = ()) -> None:
        """Put documents in place of those with their ids, and remove others, as one commit."""
        before, segments = self._begin()
        ids = {*removed, *(document.id for document in documents)}
        for segment, opened in zip(segments, self._readers.newest().segments, strict=True):
            for number in filter(lambda n: n >= 0, map(opened.cards.number, ids)):
                segment.delete_document(number)
        older = alike(segments)
        pile = self._pile(before, older)
        pile.add(documents)
        with written(self._folder.build(before.build), pile) as new:
            self._publish(before, [s for s in segments if s not in older], new)

    def rebuild(self, documents: Iterable[Document], progress: Callable[[int], None] | None) -> int:
        """Build beside and swap; returns the number of documents. The old build serves until then.

        `progress` hears now and then, and at the end of each batch, how many documents are done.
        """
        generation = self._folder.generation() + 1
        self._withdraw_what_is_damaged()
        current = self._empty_build(generation=generation)
        try:
            segments, count = self._filled(self._folder.build(current.build), documents, progress)
            current = self._state_of(current, segments)
        except BaseException:
            self._folder.remove_build(current.build)
            raise
        self._folder.publish(Current(current.build, generation, current.toc, current.digests))
        self._folder.remove_builds(but=current.build)
        self._sweep(current)
        return count

    def _filled(
        self, build: Path, documents: Iterable[Document], progress: Callable[[int], None] | None
    ) -> tuple[list[Any], int]:
        """Fill a build that nobody reads yet, in segments as large as they may be."""
        segments: list[Any] = []
        places: dict[str, tuple[int, int]] = {}
        source, pile = iter(documents), Pile(build)
        while part := checked(islice(source, _REBUILD_BATCH)):
            for document in part:
                if document.id in places:
                    _forget(places[document.id], segments, pile)
            done, first = len(places), len(pile)
            places |= {d.id: (len(segments), number) for number, d in enumerate(part, first)}
            pile.add(_told(part, done, progress), spill=True)
            if len(pile) + _REBUILD_BATCH > LARGEST:
                segments += _adopted(build, pile)
                pile = Pile(build)
        return segments + _adopted(build, pile), len(places)

    def merge(self, writing: WriterLock) -> bool:
        """Make some segments one behind the commits; False if none are due.

        The work is done without the writer's lock, by one process at a time; what is deleted
        meanwhile is deleted after.
        """
        before, segments = self._state()
        chosen = due(segments)
        if not chosen:
            return False
        build = self._folder.build(before.build)
        _remove(build, OF_MERGE)
        pile = self._pile(before, chosen)
        with written(build, pile, kind=OF_MERGE) as new, writing.held():
            self._replace(before, chosen, new)
        return True

    def _pile(self, current: Current, older: Sequence[Any]) -> Pile:
        """The live documents of some segments, whose files are what was written."""
        build = self._folder.build(current.build)
        pile = Pile(build)
        for segment in older:
            if not intact(build, segment_file(segment), current):
                raise IndexDamaged("a segment of the search index is not what was written")
            if not intact(build, columns_file(segment), current):
                remake(build, segment)
            pile.take_over(segment)
        return pile

    def _replace(self, seen: Current, chosen: Sequence[Any], new: Written | None) -> None:
        current, segments = self._begin()
        names = [segment.segment_id() for segment in chosen]
        now = {segment.segment_id(): segment for segment in segments}
        if current.build != seen.build or any(name not in now for name in names):
            return  # changed meanwhile: what was merged is gone
        if new is not None:
            _delete_since(chosen, [now[name] for name in names], new.segment)
        kept = [segment for segment in segments if segment.segment_id() not in names]
        self._publish(current, kept, new)

    def _publish(self, before: Current, segments: list[Any], new: Written | None) -> None:
        """Make these segments, and a new one, the state that counts."""
        if new is not None:
            adopt(self._folder.build(before.build), new)
            segments = [*segments, new.segment]
        after = self._state_of(before, [s for s in segments if s.doc_count()])
        self._folder.publish(after)
        self._sweep(after)

    def _withdraw_what_is_damaged(self) -> None:
        """Other processes may have open what is damaged, and would go on to answer from it."""
        try:
            Proofs(self._folder).verify()
        except IndexDamaged:
            self._folder.withdraw()

    def _empty_build(self, *, generation: int) -> Current:
        name = self._folder.new_build()
        build = self._folder.build(name)
        TOC.create(DurableStorage(str(build)), schema(), INDEX_NAME)
        return Current(name, generation, 0, {toc_file(0): digest(build / toc_file(0))})

    def _state(self) -> tuple[Current, list[Any]]:
        current = Current.from_bytes(self._folder.content())
        try:
            return current, read_toc(self._folder.build(current.build), current).segments
        except FileNotFoundError as error:
            raise IndexDamaged("files of the search index are missing") from error

    def _begin(self) -> tuple[Current, list[Any]]:
        """The state to change, swept of what the dead left behind."""
        current, segments = self._state()
        self._sweep(current)
        return current, segments

    def _state_of(self, before: Current, segments: list[Any]) -> Current:
        """The state after another that consists of some segments; written, not yet published."""
        build, number = self._folder.build(before.build), before.toc + 1
        names = [name for s in segments for name in (segment_file(s), columns_file(s))]
        digests = {name: before.digests.get(name) or digest(build / name) for name in names}
        TOC(schema(), segments, number).write(DurableStorage(str(build)), INDEX_NAME)
        digests[toc_file(number)] = digest(build / toc_file(number))
        return Current(before.build, before.generation + 1, number, digests)

    def _sweep(self, current: Current) -> None:
        """Remove from the build what its state does not name: left by the dead, or old."""
        build = self._folder.build(current.build)
        for name in os.listdir(build):
            if name not in current.digests and (build / name).is_file():
                (build / name).unlink(missing_ok=True)
        _remove(build, OF_COMMIT)


def _adopted(build: Path, pile: Pile) -> list[Any]:
    with written(build, pile) as new:
        if new is None:
            return []
        adopt(build, new)
        return [new.segment]


def _forget(place: tuple[int, int], segments: list[Any], pile: Pile) -> None:
    """Delete a document that comes again, where it stands: in a segment, or still on the pile."""
    part, number = place
    if part < len(segments):
        segments[part].delete_document(number)
    else:
        pile.drop(number)


def _delete_since(chosen: Sequence[Any], now: Sequence[Any], merged: Any) -> None:
    """Delete from a merged segment what was deleted from its sources while it was written."""
    start = 0
    for then, latest in zip(chosen, now, strict=True):
        kept = np.ones(then.doc_count_all(), np.bool_)
        gone = set(then.deleted_docs())
        kept[list(gone)] = False
        places = np.cumsum(kept) - 1 + start
        for number in set(latest.deleted_docs()) - gone:
            merged.delete_document(int(places[number]))
        start += then.doc_count()


def _remove(build: Path, kind: str) -> None:
    for name in os.listdir(build):
        if name.startswith(kind):
            shutil.rmtree(build / name, ignore_errors=True)


def _told(
    documents: list[Document], before: int, progress: Callable[[int], None] | None
) -> Iterator[Document]:
    """The documents; how many are done is told as they are taken."""
    for number, document in enumerate(documents, before + 1):
        yield document
        if progress is not None and (
            number % _TOLD_EVERY == 0 or number == before + len(documents)
        ):
            progress(number)
