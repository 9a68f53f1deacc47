"""The index as the rest of the product sees it; the port that another engine would implement."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

from . import plan_matching, searching, snippets
from . import similar as likeness
from . import suggest as completion
from .documents import Document, checked
from .errors import UNREADABLE, IndexBusy
from .folder import Folder
from .lock import WriterLock
from .proofs import Proofs
from .query import Query
from .readers import Readers
from .reranking import Reranking
from .results import Difference, Hit, Matches, Results, Snippet, Suggestion, difference
from .snapshot import Snapshot
from .writing import Writing


def open_index(
    folder: Path, *, lock_timeout_seconds: float = 10, meaning: Reranking | None = None
) -> "Index":
    """Open the index in a folder, or make an empty one. Opening a damaged one raises nothing yet.

    With `meaning`, the first of a search are ranked by it too (`search.meaning`).
    Raises `IndexBusy` if a new one is to be made and another process holds the lock too long.
    """
    place = Folder(folder)
    lock = WriterLock(place.lock, timeout_seconds=lock_timeout_seconds)
    if not place.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with lock.held():
            if not place.exists():
                place.prepare()
                Writing(place, Readers(place)).create()
                place.name()
    return Index(place, lock, meaning)


class Index:
    """An index in a folder. Threads may share one; processes open one each.

    Every reading call sees the newest commit of any process. Reading raises `IndexDamaged` when
    the files are not what was written; writing raises that, or `IndexBusy`.
    """

    def __init__(self, folder: Folder, lock: WriterLock, meaning: Reranking | None = None) -> None:
        self._folder = folder
        self._lock = lock
        self._meaning = meaning
        self._readers = Readers(folder)
        self._proofs = Proofs(folder)
        self._writing = Writing(folder, self._readers)
        self._merging = WriterLock(folder.merging, timeout_seconds=0)
        self.identity = folder.identity()

    def index(self, documents: Iterable[Document]) -> None:
        """Add documents, or replace those with their ids, as one durable commit.

        Of an id given twice the last counts. `InvalidDocument` before anything is written.
        """
        if batch := checked(documents):
            with self._lock.held():
                self._writing.apply(batch)

    def remove(self, ids: Iterable[str]) -> None:
        """Remove documents by id as one durable commit; unknown ids are no error."""
        if gone := list(dict.fromkeys(ids)):
            with self._lock.held():
                self._writing.apply([], gone)

    def search(self, query: Query) -> Results:
        """One page of what the query finds among what its audiences may read."""
        with self._reading() as snapshot:
            return searching.search(snapshot, query, meaning=self._meaning)

    def snippet(self, text_query: str, parts: Sequence[str], *, limit: int = 240) -> Snippet:
        """The passage of some texts that answers a query best, in pieces (text, marked)."""
        return snippets.snippet(text_query, parts, limit=limit)

    def suggest(
        self, prefix: str, *, audiences: frozenset[str], limit: int = 8
    ) -> list[Suggestion]:
        """What might be meant by what was typed so far."""
        with self._reading() as snapshot:
            return completion.suggest(snapshot, prefix, audiences, limit)

    def similar(
        self, *, title: str, text: str, audiences: frozenset[str], limit: int = 5,
        exclude: frozenset[str] = frozenset(),
    ) -> list[Hit]:  # fmt: skip
        """The documents most like a draft."""
        with self._reading() as snapshot:
            return likeness.similar(snapshot, title, text, audiences, limit, exclude)

    def matches(
        self, work: str, *, audiences: frozenset[str], today: date | None = None, limit: int = 40,
        exclude: frozenset[str] = frozenset(),
    ) -> Matches:  # fmt: skip
        """What bears on a plan of work, from a sentence to twenty pages."""
        with self._reading() as snapshot:
            return plan_matching.matches(
                snapshot, work, audiences, today, limit, exclude, meaning=self._meaning
            )

    def rebuild(
        self, documents: Iterable[Document], *, progress: Callable[[int], None] | None = None
    ) -> int:
        """Make the index anew beside the old one and swap; how many documents it holds.

        Readers go on meanwhile; other writers get `IndexBusy`. Mends a damaged index.
        """
        with self._lock.held():
            return self._writing.rebuild(documents, progress)

    def merge(self) -> bool:
        """Make some segments one, if that is due; False if not, or if another process is at it.

        Searches go on and commits wait only for the swap. For whoever has time: the worker.
        """
        try:
            with self._merging.held():
                return self._writing.merge(self._lock)
        except IndexBusy:
            return False

    def stamps(self) -> dict[str, str]:
        """Id → stamp of every document."""
        with self._reading() as snapshot:
            cards = [segment.cards for segment in snapshot.segments]
            held = (pair for c in cards for pair in zip(c.ids(), c.stamps(), strict=True))
            live = snapshot.live.tolist()
            return {id: stamp for (id, stamp), here in zip(held, live, strict=True) if here}

    def check(self, expected: Mapping[str, str]) -> Difference:
        """How the index differs from id → stamp as it should be."""
        return difference(expected, self.stamps())

    def verify(self, *, again: bool = True) -> None:
        """Read every file and compare it with what was written; `IndexDamaged` if it differs.

        If not `again`, files are left out that look as they did when they were found right here.
        """
        self._proofs.verify(again=again)

    def generation(self) -> int:
        """A number that grows with every commit of any process."""
        return self._folder.generation()

    def close(self) -> None:
        """Let go of the files. A closed index opens them again when asked."""
        self._readers.close()

    @contextmanager
    def _reading(self) -> Iterator[Snapshot]:
        try:
            yield self._readers.newest()
        except UNREADABLE:
            # Files are read in place and may have changed under us. If not, it is our own mistake.
            self.verify()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self.close()
