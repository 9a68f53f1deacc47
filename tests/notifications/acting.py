"""Acts that concern somebody, and the job that tells of them, as short sentences."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import select

from app.events.record import record
from app.following.follow import follow
from app.following.models import SubjectKind
from app.notifications.models import Notification
from app.notifications.notify import Notifier
from app.people.models import Person, Team
from app.topics.directory import topics_named
from tests.house_fixture import House


def notifier(house: House) -> Notifier:
    return Notifier(house.database, house.clock)


def listen(house: House) -> None:
    """From now on the job hears of what is done."""
    notifier(house).start()


def tell(house: House) -> None:
    """Let the job tell of everything that was done."""
    while notifier(house).step():
        pass


def told(house: House, person: Person) -> Sequence[Notification]:
    """What a person was told, oldest first."""
    with house.reading() as session:
        theirs = select(Notification).where(Notification.person_id == person.id)
        return session.exec(theirs.order_by(Notification.at, Notification.id)).all()


def kinds_told(house: House, person: Person) -> list[str]:
    return [notification.kind.value for notification in told(house, person)]


def topic_id(house: House, name: str) -> str:
    with house.reading() as session:
        return topics_named(session, [name])[name.lower()].id


def follows(house: House, by: Person, subject: Person | Team | str) -> None:
    """`by` follows a person, a team, or the topic of that name."""
    kind = SubjectKind.TOPIC
    if not isinstance(subject, str):
        kind = SubjectKind.PERSON if isinstance(subject, Person) else SubjectKind.TEAM
    subject_id = topic_id(house, subject) if isinstance(subject, str) else subject.id
    with house.database.writing() as session:
        follow(session, kind, subject_id, by=by, now=house.clock())


def happened(house: House, kind: str, subject_id: str, *, by: Person | None, **facts: Any) -> str:
    """Record an event, as its act does; returns the event's id."""
    with house.database.writing() as session:
        by_id = by.id if by else None
        return record(session, kind, subject_id, by=by_id, now=house.clock(), **facts).id
