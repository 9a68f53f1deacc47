"""Ways on where nothing is found: which filter to drop, and how many lessons that would bring."""

from collections.abc import Mapping
from dataclasses import replace

from app.lessons import fallback
from app.lessons.access import Reader
from app.lessons.fairness import fairly
from app.lessons.finding import Asked, query_for
from search import Index


def numbers_found(index: Index, who: Reader, questions: Mapping[str, Asked]) -> dict[str, int]:
    """How many lessons that `who` may read each question would find; none of those for which that
    is nothing. Counted by the index alone: empty while it cannot answer."""
    found: dict[str, int] = {}
    try:
        with fairly(who.person.id):
            for name, asked in questions.items():
                query = replace(query_for(who, asked), page=1, per_page=0, facets=())
                found[name] = index.search(query).total
    except fallback.NO_ANSWER as error:
        fallback.note(error)
        return {}
    return {name: total for name, total in found.items() if total}
