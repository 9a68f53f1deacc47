"""What came of a lesson, as short sentences, each in a transaction of its own."""

from datetime import date
from typing import Any

from sqlmodel import select

from app.events.models import Event
from app.lessons.models import Lesson, LessonStanding
from app.people.models import Membership, Person, Team
from app.people.teams import create_team
from app.uses.models import Use
from app.uses.recurrence import report_again
from app.uses.report import report
from app.uses.schemas import RecurrenceInput, UseInput
from tests.house_fixture import House


def used(house: House, lesson_id: str, by: Person, **said: Any) -> Use:
    """Applied with a better result by the person's team, if nothing else is said."""
    facts = {"manner": "applied", "result": "better", "team": own_team(house, by)} | said
    with house.database.writing() as session:
        lesson = session.get_one(Lesson, lesson_id)
        return report(session, lesson, UseInput(**facts), by=by, now=house.clock())


def again(house: House, lesson_id: str, by: Person, **said: Any) -> str:
    """It happened again to the person's team."""
    facts = {"broke": "not_found", "team": own_team(house, by)} | said
    with house.database.writing() as session:
        lesson = session.get_one(Lesson, lesson_id)
        content = RecurrenceInput(**facts)
        return report_again(session, lesson, content, by=by, now=house.clock()).id


def own_team(house: House, person: Person) -> str:
    with house.reading() as session:
        mine = select(Membership.team_id).where(Membership.person_id == person.id)
        return session.exec(mine).first() or ""


def standing(house: House, lesson_id: str) -> LessonStanding:
    """The row as it is now; an empty one where there is none."""
    with house.reading() as session:
        return session.get(LessonStanding, lesson_id) or LessonStanding(lesson_id=lesson_id)


def events(house: House, *kinds: str) -> list[Event]:
    with house.reading() as session:
        found = select(Event).where(Event.subject_kind.in_(kinds)).order_by(Event.at)
        return list(session.exec(found))


def team_with(house: House, name: str, *people: Person) -> Team:
    """A new team with these people in it."""
    with house.database.writing() as session:
        team = create_team(session, name, by=None, now=house.clock())
        session.flush()
        for person in people:
            session.add(Membership(person_id=person.id, team_id=team.id, since=house.clock()))
        return team


def day(text: str) -> date:
    return date.fromisoformat(text)
