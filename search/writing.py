"""How the index changes: every batch one commit, every rebuild one swap, whole or not at all."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from itertools import islice

from .batches import batch, sweep
from .documents import Document, checked
from .engine import TOC, FileStorage
from .errors import IndexDamaged
from .folder import Current, Folder, digest
from .inplace import InPlaceReader, segment_file
from .postings import decode
from .readers import INDEX_NAME, Readers, read_toc, toc_file
from .schema import schema
from .storage import DurableStorage

_REBUILD_BATCH = 5_000
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
        before = Current.from_bytes(self._folder.content())
        self._sweep(before)
        ids = {*removed, *(document.id for document in documents)}
        held = [segment.numbers for segment in self._readers.newest().segments]
        gone = [[numbers[id] for id in ids & numbers.keys()] for numbers in held]
        after = self._commit(before, documents, gone, merge=True)
        self._folder.publish(after)
        self._sweep(after)

    def rebuild(self, documents: Iterable[Document], progress: Callable[[int], None] | None) -> int:
        """Build beside and swap; returns the number of documents. The old build serves until then.

        `progress` hears now and then, and at the end of each batch, how many documents are done.
        """
        generation = self._folder.generation() + 1
        current = self._empty_build(generation=generation)
        seen: set[str] = set()
        source = iter(documents)
        try:
            while part := checked(islice(source, _REBUILD_BATCH)):
                ids = {document.id for document in part}
                again = self._numbers(current, ids & seen)
                current = self._commit(current, _told(part, len(seen), progress), again)
                seen |= ids
        except BaseException:
            self._folder.remove_build(current.build)
            raise
        self._folder.publish(Current(current.build, generation, current.toc, current.digests))
        self._folder.remove_builds(but=current.build)
        self._sweep(current)
        return len(seen)

    def _empty_build(self, *, generation: int) -> Current:
        name = self._folder.new_build()
        build = self._folder.build(name)
        TOC.create(DurableStorage(str(build)), schema(), INDEX_NAME)
        return Current(name, generation, 0, {toc_file(0): digest(build / toc_file(0))})

    def _commit(
        self,
        before: Current,
        documents: Iterable[Document],
        gone: list[list[int]],
        *,
        merge: bool = False,
    ) -> Current:
        build = self._folder.build(before.build)
        with batch(build, merge=merge) as writer:
            writer.drop(gone)
            for document in documents:
                writer.put(document)
        names = [segment_file(segment) for segment in writer.segments]
        digests = {n: before.digests.get(n) or digest(build / n) for n in names}
        toc = toc_file(writer.generation)
        digests[toc] = digest(build / toc)
        return Current(before.build, before.generation + 1, writer.generation, digests)

    def _numbers(self, current: Current, ids: set[str]) -> list[list[int]]:
        """For each segment of a build that nobody reads yet, the numbers of documents by id."""
        if not ids:
            return []
        build = self._folder.build(current.build)
        found: list[list[int]] = []
        for segment in read_toc(build, current).segments:
            with closing(InPlaceReader(FileStorage(str(build)), schema(), segment)) as reader:
                found.append([int(n) for id in ids for n in decode(reader, "id", id)[0]])
        return found

    def _sweep(self, current: Current) -> None:
        build = self._folder.build(current.build)
        try:
            toc = read_toc(build, current)
        except FileNotFoundError as error:
            raise IndexDamaged("files of the search index are missing") from error
        sweep(build, current.toc, toc.segments)


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
