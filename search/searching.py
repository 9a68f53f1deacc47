"""The life of a query: words, scores, filters, first page, facets, and a better spelling."""

import numpy as np

from .filters import Filters
from .matching import Matched, match
from .meant import suggestion
from .ordering import first
from .query import Query, asked
from .results import Hit, Results
from .snapshot import Mask, Snapshot

MAX_RESULTS = 10_000


def search(snapshot: Snapshot, query: Query) -> Results:
    """One page of results. Text without any word, or none, lists what the filters pass."""
    filters = Filters(snapshot, query)
    words = asked(query.text)
    by_words = match(snapshot, words, filters.readable) if words else None
    matched: Mask = filters.readable if by_words is None else by_words.scores > 0
    if by_words is None and query.text.strip():
        matched = np.zeros(snapshot.count, np.bool_)
    rows = filters.passing(matched)
    total = int(np.count_nonzero(rows))
    return Results(
        total=total,
        hits=_page(snapshot, query, rows, by_words),
        facets=filters.facets(matched),
        suggestion=suggestion(snapshot, query.text, words, by_words, filters) if by_words else None,
    )


def _page(
    snapshot: Snapshot, query: Query, rows: Mask, by_words: Matched | None
) -> tuple[Hit, ...]:
    per_page = min(max(query.per_page, 0), MAX_RESULTS)
    start = (max(query.page, 1) - 1) * per_page
    if not per_page or start >= MAX_RESULTS:
        return ()
    scores = by_words.scores if by_words else None
    by_score = scores if query.sort == "relevance" else None
    found = first(snapshot, rows, start + per_page, scores=by_score, oldest=query.sort == "oldest")
    return tuple(
        Hit(snapshot.id(number), float(scores[number]) if scores is not None else 0.0)
        for number in found[start:]
    )
