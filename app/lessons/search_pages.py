"""The search page."""

from datetime import date
from typing import Any

from fastapi import BackgroundTasks, Request
from fastapi.responses import HTMLResponse

from app.auth.guards import Me
from app.experts.knowing import Knows, by_place, who_knows
from app.kit.db import Db, Now, database_of
from app.kit.doors import doors
from app.kit.paging import page_number, paging
from app.kit.web import page, wants_fragment
from app.lessons.access import Reader, reader
from app.lessons.finding import Answer, Asked, find
from app.lessons.in_turn import Turn
from app.lessons.lines import line
from app.lessons.search_address import (
    FILTERS,
    NARROWING,
    PER_PAGE,
    PERIODS,
    SORTS,
    SearchAddress,
    asked_in,
)
from app.lessons.search_view import (
    EVERY_FILTER,
    InForce,
    dropped,
    facets,
    in_force,
    most_values,
    preset_name,
)
from app.lessons.ways_on import numbers_found
from app.people.directory import names_of
from app.people.models import Person
from app.searches.clusters import wanted_alike
from app.searches.missed import is_missed, note_search
from app.searches.models import NAME_LENGTH, WORDS_LENGTH
from app.searches.saved import searches_of, tidy

router = doors()
_MOST_KNOWN = 3


@router.get("/search")
def search(
    request: Request, _turn: Turn, db: Db, me: Me, now: Now, after: BackgroundTasks
) -> HTMLResponse:
    pairs = request.query_params.multi_items()
    asked = asked_in(pairs, today=now.date(), page=page_number(request))
    address, who = SearchAddress(pairs), reader(db, me)
    answer = find(db, request.app.state.index, who, asked, steady=True, most=most_values(address))
    author = names_of(db, [asked.author]).get(asked.author or "", "")
    filters = in_force(answer, address, author)
    if is_missed(answer) and _meant(request):
        after.add_task(note_search, database_of(request), asked.text, me, now)
    return page(
        request,
        "search/index.html",
        answer=answer,
        asked=asked,
        address=address,
        lines=[line(hit.card, hit.snippet, "", _moved_by_age(asked)) for hit in answer.hits],
        facets=facets(answer, address),
        filters=filters,
        without_filters=address.without(*NARROWING),
        sorts=SORTS.items(),
        periods=PERIODS.items(),
        paging=paging(request, total=answer.total, per_page=PER_PAGE),
        wanted=wanted_alike(db, who, asked.text) if asked.text and not answer.total else None,
        missed=is_missed(answer),
        words_length=WORDS_LENGTH,
        knowing=_knowing(db, who, answer, now),
        **_ways_on(request, who, answer, filters, address),
        **_saving(db, me, answer, filters, request.url.query),
    )


def _moved_by_age(asked: Asked) -> date | None:
    """Today, where age moved what is found: by a search for words, the best first."""
    return asked.today if asked.text and asked.sort == "relevance" else None


def _meant(request: Request) -> bool:
    """Whether somebody sent this search: not while they typed, nor a browser ahead of them."""
    headers = request.headers
    typing = wants_fragment(request) and "Search-Sent" not in headers
    return not typing and "prefetch" not in headers.get("Sec-Purpose", "")


def _knowing(db: Db, who: Reader, answer: Answer, now: Now) -> list[Knows]:
    """Who knows, by the lessons of the first page, where those answer what was asked."""
    if not answer.asked.text or answer.asked.page > 1 or not answer.answered:
        return []
    ids = by_place(found.card.id for found in answer.hits)
    return who_knows(db, who, ids, now=now, limit=_MOST_KNOWN)


def _ways_on(
    request: Request,
    who: Reader,
    answer: Answer,
    filters: list[InForce],
    address: SearchAddress,
) -> dict[str, Any]:
    """Where nothing is found: each filter to drop as (address, its words, what that would find),
    and what would be found without any."""
    if answer.total or answer.notice or not filters:
        return {"ways": [], "all_found": 0}
    questions = dropped(answer.asked, filters)
    numbers = numbers_found(request.app.state.index, who, questions)
    ways = [
        (
            address.without(*FILTERS[name]),
            ", ".join(filter.label for filter in filters if filter.name == name),
            numbers[name],
        )
        for name in FILTERS
        if name in numbers
    ]
    return {"ways": ways, "all_found": numbers.get(EVERY_FILTER, 0)}


def _saving(
    db: Db, me: Person, answer: Answer, filters: list[InForce], query: str
) -> dict[str, Any]:
    """The person's saved searches, and what this one would be saved as, if it is none of them."""
    kept, this = searches_of(db, me), tidy(query)
    known = next((search for search in kept if search.address == this), None)
    return {
        "saved": kept,
        "known": known,
        "to_save": "" if known else this,
        "saved_as": preset_name(answer.asked, filters)[:NAME_LENGTH],
    }
