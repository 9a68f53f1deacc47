"""Who may read and who may change a lesson: nothing else loads lessons for people by id."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from app.kit.errors import Forbidden, NotFound
from app.kit.signing import fingerprint, same
from app.lessons.models import AuthorMode, Lesson, State, Visibility
from app.people.models import Person
from app.people.teams import teams_read_by, teams_read_by_each

EVERYONE = "organisation"


class NotYours(Forbidden):
    code = "not_yours"
    message = (
        "Only the author, a curator or an administrator can change this lesson. "
        "The author of a protected lesson needs its claim code."
    )


@dataclass(frozen=True, slots=True)
class Reader:
    """A person and the teams whose team-only lessons they may read."""

    person: Person
    teams: frozenset[str]

    @property
    def audiences(self) -> frozenset[str]:
        """The audiences of posted lessons that this person belongs to, as the index names them."""
        return frozenset({EVERYONE, *(f"team:{team_id}" for team_id in self.teams)})

    def may_read(self, lesson: Lesson) -> bool:
        """The rule itself; `readable` says the same to the database."""
        if lesson.is_draft:
            return lesson.author_id == self.person.id
        return lesson.visibility is Visibility.ORGANISATION or lesson.team_id in self.teams

    @property
    def readable(self) -> sa.ColumnElement[bool]:
        """A condition on `Lesson`: posted and shared with this person."""
        return shared_with_teams(self.teams)

    def may_change(self, lesson: Lesson, claim_code: str = "") -> bool:
        """Whether this person may edit, retire or restore a lesson that they can read."""
        return (
            lesson.author_id == self.person.id
            or (self.person.curates and not lesson.is_draft)
            or holds_claim(lesson, claim_code)
        )


def shared_with_teams(
    teams: frozenset[str] | sa.BindParameter[str] | sa.Select[str],
) -> sa.ColumnElement[bool]:
    """A condition on `Lesson`: posted, and shared with everyone or with one of these teams."""
    return sa.and_(
        col(Lesson.state) != State.DRAFT,
        sa.or_(
            col(Lesson.visibility) == Visibility.ORGANISATION,
            col(Lesson.team_id).in_(teams),
        ),
    )


def anybody(now: datetime) -> Reader:
    """Nobody in particular, who reads what everyone may: what is asked on behalf of all is asked
    for them."""
    return Reader(Person(id="", email="", name="", created_at=now), frozenset())


def reader(session: Session, person: Person) -> Reader:
    """Who `person` is when it comes to reading."""
    return Reader(person, teams_read_by(session, person))


def readers(session: Session, person_ids: Iterable[str]) -> dict[str, Reader]:
    """Those of the persons, by id, who are still here, when it comes to reading."""
    teams = teams_read_by_each(session, person_ids)
    here = select(Person).where(col(Person.id).in_(teams), col(Person.disabled_at).is_(None))
    return {person.id: Reader(person, teams[person.id]) for person in session.exec(here)}


def audience_of(lesson: Lesson) -> str:
    """The audience of a posted lesson, as the index names it."""
    return EVERYONE if lesson.visibility is Visibility.ORGANISATION else f"team:{lesson.team_id}"


def holds_claim(lesson: Lesson, claim_code: str) -> bool:
    """Whether `claim_code` is that of this protected lesson."""
    return (
        bool(claim_code)
        and lesson.author_mode is AuthorMode.PROTECTED
        and lesson.claim_hash is not None
        and same(fingerprint(claim_code.strip().lower()), lesson.claim_hash)
    )


def readable_lesson(session: Session, lesson_id: str, who: Reader) -> Lesson:
    """The lesson, if it is there and shared with this person: else the same NotFound."""
    lesson = session.get(Lesson, lesson_id)
    if lesson is None or not who.may_read(lesson):
        raise NotFound
    return lesson


def editable_lesson(
    session: Session, lesson_id: str, who: Reader, *, claim_code: str = ""
) -> Lesson:
    """The lesson, locked for the transaction, if this person may change it."""
    lesson = session.exec(select(Lesson).where(Lesson.id == lesson_id).with_for_update()).first()
    if lesson is None or not who.may_read(lesson):
        raise NotFound
    if not who.may_change(lesson, claim_code):
        raise NotYours
    return lesson
