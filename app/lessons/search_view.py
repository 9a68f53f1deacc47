"""A search page's filters, ready to be written down: each facet's values, and those in force."""

from collections.abc import Sequence
from functools import reduce
from typing import NamedTuple

from app.kit.templates import day_in_words
from app.lessons.facets import FacetValue
from app.lessons.finding import Answer, Asked
from app.lessons.labels import kind_label
from app.lessons.models import Kind, State
from app.lessons.search_address import FILTERS, PERIODS, SearchAddress, without

#: In the place of a filter's name: all of them.
EVERY_FILTER = "all"
FACETS = {"kind": "Kind", "topic": "Topic", "team": "Team", "state": "State"}
#: So many values are shown at once of what there may be very many of, and so many at all.
SHOWN = 12
MOST_SHOWN = 300
#: Facets with few values show them in the order in which people think of them.
_ORDER = {"kind": [kind.value for kind in Kind], "state": [state.value for state in State]}


class Value(NamedTuple):
    """A value of a facet: the address that puts it in force or takes it out, the value, its name,
    how many lessons have it, whether it is in force."""

    url: str
    value: str
    label: str
    number: int
    chosen: bool


class Facet(NamedTuple):
    """A group of filters. `all_url` unfolds the values that are not shown, `fewer_url` folds them
    again; each empty where it makes no sense. `number` is how many there are in all."""

    name: str
    title: str
    values: Sequence[Value]
    number: int
    all_url: str
    fewer_url: str


class InForce(NamedTuple):
    """A filter in force, in words, and the address without it."""

    name: str
    label: str
    url: str


def facets(answer: Answer, address: SearchAddress) -> list[Facet]:
    """The groups of filters that have anything to choose, in their order."""
    found = (_facet(name, answer, address) for name in FACETS)
    return [facet for facet in found if _tells_apart(facet)]


def most_values(address: SearchAddress) -> dict[str, int]:
    """How many values of each facet the page needs: all of the one that is unfolded."""
    return {name: MOST_SHOWN if address.value("all") == name else SHOWN for name in FACETS}


def in_force(answer: Answer, address: SearchAddress, author: str) -> list[InForce]:
    """The filters in force, to be taken out one by one."""
    found = [
        InForce(name, value.label, address.toggled(name, value.value))
        for name in FACETS
        for value in answer.facets.get(name, [])
        if value.chosen
    ]
    found += _unknown(answer, address)
    if answer.asked.author:
        found.append(
            InForce("author", f"by {author or 'somebody unknown'}", address.without("author"))
        )
    posted = _posted(answer.asked, address)
    if posted:
        found.append(InForce("posted", posted, address.without(*FILTERS["posted"])))
    return found


def dropped(asked: Asked, filters: Sequence[InForce]) -> dict[str, Asked]:
    """The same question without each of the filters in force, by the filter's name, and without
    any."""
    names = dict.fromkeys(filter.name for filter in filters)
    bare = reduce(without, names, asked)
    return {name: without(asked, name) for name in names} | {EVERY_FILTER: bare}


def preset_name(asked: Asked, filters: Sequence[InForce]) -> str:
    """What a search would be called that somebody saves: its words, or else its filters."""
    return asked.text or ", ".join(filter.label for filter in filters)


def _facet(name: str, answer: Answer, address: SearchAddress) -> Facet:
    values = answer.facets.get(name, [])
    if name == "kind" and not answer.notice:
        # All four, always: what has nothing to choose keeps the others in their place.
        known = {value.value for value in values}
        missing = [kind for kind in _ORDER["kind"] if kind not in known]
        values = [*values, *(FacetValue(kind, kind_label(kind), 0, False) for kind in missing)]
    if name in _ORDER:
        values = sorted(values, key=lambda value: _ORDER[name].index(value.value))
    number = answer.values.get(name, 0)
    unfolded = address.value("all") == name
    folds = name not in _ORDER and number > SHOWN
    return Facet(
        name,
        FACETS[name],
        [
            Value(address.toggled(name, v.value), v.value, v.label, v.count, v.chosen)
            for v in values
        ],
        number,
        address.with_only("all", name) if folds and not unfolded else "",
        address.without("all") if folds and unfolded else "",
    )


def _tells_apart(facet: Facet) -> bool:
    """Whether there is anything to choose, or chosen. Nearly all lessons are in one state."""
    least = 2 if facet.name == "state" else 1
    return len(facet.values) >= least or any(value.chosen for value in facet.values)


def _unknown(answer: Answer, address: SearchAddress) -> list[InForce]:
    """Teams and topics in the address that are not there, or of which nobody here may know."""
    asked = {"topic": answer.asked.topics, "team": answer.asked.teams}
    known = {name: {value.value for value in answer.facets[name]} for name in asked}
    return [
        InForce(name, f"an unknown {name}", address.toggled(name, value))
        for name, values in asked.items()
        for value in values
        if value not in known[name]
    ]


def _posted(asked: Asked, address: SearchAddress) -> str:
    period = PERIODS.get(address.value("posted"))
    ends = [f"to {day_in_words(asked.until)}"] if asked.until else []
    if period:
        return " ".join([f"posted {period}", *ends])
    begins = [f"from {day_in_words(asked.since)}"] if asked.since else []
    return " ".join(["posted", *begins, *ends]) if begins or ends else ""
