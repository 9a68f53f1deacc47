"""The port of a search engine: what the product asks of it, whoever answers.

`Index` is the engine that comes with the product. Another one, on several machines, implements the
same and runs the same tests (`tests/search/contract.py`).

**What must be so, of every engine**

- *Nothing is told of what may not be read.* Hits, totals, facets, completions, likeness and
  spellings come from documents of the query's audiences. What orders them is counted over documents
  of the audience `EVERYONE` alone: indexing documents that a reader may not read changes no byte of
  any answer to them.
- *Whole or not at all.* `index` and `remove` are each one change, on the disk when they return; one
  that fails leaves nothing behind.
- *Read what was written.* A read that begins after a write returned sees it, in whatever process.
  An engine that cannot promise so returns from the write only when it can.
- *Exact where people count.* Totals, filters, facets, field words, phrases, exclusions, order by
  date and pages are exact; no document comes twice on two pages of one generation.
- *Disposable.* Nothing in it is not in the database; it can be rebuilt at any time, while it
  answers. It never authorises.

**What may differ**: which documents are more relevant than others, and their scores, which order
and are never shown; which spellings and completions are offered first; where a passage begins;
whether `merge` does anything.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol

from .documents import Document
from .query import Query
from .results import Difference, Hit, Matches, Results, Snippet, Suggestion


class Engine(Protocol):
    """A search engine over the product's documents. Threads may share one.

    Reading raises `IndexDamaged` when the engine cannot answer rightly, and `SearchTooLong` for a
    query whose conditions outlast half a second; writing raises `IndexDamaged`, or `IndexBusy` when
    somebody else writes for too long. Nothing else is raised by intention.
    """

    @property
    def identity(self) -> str:
        """A random id of this index; survives rebuilds, and is another after it was lost."""

    def index(self, documents: Iterable[Document]) -> None:
        """Add documents, or replace those with their ids; of an id given twice the last counts.

        Raises `InvalidDocument` for any that is wrong, before any is written.
        """

    def remove(self, ids: Iterable[str]) -> None:
        """Remove documents by id; unknown ids are no error."""

    def search(self, query: Query) -> Results:
        """One page of what a query finds: by relevance, or by the moment of posting, then id.

        A facet is counted without its own filter. Text without any word finds nothing; no text, or
        conditions alone, list what passes.
        """

    def snippet(self, text_query: str, parts: Sequence[str], *, limit: int = 240) -> Snippet:
        """The passage of some texts that answers a query best: plain text in pieces."""

    def suggest(
        self, prefix: str, *, audiences: frozenset[str], limit: int = 8
    ) -> list[Suggestion]:
        """Titles in which every word typed begins a word, newest first, after such names of topics
        and people as stand in documents that everyone may read."""

    def similar(
        self, *, title: str, text: str, audiences: frozenset[str], limit: int = 5,
        exclude: frozenset[str] = frozenset(),
    ) -> list[Hit]:  # fmt: skip
        """The documents most like a draft, best first, `same` for those in the same words."""

    def matches(
        self, work: str, *, audiences: frozenset[str], today: date | None = None, limit: int = 40,
        exclude: frozenset[str] = frozenset(),
    ) -> Matches:  # fmt: skip
        """What bears on a plan of work, from a sentence to twenty pages: any word counts.

        Text without a word that tells anything matches nothing. With `today`, effect and age count
        as in a search. Raises nothing for lack of time: the matches are then `partial`.
        """

    def rebuild(
        self, documents: Iterable[Document], *, progress: Callable[[int], None] | None = None
    ) -> int:
        """Hold these documents and no others; how many they are. Reads go on meanwhile."""

    def merge(self) -> bool:
        """Tidy up what grows with many changes, if due; whether there was anything to do."""

    def stamps(self) -> dict[str, str]:
        """Id → stamp of every document."""

    def check(self, expected: Mapping[str, str]) -> Difference:
        """How the engine differs from id → stamp as it should be."""

    def verify(self, *, again: bool = True) -> None:
        """Read everything and compare it with what was written; `IndexDamaged` if it differs.

        If not `again`, what was found right before and shows no sign of a change may be left out.
        """

    def generation(self) -> int:
        """A number that grows with every change by any process."""

    def close(self) -> None:
        """Let go of files and connections."""
