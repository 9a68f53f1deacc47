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
    results = Results(
        total=found.total,
        hits=_page(snapshot, query, found, meaning),
        facets=found.filters.facets(found.matched, found.rows),
        suggestion=meant,
        partial=budget.ran_out,
        answered=_answered(snapshot, found),
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


def _answered(snapshot: Snapshot, found: _Found) -> bool:
    if found.by_words is None or not found.total:
        return bool(found.total)
    best = first(snapshot, found.rows, answering.LOOKED_AT, scores=found.by_words.scores)
    return answering.answered(snapshot, found.words, found.by_words, best)


def _page(
    snapshot: Snapshot, query: Query, found: _Found, meaning: Reranking | None
) -> tuple[Hit, ...]:
    per_page = min(max(query.per_page, 0), MAX_RESULTS)
    start = (max(query.page, 1) - 1) * per_page
    if not per_page or start >= MAX_RESULTS:
        return ()
    rows, end, oldest = found.rows, start + per_page, query.sort == "oldest"
    scores = found.by_words.scores if found.by_words else None
    if scores is None or query.sort != "relevance":
        numbers = first(snapshot, rows, end, oldest=oldest)
    elif meaning is None:
        numbers = first(snapshot, rows, end, scores=scores)
    else:
        text = parsed(cut(query.text)).plain
        numbers = reranked(snapshot, rows, end, scores=scores, text=text, by=meaning)
    return tuple(
        Hit(snapshot.id(number), float(scores[number]) if scores is not None else 0.0)
        for number in numbers[start:end]
    )
