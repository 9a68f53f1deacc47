"""Puts the sample organisation into a database, by the same acts that people use."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session

from app.auth.passwords import set_password
from app.demo.content import SampleLesson, SampleOrganisation
from app.kit.errors import Conflict
from app.lessons.capture import Posted, post
from app.lessons.content import content_of
from app.lessons.models import Lesson, RetirementReason
from app.lessons.revise import edit, retire
from app.lessons.schemas import LessonInput
from app.people.directory import (
    add_person,
    found_organisation,
    nobody_is_here,
    person_with_email,
    the_organisation,
)
from app.people.models import Person, Role, Team, TeamRole
from app.people.teams import create_team, join_team
from app.topics.directory import change_words, create_topic
from app.topics.models import Topic

_DAYS_BEFORE_FIRST_LESSON = 380
_WORKDAY_BEGINS, _WORKDAY_HOURS = 7, 10
_TEXTS = (
    "context",
    "expected",
    "happened",
    "why",
    "cause_type",
    "recommendation",
    "applies_when",
    "not_when",
)


class NotEmpty(Conflict):
    code = "not_empty"
    message = (
        "There is an organisation here already, and the sample one would mix with it. "
        "Set COMMONPLACE_DATA_DIR to an empty folder and run this again."
    )


@dataclass
class Stage:
    """A session, the sample, and what stands on the stage so far."""

    session: Session
    sample: SampleOrganisation
    now: datetime
    people: dict[str, Person] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    topics: dict[str, Topic] = field(default_factory=dict)
    posted: dict[str, Posted] = field(default_factory=dict)

    @property
    def opened_at(self) -> datetime:
        return self.now - timedelta(days=_DAYS_BEFORE_FIRST_LESSON)


def is_staged(session: Session, sample: SampleOrganisation) -> bool:
    """Whether this database holds the sample organisation; raises NotEmpty for another one."""
    if nobody_is_here(session):
        return False
    organisation = the_organisation(session)
    if organisation is None or organisation.name != sample.name:
        raise NotEmpty
    return True


def put_on_stage(
    session: Session,
    sample: SampleOrganisation,
    *,
    now: datetime,
    progress: Callable[[int], None] = lambda _count: None,
) -> Stage:
    """People, teams, topics and lessons, dated back over a year; returns what stands."""
    stage = Stage(session, sample, now)
    found_organisation(session, sample.name, now=stage.opened_at)
    _people_and_teams(stage)
    _topics(stage)
    for count, lesson in enumerate(sample.lessons, start=1):
        _lesson(stage, lesson)
        progress(count)
    return stage


def open_sign_ins(
    session: Session, sample: SampleOrganisation, password: str, *, now: datetime
) -> list[tuple[str, Person]]:
    """Give the four people of the tour this password; returns (what they are, who)."""
    emails = {person.key: person.email for person in sample.people}
    signed = []
    for what, key in sample.sign_ins.items():
        person = person_with_email(session, emails[key])
        if person is None:
            raise NotEmpty
        set_password(session, person, password, now=now)
        signed.append((what, person))
    return signed


def _people_and_teams(stage: Stage) -> None:
    session, at = stage.session, stage.opened_at
    for team in stage.sample.teams:
        parent = stage.teams[team.parent] if team.parent else None
        stage.teams[team.key] = create_team(
            session, team.name, purpose=team.purpose, parent=parent, by=None, now=at
        )
    for sample in stage.sample.people:
        joined = at if sample.joined is None else stage.now - timedelta(days=sample.joined)
        person = add_person(
            session,
            email=sample.email,
            name=sample.name,
            role=Role(sample.role),
            title=sample.title,
            by=None,
            now=joined,
        )
        stage.people[sample.key] = person
        for place in sample.teams:
            join_team(
                session, stage.teams[place.team], person, TeamRole(place.role), by=None, now=joined
            )


def _topics(stage: Stage) -> None:
    for sample in stage.sample.topics:
        topic = create_topic(stage.session, sample.name, by=None, now=stage.opened_at)
        change_words(
            stage.session,
            topic,
            name=sample.name,
            synonyms=sample.synonyms,
            by=None,
            now=stage.opened_at,
        )
        stage.topics[sample.key] = topic


def _lesson(stage: Stage, sample: SampleLesson) -> None:
    team = stage.teams[sample.team]
    # Whoever posts a protected lesson for the sample leaves no trace; any member will do.
    by = stage.people[sample.author] if sample.author else _anyone_in(stage, sample.team)
    at = moment(stage, sample.posted_days_ago, sample.key)
    occurred = sample.occurred_days_ago
    content = LessonInput.model_validate(
        {
            "kind": sample.kind,
            "title": sample.title,
            "lesson": sample.lesson,
            "topics": [stage.topics[key].name for key in sample.topics],
            "team": team.name,
            "visibility": sample.visibility,
            "author_mode": sample.author_mode,
            "occurred_on": (at - timedelta(days=occurred - sample.posted_days_ago)).date()
            if occurred is not None
            else None,
        }
        | {name: getattr(sample, name) or "" for name in _TEXTS}
    )
    posted = stage.posted[sample.key] = post(stage.session, content, by=by, now=at)
    _history(stage, sample, posted.lesson)


def _history(stage: Stage, sample: SampleLesson, lesson: Lesson) -> None:
    for number, change in enumerate(sample.edits):
        content = content_of(stage.session, lesson)
        edit(
            stage.session,
            lesson,
            LessonInput.model_validate(content.model_dump() | dict(change.change)),
            by=stage.people[change.by],
            revision=lesson.revision,
            now=moment(stage, change.days_ago, f"{sample.key}/{number}"),
        )
    if sample.retired:
        retire(
            stage.session,
            lesson,
            RetirementReason(sample.retired.reason),
            note=sample.retired.note,
            by=stage.people[sample.retired.by],
            now=moment(stage, sample.retired.days_ago, sample.key),
        )


def _anyone_in(stage: Stage, team_key: str) -> Person:
    return next(
        stage.people[person.key]
        for person in stage.sample.people
        if any(place.team == team_key for place in person.teams)
    )


def moment(stage: Stage, days_ago: int, key: str) -> datetime:
    """A minute of the working day so many days ago, the same for the same key; never ahead."""
    number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:4], "big")
    day = (stage.now - timedelta(days=days_ago)).replace(
        hour=_WORKDAY_BEGINS + number % _WORKDAY_HOURS, minute=number // 16 % 60, second=0
    )
    return min(day, stage.now - timedelta(minutes=1))
