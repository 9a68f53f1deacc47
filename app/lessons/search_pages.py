"""The search page."""

from datetime import date
from urllib.parse import quote_plus, urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse

from app.auth.guards import Me
from app.kit.db import Db
from app.kit.doors import doors
from app.kit.paging import page_number, paging
from app.kit.web import page
from app.lessons.access import reader
from app.lessons.facets import FacetValue
from app.lessons.finding import Answer, Asked, Sort, find
from app.lessons.in_turn import Turn
from app.lessons.lines import line
from app.lessons.models import Kind, State
from app.people.directory import names_of

router = doors()
LONGEST_QUERY = 2000
_FACETS = ("kind", "team", "topic", "state")
_SORTS: dict[Sort, str] = {"relevance": "Best match", "newest": "Newest", "oldest": "Oldest"}
_SORT_NAMES: dict[str, Sort] = {name: name for name in _SORTS}
#: So many values of a facet have their links; of the others all.
_MOST_LINKS = {"topic": 12, "team": 12}
_Link = tuple[str, str, str, int, bool]
_PER_PAGE = 10


@router.get("/search")
def search(request: Request, _turn: Turn, db: Db, me: Me) -> HTMLResponse:
    asked = asked_in(request)
    answer = find(db, request.app.state.index, reader(db, me), asked)
    address = SearchAddress(request)
    return page(
        request,
        "search/index.html",
        answer=answer,
        asked=asked,
        address=address,
        lines=[line(found.card, found.snippet) for found in answer.hits],
        facets={name: _links(address, name, answer.facets.get(name, [])) for name in _FACETS},
        sorts=_SORTS.items(),
        chosen=_chosen(answer),
        author=names_of(db, [asked.author]).get(asked.author or "", ""),
        paging=paging(request, total=answer.total, per_page=_PER_PAGE),
    )


def asked_in(request: Request) -> Asked:
    """What the address asks for; what it cannot mean is left out, so that no link is dead."""
    query = request.query_params
    return Asked(
        text=query.get("q", "").strip()[:LONGEST_QUERY],
        kinds=tuple(kind for kind in query.getlist("kind") if kind in set(Kind)),
        teams=tuple(query.getlist("team")),
        topics=tuple(query.getlist("topic")),
        states=tuple(state for state in query.getlist("state") if state in set(State)),
        author=query.get("author") or None,
        since=_day(query.get("since", "")),
        until=_day(query.get("until", "")),
        sort=_SORT_NAMES.get(query.get("sort", ""), "relevance"),
        page=page_number(request),
        per_page=_PER_PAGE,
    )


class SearchAddress:
    """Addresses of searches near this one: with a filter put in or taken out, sorted otherwise;
    all from the first page."""

    def __init__(self, request: Request):
        given = request.query_params.multi_items()
        self._pairs = [(name, value) for name, value in given if name != "page" and value]
        self._begun = f"/search?{urlencode(self._pairs)}&" if self._pairs else "/search?"

    def toggled(self, name: str, value: str) -> str:
        """With the filter if it is not in the address, without it if it is."""
        if (name, value) in self._pairs:
            return _search([p for p in self._pairs if p != (name, value)])
        return self._added(name, value)

    def without(self, *names: str) -> str:
        return _search(self.kept(*names))

    def with_only(self, name: str, value: str) -> str:
        """With `name` set to this one value."""
        kept = self.kept(name)
        if value and len(kept) == len(self._pairs):
            return self._added(name, value)
        return _search([*kept, (name, value)] if value else kept)

    def kept(self, *but: str) -> list[tuple[str, str]]:
        """The address's parameters, for hidden fields of a form."""
        return [p for p in self._pairs if p[0] not in but]

    def _added(self, name: str, value: str) -> str:
        return f"{self._begun}{name}={quote_plus(value)}"


def _chosen(answer: Answer) -> list[tuple[str, str, str]]:
    """The filters in force as (parameter, value, label), for taking them out one by one."""
    return [
        (name, value.value, value.label)
        for name in _FACETS
        for value in answer.facets.get(name, [])
        if value.chosen
    ]


def _links(address: SearchAddress, name: str, values: list[FacetValue]) -> list[_Link]:
    """A facet's foremost values as (address, value, label, count, whether it is in force)."""
    return [
        (address.toggled(name, value.value), value.value, value.label, value.count, value.chosen)
        for value in values[: _MOST_LINKS.get(name)]
    ]


def _search(pairs: list[tuple[str, str]]) -> str:
    return f"/search?{urlencode(pairs)}" if pairs else "/search"


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
