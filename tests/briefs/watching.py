"""Briefs as watching and following up need them: laid down as rows, and the jobs run by hand."""

from typing import Any

from sqlmodel import select

from app.briefs.coming_due import FollowUps
from app.briefs.models import Brief, BriefLesson, Disposition
from app.briefs.watching import Watcher
from app.events.models import Event
from app.lessons.models import Lesson
from app.people.models import Person
from tests.house_fixture import House

WORK = "Replace the seals of three pumps with glycol in winter. The plant stands for two days."


def laid(house: House, by: Person, work: str = WORK, **facts: Any) -> Brief:
    """A brief as it stands in the database, with no lessons."""
    now = house.clock()
    brief = Brief(work=work, by_id=by.id, made_at=now, changed_at=now, **facts)
    with house.database.writing() as session:
        session.add(brief)
    return brief


def placed(
    house: House, brief: Brief, lesson: Lesson, disposition: Disposition | None = None
) -> None:
    """Put a lesson into a brief, as decided."""
    with house.database.writing() as session:
        there = session.exec(select(BriefLesson).where(BriefLesson.brief_id == brief.id)).all()
        session.add(
            BriefLesson(
                brief_id=brief.id,
                lesson_id=lesson.id,
                position=len(there),
                added_at=house.clock(),
                disposition=disposition,
            )
        )


def watcher(house: House) -> Watcher:
    return Watcher(house.database, house.index, house.clock)


def watch(house: House) -> None:
    """Let the job hold everything new against the briefs."""
    job = watcher(house)
    while job.step():
        pass


def come_due(house: House) -> None:
    """Let the job ask and remind."""
    FollowUps(house.database, house.clock).look()


def in_brief(house: House, brief: Brief) -> list[str]:
    """Ids of the lessons in a brief, in their order."""
    with house.reading() as session:
        rows = select(BriefLesson.lesson_id).where(BriefLesson.brief_id == brief.id)
        return list(session.exec(rows.order_by(BriefLesson.position)))


def events_of(house: House, kind: str) -> list[Event]:
    """The events of a kind, oldest first."""
    with house.reading() as session:
        return list(session.exec(select(Event).where(Event.kind == kind).order_by(Event.at)))
