"""Facets: what the lessons found have in common, counted by the index and named by the database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col

from app.kit.db import several
from app.lessons.labels import kind_label, state_label
from app.lessons.models import Kind, State
from app.people.models import Team
from app.topics.models import Topic

_FEW = 20
FEW_VALUES: Mapping[str, int] = {"kind": _FEW, "team": _FEW, "topic": _FEW, "state": _FEW}
NO_VALUES: Mapping[str, int] = dict.fromkeys(FEW_VALUES, 0)
# Said once: to make a question again each time costs more than to ask it.
_NAMES = sa.union_all(
    sa.select(col(Team.id), col(Team.name)).where(col(Team.id).in_(several("teams"))),
    sa.select(col(Topic.id), col(Topic.name)).where(
        col(Topic.id).in_(several("topics")),
        sa.or_(col(Topic.id).in_(several("counted")), col(Topic.curated)),
    ),
)


@dataclass(frozen=True, slots=True)
class FacetValue:
    """How many lessons have one value of a field, the field's own filter aside."""

    value: str
    label: str
    count: int
    chosen: bool


def labelled(
    session: Session,
    counts: Mapping[str, Mapping[str, int]],
    chosen: Mapping[str, Iterable[str]],
    most: Mapping[str, int] = FEW_VALUES,
) -> dict[str, list[FacetValue]]:
    """The foremost values of each field in `chosen`, with names, in one question however many.

    A topic that nothing was counted for is named only if everyone may know of it: its id may have
    come from anywhere.
    """
    counted = {name: _foremost(counts[name], values, most[name]) for name, values in chosen.items()}
    labels = _labels(session, counted["team"], counted["topic"], counts["topic"])
    labels |= {kind.value: kind_label(kind) for kind in Kind}
    labels |= {state.value: state_label(state) for state in State}
    return {
        name: [
            FacetValue(value, labels[value], count, value in chosen[name])
            for value, count in values.items()
            if value in labels
        ]
        for name, values in counted.items()
    }


def _foremost(counts: Mapping[str, int], chosen: Iterable[str], most: int) -> dict[str, int]:
    """The first values; and every chosen one, found or not, so that it can be unchosen."""
    first = dict(list(counts.items())[:most])
    return first | {value: counts.get(value, 0) for value in chosen}


def _labels(
    session: Session,
    teams: Mapping[str, int],
    topics: Mapping[str, int],
    counted: Mapping[str, int],
) -> dict[str, str]:
    """The names of teams and topics by id; of topics beside those counted only curated ones."""
    if not teams and not topics:
        return {}
    known = [topic_id for topic_id in topics if topic_id in counted]
    given = {"teams": list(teams), "topics": list(topics), "counted": known}
    return {row[0]: row[1] for row in session.connection().execute(_NAMES, given)}
