"""Briefs: made, changed, given more lessons, removed."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from app.briefs.access import reading_for
from app.briefs.assemble import Assembled, Bearing
from app.briefs.looking import Looked, look_for
from app.briefs.models import Brief, BriefLesson, Came
from app.briefs.schemas import BriefInput
from app.events.record import record
from app.kit.errors import Conflict
from app.lessons.access import Reader, reader
from app.lessons.models import Lesson
from app.people.models import Person
from app.searches.missed import note_miss
from app.searches.models import MissedBy
from search import Index


class BriefChangedMeanwhile(Conflict):
    status = 412
    code = "changed_meanwhile"
    message = (
        "Somebody else changed this brief while you were at it. Nothing of yours was lost: look at "
        "the brief as it is now, and save again if yours is to stand."
    )


def make(
    session: Session, index: Index, content: BriefInput, *, by: Person, now: datetime
) -> Brief:
    """Look for what bears on a piece of work and keep it, at once. Raises Invalid."""
    return keep(session, look_for(session, index, content, by=by, now=now), by=by, now=now)


def keep(session: Session, looked: Looked, *, by: Person, now: datetime) -> Brief:
    """Keep a piece of work with the lessons that bear on it."""
    content, found = looked.content, looked.found or Assembled()
    brief = Brief(
        work=content.work,
        team_id=looked.team_id,
        by_id=by.id,
        starts_on=content.starts_on,
        ends_on=content.ends_on,
        made_at=now,
        changed_at=now,
    )
    note(brief, found)
    session.add(brief)
    session.flush()
    _put_in(session, brief, found, 0, Came.FIRST, now)
    if found.unwritten and not found.good:
        words = " ".join(found.unwritten)
        note_miss(session, words, by=by, now=now, source=MissedBy.BRIEF)
    ids = [bearing.lesson.id for bearing in found.lessons]
    facts = {"team_id": brief.team_id, "lessons": len(ids), "lesson_ids": ids}
    record(session, "brief.made", brief.id, by=by.id, now=now, brief_id=brief.id, **facts)
    return brief


def change(
    session: Session, brief: Brief, looked: Looked, *, by: Person, now: datetime, seen: str
) -> None:
    """Say anew what the work is, whose and when. What was decided stays, also about lessons that
    bear on it no more. Raises BriefChangedMeanwhile when it is not as it was `seen`, by its
    stamp."""
    if brief.stamp != seen:
        raise BriefChangedMeanwhile
    content = looked.content
    brief.work, brief.team_id = content.work, looked.team_id
    another_end = content.ends_on != brief.ends_on
    if another_end:  # it is asked for anew
        brief.asked_at, brief.reminders, brief.ended_at = None, 0, None
    brief.starts_on, brief.ends_on, brief.changed_at = content.starts_on, content.ends_on, now
    session.add(brief)
    if looked.found:
        _put_in_anew(session, brief, looked.found, reader(session, by), now)
    anew = looked.found is not None
    session.flush()
    facts = {
        "team_id": brief.team_id,
        "anew": anew,
        "another_end": another_end,
        "lesson_ids": [row.lesson_id for row in _rows(session, brief)],
    }
    record(session, "brief.changed", brief.id, by=by.id, now=now, brief_id=brief.id, **facts)


def put_more(
    session: Session, brief: Brief, found: Assembled, *, by: Person, now: datetime
) -> list[str]:
    """Put the next lessons into a brief; the ids of those that were not there."""
    rows = _rows(session, brief)
    there = {row.lesson_id for row in rows}
    new = replace(found, lessons=[b for b in found.lessons if b.lesson.id not in there])
    start = max((row.position for row in rows), default=-1) + 1
    _put_in(session, brief, new, start, Came.MORE, now)
    brief.unwritten = {**brief.unwritten, "more": found.more}
    session.add(brief)
    if new.lessons:
        ids = [bearing.lesson.id for bearing in new.lessons]
        facts = {"team_id": brief.team_id, "lessons": len(ids), "lesson_ids": ids}
        record(session, "brief.more", brief.id, by=by.id, now=now, brief_id=brief.id, **facts)
    return [bearing.lesson.id for bearing in new.lessons]


def remove(session: Session, brief: Brief, *, by: Person, now: datetime) -> None:
    """Erase a brief with what was decided in it. Uses that were reported from it stay."""
    team_id = brief.team_id
    session.delete(brief)
    record(
        session, "brief.removed", brief.id, by=by.id, now=now, brief_id=brief.id, team_id=team_id
    )


def content_of(brief: Brief) -> BriefInput:
    """A brief as it was said, its team by id."""
    return BriefInput(
        work=brief.work,
        team=brief.team_id or "",
        starts_on=brief.starts_on,
        ends_on=brief.ends_on,
    )


def _rows(session: Session, brief: Brief) -> list[BriefLesson]:
    rows = select(BriefLesson).where(BriefLesson.brief_id == brief.id)
    return list(session.exec(rows.order_by(col(BriefLesson.position))))


def _put_in(
    session: Session, brief: Brief, found: Assembled, start: int, came: Came, now: datetime
) -> None:
    for position, bearing in enumerate(found.lessons, start):
        session.add(_row(brief, bearing, position, came, now))


def _row(brief: Brief, bearing: Bearing, position: int, came: Came, now: datetime) -> BriefLesson:
    return BriefLesson(
        brief_id=brief.id,
        lesson_id=bearing.lesson.id,
        position=position,
        came=came,
        why=bearing.why,
        added_at=now,
    )


def note(brief: Brief, found: Assembled) -> None:
    """Keep with a brief what was not found, and how it was looked for."""
    brief.unwritten = {
        "words": list(found.unwritten),
        "more": found.more,
        "good": found.good,
        "plainly": found.plainly,
    }


def _put_in_anew(
    session: Session, brief: Brief, found: Assembled, who: Reader, now: datetime
) -> None:
    places: dict[str, Any] = {b.lesson.id: (n, b) for n, b in enumerate(found.lessons)}
    last = len(places)
    for row in _rows(session, brief):
        if row.lesson_id in places:
            row.position, bearing = places.pop(row.lesson_id)
            row.why, row.came = bearing.why, Came.FIRST
        elif row.disposition and _is_theirs(session, row.lesson_id, brief, who):
            row.position, last = last, last + 1
        else:
            session.delete(row)
    for position, bearing in places.values():
        session.add(_row(brief, bearing, position, Came.FIRST, now))
    note(brief, found)


def _is_theirs(session: Session, lesson_id: str, brief: Brief, who: Reader) -> bool:
    """Whether all who read the brief may read the lesson: its team may be another now."""
    lesson = session.get(Lesson, lesson_id)
    return lesson is not None and reading_for(who, brief.team_id).may_read(lesson)
