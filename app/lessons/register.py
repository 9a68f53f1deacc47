"""What a page says of a person, a team or a topic besides its lessons: the entry in the register.

It is asked in one question made of parts, so that a page costs the same whatever it says. A part
is a `Part`: rows of (what it counts, id, name, count). Lessons give theirs here; thanks, uses and
followers give theirs beside their own tables.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col

from app.lessons.access import Reader
from app.lessons.browse import in_use
from app.lessons.labels import KINDS
from app.lessons.models import Lesson, LessonTopic
from app.lessons.worth import times
from app.topics.models import Topic

Part = sa.Select[str, str, str, int]
_MOST_TOPICS = 12
_NUMBER = sa.func.count().label("number")
_SEVERAL = {
    "success": "successes",
    "failure": "failures",
    "near_miss": "near misses",
    "experiment": "experiments",
}


class Counted(NamedTuple):
    """Something with a name, and its number: of the lessons that speak for it, mostly."""

    id: str
    name: str
    number: int


@dataclass(frozen=True, slots=True)
class Register:
    """The answers by part, most first."""

    parts: Mapping[str, Sequence[Counted]]

    def all(self, part: str) -> Sequence[Counted]:
        """What the part counted; nothing where there was nothing to count."""
        return self.parts.get(part, ())

    def number(self, part: str, row_id: str = "") -> int:
        """The number of a part that counts one thing; of one that counts several, of that one."""
        return sum(counted.number for counted in self.all(part) if counted.id == row_id)

    def times(self, number: int) -> str:
        """`once`, `twice`, `3 times`."""
        return times(number)

    @property
    def kinds(self) -> str:
        """The lessons by kind, in words: “12 failures, 7 successes and 1 near miss”."""
        return kinds_in_words({counted.id: counted.number for counted in self.all("kind")})


def register(session: Session, *parts: Part) -> Register:
    """Ask all the parts at once."""
    asked = sa.union_all(*(sa.select(part.subquery()) for part in parts))
    found: dict[str, list[Counted]] = {}
    for what, row_id, name, number in session.connection().execute(asked):
        found.setdefault(what, []).append(Counted(row_id, name, number))
    for rows in found.values():
        rows.sort(key=lambda row: (-row.number, row.name.casefold(), row.id))
    return Register(found)


def part(what: str, row_id: Any = "", name: Any = "") -> Part:
    """The columns of a part called `what`: it counts rows, by id and name where those are given."""
    return sa.select(
        sa.literal(what, sa.String).label("what"),
        sa.cast(row_id, sa.String).label("id"),
        sa.cast(name, sa.String).label("name"),
        _NUMBER,
    )


def kinds_among(condition: sa.ColumnElement[bool]) -> Part:
    """The part "kind": the lessons of this condition by kind."""
    of_kind = part("kind", col(Lesson.kind))
    return of_kind.select_from(Lesson).where(condition).group_by(col(Lesson.kind))


def topics_among(condition: sa.ColumnElement[bool], *, but: str = "") -> Part:
    """The part "topic": what the lessons are about, without the topic with the id `but`. Who may
    read them may know of those topics."""
    about = sa.join(Lesson, LessonTopic, col(LessonTopic.lesson_id) == Lesson.id)
    others = sa.and_(condition, col(LessonTopic.topic_id) != but)
    most = _most(about, col(LessonTopic.topic_id), others, _MOST_TOPICS)
    return _named("topic", most, col(Topic.name)).join(Topic, col(Topic.id) == most.c.id)


def _most(
    among: sa.Join, by: Mapped[Any], condition: sa.ColumnElement[bool], most: int
) -> sa.Subquery:
    # Names are looked up for those that are shown: a topic may have thousands of lessons.
    return (
        sa.select(by.label("id"), _NUMBER)
        .select_from(among)
        .where(condition)
        .group_by(by)
        .order_by(sa.desc("number"), by)
        .limit(most)
        .subquery()
    )


def _named(what: str, most: sa.Subquery, name: Mapped[str]) -> Part:
    return sa.select(
        sa.literal(what, sa.String).label("what"), most.c.id, name.label("name"), most.c.number
    ).select_from(most)


def lessons_by_author(session: Session, who: Reader, ids: Sequence[str]) -> dict[str, int]:
    """How many lessons in use that `who` may read each of these persons has under their name."""
    return _counts(session, in_use(who) & col(Lesson.author_id).in_(ids), col(Lesson.author_id))


def lessons_by_team(session: Session, who: Reader) -> dict[str, int]:
    """How many lessons in use that `who` may read each team has; those without are left out."""
    return _counts(session, in_use(who), col(Lesson.team_id))


def _counts(
    session: Session, condition: sa.ColumnElement[bool], column: Mapped[str | None]
) -> dict[str, int]:
    counted = sa.select(column, sa.func.count()).where(condition).group_by(column)
    rows = session.connection().execute(counted)
    return {row_id: number for row_id, number in rows if row_id}


def kinds_in_words(counts: Mapping[str, int]) -> str:
    """Numbers of kinds as one says them, most first; empty for none."""
    ranked = sorted(KINDS, key=lambda kind: -counts.get(kind[0], 0))
    said = [
        f"{counts[kind]:,} {label.lower() if counts[kind] == 1 else _SEVERAL[kind]}"
        for kind, label in ranked
        if counts.get(kind)
    ]
    return " and ".join(filter(None, (", ".join(said[:-1]), said[-1]))) if said else ""
