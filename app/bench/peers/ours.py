"""Our search as people get it: through the façade, with totals, facets and suggestions."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from app.bench.peers.engine import Found, Paper
from search import EVERYONE, Document, Hit, Index, Query, Results, Suggestion, open_index

_FIRST_DAY = datetime(2024, 1, 1, 12, tzinfo=UTC)
_EVERYONE = frozenset({EVERYONE})
_BATCH = 250


def as_document(paper: Paper) -> Document:
    """A paper as a lesson: its title as title, its text as what happened, which counts once.

    `happened` is where the body of what people bring in goes, and no part counts less; titles
    alone are thus favoured, as they are in every lesson.
    """
    posted = _FIRST_DAY + timedelta(days=paper.day)
    return Document(
        id=paper.id,
        stamp="1",
        audience=EVERYONE,
        kind=paper.kind,
        state="posted",
        team=paper.team,
        title=paper.title,
        happened=paper.text,
        posted_on=posted.date(),
        posted_at=posted,
    )


class Peer:
    """The façade of `search/`; somebody who may read what everyone may."""

    def __init__(self) -> None:
        self._index: Index | None = None

    def build(self, folder: Path, papers: Iterable[Paper]) -> None:
        with open_index(folder / "index") as index:
            index.rebuild(as_document(paper) for paper in papers)

    def build_in_batches(self, folder: Path, papers: Iterable[Paper]) -> None:
        """As lessons arrive: many commits, small segments merged on the way."""
        source = iter(papers)
        with open_index(folder / "index") as index:
            while batch := list(islice(source, _BATCH)):
                index.index(as_document(paper) for paper in batch)

    def open(self, folder: Path) -> None:
        self._index = open_index(folder / "index")
        self._index.search(Query(text="", audiences=_EVERYONE))

    def close(self) -> None:
        if self._index is not None:
            self._index.close()

    @property
    def index(self) -> Index:
        """The opened index."""
        if self._index is None:
            raise RuntimeError("the index is not open")
        return self._index

    def any_of(self, text: str, limit: int) -> list[Found]:
        return [Found(hit.id, hit.score) for hit in self.search(text, limit, facets=()).hits]

    def all_of(self, text: str, limit: int) -> list[Found]:
        """Up to three words, documents with all of them come first: the same search."""
        return self.any_of(text, limit)

    def of_kind(self, text: str, kind: str, limit: int) -> list[Found]:
        found = self.search(text, limit, kinds=frozenset({kind}), facets=())
        return [Found(hit.id, hit.score) for hit in found.hits]

    def counted(self, text: str, limit: int) -> tuple[int, int]:
        found = self.search(text, limit, facets=("kind", "team"))
        return found.total, len(found.facets["kind"]) + len(found.facets["team"])

    def put(self, paper: Paper) -> None:
        self.index.index([as_document(paper)])

    def search(self, text: str, limit: int, **choices: Any) -> Results:
        """One page of results."""
        return self.index.search(Query(text=text, audiences=_EVERYONE, per_page=limit, **choices))

    def suggest(self, prefix: str) -> list[Suggestion]:
        """What a search box shows under what was typed so far."""
        return self.index.suggest(prefix, audiences=_EVERYONE)

    def similar(self, title: str, text: str) -> list[Hit]:
        """What somebody who writes a lesson is shown."""
        return self.index.similar(title=title, text=text, audiences=_EVERYONE)


def documents(papers: Iterable[Paper]) -> Iterator[Document]:
    """Papers as lessons."""
    return (as_document(paper) for paper in papers)
