"""The life of a query: words, scores, conditions, filters, page, facets, a better spelling."""

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from . import answering
from .budget import Budget
from .conditions import passing
from .errors import SearchTooLong
from .filters import Filters
from .grammar import parsed, plainly
from .matching import Matched, match
from .meant import suggestion
from .ordering import first
from .query import Asked, Query, asked, cut
from .reranking import Reranking, reranked
from .results import Hit, Results
from .snapshot import Mask, Snapshot
from .telling import telling

MAX_RESULTS = 10_000


class _Found(NamedTuple):
    """What a query comes to, before anything is told of it."""

    words: list[Asked]
    by_words: Matched | None
    filters: Filters
    matched: Mask
    rows: Mask
    total: int


def search(
    snapshot: Snapshot, query: Query, budget: Budget | None = None, meaning: Reranking | None = None
) -> Results:
    """One page of results. Conditions alone, or no text, list what they and the filters pass.

    Text without any word finds nothing. `SearchTooLong` if the conditions outlast the budget; words
    that do are left out, and the results are `partial`. With `meaning`, the first of those ordered
    by relevance are put in order by it.
    """
    budget = budget or Budget()
    found = _find(snapshot, query, budget)
    meant = None
    if found.by_words:
        meant = suggestion(
            snapshot, cut(query.text), found.words, found.by_words, found.filters, found.total
        )
    ordered = _ordered(snapshot, query, found, meaning)
    results = Results(
        total=found.total,
        hits=_page(snapshot, query, found, ordered),
        facets=found.filters.facets(found.matched, found.rows),
        suggestion=meant,
        partial=budget.ran_out,
        answered=_answered(snapshot, query, found, ordered),
    )
    return _eased(snapshot, query, results, budget)


def _find(snapshot: Snapshot, query: Query, budget: Budget) -> _Found:
    read = parsed(cut(query.text))
    filters = Filters(snapshot, query)
    words = telling(snapshot, asked(query.text))
    by_words = match(snapshot, words, filters.readable, budget, query.today) if words else None
    matched = passing(snapshot, read.conditions, filters.readable, budget)
    if by_words is not None:
        matched = matched & (by_words.scores > 0)
    elif read.plain.strip() and not read.conditions:
        matched = np.zeros_like(matched)
    rows = filters.passing(matched)
    return _Found(words, by_words, filters, matched, rows, int(np.count_nonzero(rows)))


def _eased(snapshot: Snapshot, query: Query, results: Results, budget: Budget) -> Results:
    """Results under conditions: other spellings only if they help, a way on if nothing passed."""
    text = cut(query.text)
    if not parsed(text).conditions:
        return results

    def finds(other: str | None) -> int:
        if not other or budget.spent():
            return 0
        try:
            return _find(snapshot, replace(query, text=other), budget).total
        except SearchTooLong:
            return 0

    meant = results.suggestion if finds(results.suggestion) > results.total else None
    plain = None if results.total else plainly(text)
    return replace(results, suggestion=meant, plainly=plain if finds(plain) else None)


def _ordered(
    snapshot: Snapshot, query: Query, found: _Found, meaning: Reranking | None
) -> list[int]:
    """The numbers of what was found, in order, up to the end of the page."""
    end = max(query.page, 1) * _per_page(query)
    rows, oldest = found.rows, query.sort == "oldest"
    scores = found.by_words.scores if found.by_words else None
    if not end or end - _per_page(query) >= MAX_RESULTS:
        return []
    if scores is None or query.sort != "relevance":
        return first(snapshot, rows, end, oldest=oldest)
    if meaning is None:
        return first(snapshot, rows, end, scores=scores)
    text = parsed(cut(query.text)).plain
    return reranked(snapshot, rows, end, scores=scores, text=text, by=meaning)


def _page(snapshot: Snapshot, query: Query, found: _Found, ordered: list[int]) -> tuple[Hit, ...]:
    start = (max(query.page, 1) - 1) * _per_page(query)
    scores = found.by_words.scores if found.by_words else None
    return tuple(
        Hit(snapshot.id(number), float(scores[number]) if scores is not None else 0.0)
        for number in ordered[start : start + _per_page(query)]
    )


def _per_page(query: Query) -> int:
    return min(max(query.per_page, 0), MAX_RESULTS)


def _answered(snapshot: Snapshot, query: Query, found: _Found, ordered: list[int]) -> bool:
    if found.by_words is None or not found.total:
        return bool(found.total)
    best = ordered[: answering.LOOKED_AT]
    if query.sort != "relevance" or len(best) < min(answering.LOOKED_AT, found.total):
        best = first(snapshot, found.rows, answering.LOOKED_AT, scores=found.by_words.scores)
    return answering.answered(snapshot, found.words, found.by_words, best)
