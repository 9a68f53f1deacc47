"""Briefs: made, changed, given more lessons, removed."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from app.briefs.access import reading_for
from app.briefs.assemble import Assembled, Bearing, assemble
from app.briefs.checking import team_for
from app.briefs.models import Brief, BriefLesson, Came
from app.briefs.schemas import BriefInput
from app.events.record import record
from app.lessons.access import Reader, reader
from app.lessons.models import Lesson
from app.people.models import Person
from app.searches.missed import note_miss
from app.searches.models import MissedBy
from search import Index


def make(
    session: Session, index: Index, content: BriefInput, *, by: Person, now: datetime
) -> Brief:
    """Keep a piece of work with the lessons that bear on it. Raises Invalid."""
    who = reader(session, by)
    team = team_for(session, content, who, now.date())
    brief = Brief(
        work=content.work,
        team_id=team.id if team else None,
        by_id=by.id,
        starts_on=content.starts_on,
        ends_on=content.ends_on,
        made_at=now,
        changed_at=now,
    )
    found = assemble(session, index, who, brief.work, team_id=brief.team_id, today=now.date())
    session.add(brief)
    session.flush()
    _put_in(session, brief, found, 0, Came.FIRST, now)
    note(brief, found)
    if found.unwritten and not found.good:
        words = " ".join(found.unwritten)
        note_miss(session, words, by=by, now=now, source=MissedBy.BRIEF)
    facts = {"team_id": brief.team_id, "lessons": len(found.lessons)}
    record(session, "brief.made", brief.id, by=by.id, now=now, brief_id=brief.id, **facts)
    return brief


def change(
    session: Session,
    index: Index,
    brief: Brief,
    content: BriefInput,
    *,
    by: Person,
    now: datetime,
) -> None:
    """Say anew what the work is, whose and when. Other work, or another team, brings other lessons;
    what was decided stays. Raises Invalid."""
    who = reader(session, by)
    team = team_for(session, content, who, now.date())
    other = content.work != brief.work or (team.id if team else None) != brief.team_id
    again = other or bool(brief.unwritten.get("plainly"))
    brief.work, brief.team_id = content.work, team.id if team else None
    if content.ends_on != brief.ends_on:  # another end is asked for anew
        brief.asked_at, brief.reminders = None, 0
    brief.starts_on, brief.ends_on, brief.changed_at = content.starts_on, content.ends_on, now
    session.add(brief)
    if again:
        _assemble_anew(session, index, brief, who, now)
    facts = {"team_id": brief.team_id, "anew": again}
    record(session, "brief.changed", brief.id, by=by.id, now=now, brief_id=brief.id, **facts)


def show_more(session: Session, index: Index, brief: Brief, *, by: Person, now: datetime) -> int:
    """Put the next lessons into a brief; how many there were."""
    rows = _rows(session, brief)
    found = assemble(
        session,
        index,
        reader(session, by),
        brief.work,
        team_id=brief.team_id,
        today=now.date(),
        exclude=[row.lesson_id for row in rows],
    )
    start = max((row.position for row in rows), default=-1) + 1
    _put_in(session, brief, found, start, Came.MORE, now)
    brief.unwritten = {**brief.unwritten, "more": found.more}
    session.add(brief)
    return len(found.lessons)


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


def _assemble_anew(
    session: Session, index: Index, brief: Brief, who: Reader, now: datetime
) -> None:
    found = assemble(session, index, who, brief.work, team_id=brief.team_id, today=now.date())
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
