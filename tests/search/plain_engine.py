"""The plainest engine that keeps the contract: a dictionary, and a loop over it.

It shows that the contract asks for nothing that only our own engine has. No word is ranked.
"""

import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from search import (
    EVERYONE,
    Difference,
    Document,
    Hit,
    Match,
    Matches,
    Query,
    Results,
    Snippet,
    Suggestion,
)
from search.analyzers import words
from search.composite import parts
from search.documents import checked
from search.grammar import Condition, parsed
from search.query import asked
from search.results import difference
from search.scripts import tokens
from search.snippets import snippet

_FACTS: dict[str, Callable[[Document], Iterable[str]]] = {
    "title": lambda d: [d.title],
    "topic": lambda d: d.topic_names,
    "team": lambda d: [d.team_name],
    "author": lambda d: [d.author_name],
    "text": lambda d: [part.text for part in parts(d)],
}


@dataclass
class Store:
    """What all who open one folder share."""

    identity: str = field(default_factory=lambda: secrets.token_hex(16))
    generation: int = 1
    documents: dict[str, Document] = field(default_factory=dict)


_stores: dict[Path, Store] = {}


class PlainEngine:
    """An engine in memory; see `search.Engine`."""

    def __init__(self, folder: Path) -> None:
        self._store = _stores.setdefault(folder, Store())
        self.identity = self._store.identity

    def index(self, documents: Iterable[Document]) -> None:
        self._change(self._store.documents | {d.id: d for d in checked(documents)})

    def remove(self, ids: Iterable[str]) -> None:
        gone = set(ids)
        self._change({id: d for id, d in self._store.documents.items() if id not in gone})

    def rebuild(
        self, documents: Iterable[Document], *, progress: Callable[[int], None] | None = None
    ) -> int:
        self._change({d.id: d for d in checked(documents)})
        if progress:
            progress(len(self._store.documents))
        return len(self._store.documents)

    def _change(self, documents: dict[str, Document]) -> None:
        self._store.documents = documents
        self._store.generation += 1

    def search(self, query: Query) -> Results:
        matched = [d for d in self._readable(query.audiences) if _matches(d, query.text)]
        rows = [d for d in matched if _passes(d, query)]
        order = sorted(rows, key=lambda d: d.id)
        order.sort(key=lambda d: d.posted_at, reverse=query.sort != "oldest")
        if query.sort == "relevance":
            order.sort(key=lambda d: -_score(d, query.text))
        start = (query.page - 1) * query.per_page
        page = order[start : start + query.per_page]
        return Results(
            total=len(rows),
            hits=tuple(Hit(d.id, _score(d, query.text)) for d in page),
            facets={name: _facet(name, matched, query) for name in query.facets},
            suggestion=self._respelt(query) if not rows else None,
            answered=any(2 * _score(d, query.text) >= len(asked(query.text)) for d in rows),
        )

    def snippet(self, text_query: str, parts: Sequence[str], *, limit: int = 240) -> Snippet:
        return snippet(text_query, parts, limit=limit)

    def suggest(
        self, prefix: str, *, audiences: frozenset[str], limit: int = 8
    ) -> list[Suggestion]:
        public = self._readable(frozenset({EVERYONE}) & audiences)
        topics = sorted({name for d in public for name in d.topic_names if _begins(name, prefix)})
        people = sorted({(d.author, d.author_name) for d in public if d.author})
        titled = [d for d in self._readable(audiences) if _begins(d.title, prefix)]
        lines = [
            *(Suggestion("topic", text=name) for name in topics),
            *(Suggestion("person", id, name) for id, name in people if _begins(name, prefix)),
            *(Suggestion("lesson", d.id) for d in sorted(titled, key=_newest)),
        ]
        return lines[:limit]

    def similar(
        self, *, title: str, text: str, audiences: frozenset[str], limit: int = 5,
        exclude: frozenset[str] = frozenset(),
    ) -> list[Hit]:  # fmt: skip
        draft = _terms(f"{title} {text}")
        found = []
        for document in self._readable(audiences):
            shared = len(draft & _terms(" ".join(p.text for p in parts(document))))
            if shared and document.id not in exclude:
                same = shared >= 0.9 * len(draft)
                found.append(Hit(document.id, float(shared), same))
        return sorted(found, key=lambda hit: (-hit.score, hit.id))[:limit]

    def matches(
        self, work: str, *, audiences: frozenset[str], today: date | None = None, limit: int = 40,
        exclude: frozenset[str] = frozenset(),
    ) -> Matches:  # fmt: skip
        typed = {t: token for token in tokens(work) if len(token) > 3 for t in _terms(token)}
        found, met = [], set[str]()
        for document in self._readable(audiences):
            shared = _terms(" ".join(p.text for p in parts(document))) & typed.keys()
            if shared and document.id not in exclude:
                met |= shared
                found.append(_as_match(document, typed, shared))
        best = sorted(found, key=lambda match: (-match.score, match.id))[:limit]
        unmet = tuple(typed[term] for term in typed if term not in met and typed[term].isalpha())
        return Matches(tuple(best), unmet[:5])

    def merge(self) -> bool:
        return False

    def stamps(self) -> dict[str, str]:
        return {id: document.stamp for id, document in self._store.documents.items()}

    def check(self, expected: Mapping[str, str]) -> Difference:
        return difference(expected, self.stamps())

    def verify(self, *, again: bool = True) -> None:
        """A dictionary in memory is what it is."""

    def generation(self) -> int:
        return self._store.generation

    def close(self) -> None:
        """There is nothing to let go of."""

    def _readable(self, audiences: frozenset[str]) -> list[Document]:
        return [d for d in self._store.documents.values() if d.audience in audiences]

    def _respelt(self, query: Query) -> str | None:
        """A word of public titles and texts that is the query but for a letter left out."""
        public = self._readable(frozenset({EVERYONE}))
        told = (part.text for d in public for part in parts(d))
        held = {p for text in told for word in words(text) for p in word.plain}
        near = (w for w in sorted(held) if any(w[:i] + w[i + 1 :] == query.text
                                               for i in range(len(w))))  # fmt: skip
        return next(near, None)


def _as_match(document: Document, typed: dict[str, str], shared: set[str]) -> Match:
    def told(text: str) -> tuple[str, ...]:
        return tuple(typed[term] for term in typed if term in shared & _terms(text))[:6]

    everything = " ".join(part.text for part in parts(document))
    where = document.applies_when, document.not_when
    return Match(document.id, float(len(shared)), told(everything), *map(told, where))


def _terms(text: str) -> set[str]:
    return {term for word in words(text) for term in word.terms}


def _score(document: Document, text: str) -> float:
    held = _terms(" ".join(part.text for part in parts(document)))
    return float(sum(set(one.word.terms) <= held for one in asked(text) if one.word.terms))


def _matches(document: Document, text: str) -> bool:
    read = parsed(text)
    if not all(_holds(document, c) is not c.excluded for c in read.conditions):
        return False
    if not text.strip() or (read.conditions and not read.plain.strip()):
        return True
    return _score(document, text) > 0


def _holds(document: Document, condition: Condition) -> bool:
    if condition.field == "kind":
        return document.kind == "_".join(p for w in condition.words for p in w.plain)
    wanted = [term for word in condition.words for term in word.terms]
    for text in _FACTS[condition.field](document):
        spoken = words(text)
        terms = [term for word in spoken for term in word.terms]
        if condition.prefix:
            if any(p.startswith(condition.prefix) for word in spoken for p in word.plain):
                return True
        elif condition.exact:
            runs = range(len(terms) - len(wanted) + 1)
            if any(terms[at : at + len(wanted)] == wanted for at in runs):
                return True
        elif wanted and set(wanted) <= set(terms):
            return True
    return False


def _passes(document: Document, query: Query, but: str = "") -> bool:
    chosen = {"kind": query.kinds, "team": query.teams, "state": query.states}
    for name, values in chosen.items():
        if name != but and values and getattr(document, name) not in values:
            return False
    if but != "topic" and query.topics and not query.topics & set(document.topics):
        return False
    if query.author is not None and document.author != query.author:
        return False
    since, until = query.since or document.posted_on, query.until or document.posted_on
    return since <= document.posted_on <= until


def _facet(name: str, matched: Iterable[Document], query: Query) -> dict[str, int]:
    rows = [document for document in matched if _passes(document, query, but=name)]
    values = (d.topics if name == "topic" else (getattr(d, name),) for d in rows)
    return dict(Counter(value for some in values for value in some if value))


def _begins(name: str, prefix: str) -> bool:
    held = [part for word in words(name) for part in word.plain]
    typed = [part for word in words(prefix) for part in word.plain]
    return bool(typed) and all(any(h.startswith(t) for h in held) for t in typed)


def _newest(document: Document) -> tuple[float, str]:
    return -document.posted_at.timestamp(), document.id
