"""A new lesson takes its place at the end of a brief while the work goes on."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

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

    A protected author's lesson came on its day: the minute would tell when it was posted. So would
    its place between those of one day, and they have the same.
    """
    if not fitting:
        return
    ids = {one.brief_id for one in fitting}
    rows = select(Brief).where(col(Brief.id).in_(ids), col(Brief.watched))
    briefs = {brief.id: brief for brief in session.exec(rows.with_for_update())}
    known, ends = _in_them(session, ids, now)
    for brief_id, lesson, match in fitting:
        if brief_id not in briefs or (brief_id, lesson.id) in known:
            continue
        known.add((brief_id, lesson.id))
        at = day_floor(now) if lesson.is_protected else now
        session.add(
            BriefLesson(
                brief_id=brief_id,
                lesson_id=lesson.id,
                position=ends.get(brief_id, -1) + 1,
                came=Came.WATCH,
                why=_why(match),
                added_at=at,
            )
        )
        facts = {"brief_id": brief_id, "lesson_id": lesson.id, "team_id": briefs[brief_id].team_id}
        record(session, "brief.matched", brief_id, by=None, now=at, **facts)


def _in_them(
    session: Session, brief_ids: set[str], now: datetime
) -> tuple[set[tuple[str, str]], dict[str, int]]:
    """Which lessons are in which brief, and the last place in each before what was put in today."""
    known: set[tuple[str, str]] = set()
    ends: dict[str, int] = {}
    rows = session.exec(select(BriefLesson).where(col(BriefLesson.brief_id).in_(brief_ids)))
    for row in rows:
        known.add((row.brief_id, row.lesson_id))
        if row.came is not Came.WATCH or row.added_at.date() != now.date():
            ends[row.brief_id] = max(row.position, ends.get(row.brief_id, -1))
    return known, ends


def _why(match: Match) -> dict[str, list[str]]:
    parts = {"shared": match.shared, "applies": match.applies, "against": match.against}
    return {name: list(words) for name, words in parts.items() if words}
