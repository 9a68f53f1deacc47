"""The briefs that somebody reads: under way first, then those to follow up, then past ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from app.briefs.access import briefs_read_by
from app.briefs.models import Brief, BriefLesson
from app.briefs.naming import name_of_work
from app.lessons.access import Reader
from app.people.models import Person, Team

# Of a plan of many pages a list needs the beginning.
_BEGINNING = 1_000


class Stage(StrEnum):
    """Where a piece of work stands."""

    UNDER_WAY = "under_way"
    TO_FOLLOW_UP = "to_follow_up"
    PAST = "past"

    @property
    def place(self) -> int:
        """Which comes first in a list."""
        return list(Stage).index(self)

    @property
    def words(self) -> str:
        return {"under_way": "Under way", "to_follow_up": "To follow up"}.get(self.value, "Past")


@dataclass(frozen=True, slots=True)
class BriefLine:
    """A brief in a list: how many of its lessons are decided on."""

    id: str
    heading: str
    stage: Stage
    team: str
    by_id: str
    by: str
    starts_on: date | None
    ends_on: date | None
    made_on: date
    lessons: int
    decided: int

    @property
    def url(self) -> str:
        return f"/briefs/{self.id}"

    @property
    def progress(self) -> str:
        """How far the deciding is, in words."""
        if not self.lessons:
            return "no lessons"
        lessons = f"{self.lessons} {'lesson' if self.lessons == 1 else 'lessons'}"
        decided = {0: "none", self.lessons: "all"}.get(self.decided, str(self.decided))
        return f"{lessons}, {decided} decided"


def stage_of(brief: Brief, today: date) -> Stage:
    """Where the work of a brief stands on a day."""
    if brief.ended_at:
        return Stage.PAST
    over = brief.ends_on is not None and brief.ends_on < today
    return Stage.TO_FOLLOW_UP if over else Stage.UNDER_WAY


def briefs_of(
    session: Session,
    who: Reader,
    *,
    today: date,
    team_id: str = "",
    offset: int = 0,
    limit: int = 20,
) -> tuple[list[BriefLine], int]:
    """The briefs that `who` reads, of one team or of all, and how many there are. One question."""
    over = sa.and_(col(Brief.ends_on).is_not(None), col(Brief.ends_on) < today)
    stage = sa.case(
        (col(Brief.ended_at).is_not(None), Stage.PAST.value),
        (over, Stage.TO_FOLLOW_UP.value),
        else_=Stage.UNDER_WAY.value,
    )
    place = sa.case((stage == Stage.PAST.value, 2), (stage == Stage.TO_FOLLOW_UP.value, 1), else_=0)
    asked: Any = (
        sa.select(
            col(Brief.id),
            sa.func.substr(col(Brief.work), 1, _BEGINNING),
            stage,
            sa.func.coalesce(col(Team.name), ""),
            col(Brief.by_id),
            col(Person.name),
            col(Brief.starts_on),
            col(Brief.ends_on),
            col(Brief.made_at),
            _number(),
            _number(col(BriefLesson.disposition).is_not(None)),
            sa.func.count().over(),
        )
        .join(Person, col(Person.id) == Brief.by_id)
        .outerjoin(Team, col(Team.id) == Brief.team_id)
        .where(briefs_read_by(who))
        .order_by(place, col(Brief.ends_on).is_(None), col(Brief.made_at).desc(), col(Brief.id))
        .offset(offset)
        .limit(limit)
    )
    if team_id:
        asked = asked.where(col(Brief.team_id) == team_id)
    rows = session.connection().execute(asked).all()
    return [_line(row) for row in rows], rows[0][-1] if rows else 0


def _number(*conditions: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    return (
        sa.select(sa.func.count())
        .select_from(BriefLesson)
        .where(col(BriefLesson.brief_id) == Brief.id, *conditions)
        .scalar_subquery()
    )


def _line(row: Sequence[Any]) -> BriefLine:
    brief_id, work, stage, team, by_id, by, starts_on, ends_on, made_at, lessons, decided, _ = row
    return BriefLine(
        brief_id,
        name_of_work(work),
        Stage(stage),
        team,
        by_id,
        by,
        starts_on,
        ends_on,
        made_at.date(),
        lessons,
        decided,
    )
