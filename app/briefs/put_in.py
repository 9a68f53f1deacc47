"""A new lesson takes its place at the end of a brief while the work goes on."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col, select

from app.briefs.models import Brief, BriefLesson, Came
from app.events.record import record
from app.kit.clock import day_floor
from app.lessons.models import Lesson
from search import Match


class Fitting(NamedTuple):
    """A lesson that bears on the work of a brief, and the words that say so."""

    brief_id: str
    lesson: Lesson
    match: Match


def put_in(session: Session, fitting: Sequence[Fitting], *, now: datetime) -> None:
    """Put lessons into their briefs and record each match. What is there already stays as it is; a
    brief that is gone, or not watched any more, is left alone.

    A protected author's lesson came on its day: the minute would tell when it was posted.
    """
    if not fitting:
        return
    ids = {one.brief_id for one in fitting}
    rows = select(Brief).where(col(Brief.id).in_(ids), col(Brief.watched))
    briefs = {brief.id: brief for brief in session.exec(rows.with_for_update())}
    places = _places(session, ids)
    for brief_id, lesson, match in fitting:
        there = places.setdefault(brief_id, {})
        if brief_id not in briefs or lesson.id in there:
            continue
        at = day_floor(now) if lesson.is_protected else now
        there[lesson.id] = max(there.values(), default=-1) + 1
        session.add(
            BriefLesson(
                brief_id=brief_id,
                lesson_id=lesson.id,
                position=there[lesson.id],
                came=Came.WATCH,
                why=_why(match),
                added_at=at,
            )
        )
        facts = {"brief_id": brief_id, "lesson_id": lesson.id, "team_id": briefs[brief_id].team_id}
        record(session, "brief.matched", brief_id, by=None, now=at, **facts)


def _places(session: Session, brief_ids: set[str]) -> dict[str, dict[str, int]]:
    """The place of each lesson in each brief."""
    found: dict[str, dict[str, int]] = {}
    columns = (col(BriefLesson.brief_id), col(BriefLesson.lesson_id), col(BriefLesson.position))
    rows = sa.select(*columns).where(col(BriefLesson.brief_id).in_(brief_ids))
    for brief_id, lesson_id, position in session.connection().execute(rows):
        found.setdefault(brief_id, {})[lesson_id] = position
    return found


def _why(match: Match) -> dict[str, list[str]]:
    parts = {"shared": match.shared, "applies": match.applies, "against": match.against}
    return {name: list(words) for name, words in parts.items() if words}
