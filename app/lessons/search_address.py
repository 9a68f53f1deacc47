"""What the address of a search asks for, and the addresses of searches near it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import quote_plus, urlencode

from app.lessons.finding import Asked, Sort
from app.lessons.models import Kind, State

LONGEST_QUERY = 2000
PER_PAGE = 10
SORTS: dict[Sort, str] = {"relevance": "Best match", "newest": "Newest", "oldest": "Oldest"}
#: Times of posting that move with the calendar, as the address names them and as people do.
PERIODS = {"week": "this week", "month": "this month", "year": "this year"}
#: The parameters that narrow what is found, by the filter that each belongs to.
FILTERS: dict[str, tuple[str, ...]] = {
    "kind": ("kind",),
    "topic": ("topic",),
    "team": ("team",),
    "state": ("state",),
    "author": ("author",),
    "posted": ("posted", "since", "until"),
}
NARROWING = tuple(name for names in FILTERS.values() for name in names)
_SORT_NAMES: dict[str, Sort] = {name: name for name in SORTS}
Pairs = Sequence[tuple[str, str]]


def asked_in(pairs: Pairs, *, today: date, page: int = 1) -> Asked:
    """What the parameters ask for; what they cannot mean is left out, so that no link is dead."""
    last = dict(pairs)

    def every(name: str) -> tuple[str, ...]:
        return tuple(value for key, value in pairs if key == name and value)

    return Asked(
        text=last.get("q", "").strip()[:LONGEST_QUERY],
        kinds=tuple(kind for kind in every("kind") if kind in set(Kind)),
        teams=every("team"),
        topics=every("topic"),
        states=tuple(state for state in every("state") if state in set(State)),
        author=last.get("author") or None,
        since=first_day(last.get("posted", ""), today) or _day(last.get("since", "")),
        until=_day(last.get("until", "")),
        sort=_SORT_NAMES.get(last.get("sort", ""), "relevance"),
        page=page,
        per_page=PER_PAGE,
        today=today,
    )


def without(asked: Asked, filtered_by: str) -> Asked:
    """The same question without one of the `FILTERS`."""
    dropped = {
        "kind": replace(asked, kinds=()),
        "topic": replace(asked, topics=()),
        "team": replace(asked, teams=()),
        "state": replace(asked, states=()),
        "author": replace(asked, author=None),
        "posted": replace(asked, since=None, until=None),
    }
    return dropped[filtered_by]


def first_day(period: str, today: date) -> date | None:
    """The day that one of the `PERIODS` began: weeks on Monday."""
    days = {
        "week": today - timedelta(days=today.weekday()),
        "month": today.replace(day=1),
        "year": today.replace(month=1, day=1),
    }
    return days.get(period)


class SearchAddress:
    """Addresses of searches near this one: with a filter put in or taken out, sorted otherwise;
    all from the first page."""

    def __init__(self, pairs: Pairs):
        self._pairs = [(name, value) for name, value in pairs if name != "page" and value]
        self._begun = f"/search?{urlencode(self._pairs)}&" if self._pairs else "/search?"

    def value(self, name: str) -> str:
        """The last value of a parameter, empty for none."""
        return dict(self._pairs).get(name, "")

    def has(self, *names: str) -> bool:
        return any(name in names for name, _ in self._pairs)

    def toggled(self, name: str, value: str) -> str:
        """With the filter if it is not in the address, without it if it is."""
        if (name, value) in self._pairs:
            return _search([p for p in self._pairs if p != (name, value)])
        return self._added(name, value)

    def without(self, *names: str) -> str:
        return _search(self.kept(*names))

    def with_only(self, name: str, value: str, *but: str) -> str:
        """With `name` set to this one value, and without the parameters `but`."""
        kept = self.kept(name, *but)
        if value and len(kept) == len(self._pairs):
            return self._added(name, value)
        return _search([*kept, (name, value)] if value else kept)

    def kept(self, *but: str) -> list[tuple[str, str]]:
        """The address's parameters, for hidden fields of a form."""
        return [p for p in self._pairs if p[0] not in but]

    def _added(self, name: str, value: str) -> str:
        return f"{self._begun}{name}={quote_plus(value)}"


def _search(pairs: Pairs) -> str:
    return f"/search?{urlencode(pairs)}" if pairs else "/search"


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
