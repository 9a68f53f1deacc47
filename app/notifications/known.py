"""What acts speak of, read at once: lessons, briefs, questions, and the people around them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from app.actions.models import Action
from app.briefs.models import Brief
from app.events.models import Event
from app.following.follow import followers
from app.following.models import SubjectKind
from app.lessons.models import Lesson, LessonTopic
from app.people.models import Membership, Person, Role
from app.responses.models import Question
from app.searches.models import Miss, Want

_CURATED = ("lesson.flagged", "help.asked")


@dataclass(frozen=True, slots=True)
class Known:
    """What is not there any more is left out. `followed` has, by lesson and follower, which
    subjects of the lesson they follow, as [kind, id]; `wanting` who asked for what was found, by
    event; `members` who is in a team now; `helping` the questions that a team asked for help."""

    lessons: dict[str, Lesson] = field(default_factory=dict)
    briefs: dict[str, Brief] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)
    actions: dict[str, Action] = field(default_factory=dict)
    followed: dict[str, dict[str, list[list[str]]]] = field(default_factory=dict)
    wanting: dict[str, list[str]] = field(default_factory=dict)
    members: dict[str, list[str]] = field(default_factory=dict)
    helping: frozenset[str] = frozenset()
    curators: Sequence[str] = ()


def lesson_id_of(event: Event) -> str:
    """The lesson that an event speaks of. What the others say is said in their facts."""
    own = event.subject_kind in ("lesson", "relation")
    return event.subject_id if own else str(event.facts.get("lesson_id", ""))


def brief_id_of(event: Event) -> str:
    """The brief that an event speaks of."""
    own = event.subject_kind in ("brief", "followup")
    return event.subject_id if own else str(event.facts.get("brief_id", ""))


def question_id_of(event: Event) -> str:
    """The question that an event speaks of."""
    return str(event.facts.get("question_id", event.subject_id))


def look_up(session: Session, events: Sequence[Event]) -> Known:
    """Everything that `events` speak of, in as many questions for many of them as for one."""
    lesson_ids = {lesson_id_of(event) for event in events}
    lesson_ids |= {event.facts["other_id"] for event in events if "other_id" in event.facts}
    lessons = _by_id(session, Lesson, lesson_ids)
    posted = [lessons.get(e.subject_id) for e in events if e.kind == "lesson.posted"]
    briefs = _by_id(session, Brief, {brief_id_of(e) for e in events if _tells_a_team(e)})
    answered = [event for event in events if event.kind == "answer.given"]
    changes = [event.subject_id for event in events if event.subject_kind == "action"]
    return Known(
        lessons,
        briefs,
        _by_id(session, Question, {question_id_of(event) for event in answered}),
        _by_id(session, Action, changes),
        _followed(session, [lesson for lesson in posted if lesson]),
        _wanting(session, [e for e in events if e.kind == "want.answered"]),
        _members(session, {brief.team_id for brief in briefs.values() if brief.team_id}),
        _helping(session, [e.subject_id for e in events if e.kind == "question.asked"]),
        _curators(session) if any(event.kind in _CURATED for event in events) else (),
    )


def _tells_a_team(event: Event) -> bool:
    return event.subject_kind in ("brief", "followup")


def _by_id(session: Session, table: type[Any], ids: Iterable[str]) -> dict[str, Any]:
    wanted = set(filter(None, ids))
    if not wanted:
        return {}
    return {row.id: row for row in session.exec(select(table).where(table.id.in_(wanted)))}


def _members(session: Session, team_ids: set[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    if team_ids:
        rows = select(Membership.team_id, Membership.person_id)
        for team_id, person_id in session.exec(rows.where(col(Membership.team_id).in_(team_ids))):
            found.setdefault(team_id, []).append(person_id)
    return found


def _helping(session: Session, question_ids: Sequence[str]) -> frozenset[str]:
    if not question_ids:
        return frozenset()
    asked = select(Event.subject_id).where(
        Event.subject_kind == "help", col(Event.subject_id).in_(question_ids)
    )
    return frozenset(session.exec(asked))


def _curators(session: Session) -> Sequence[str]:
    curates = col(Person.role).in_((Role.CURATOR, Role.ADMINISTRATOR))
    return session.exec(select(Person.id).where(curates, col(Person.disabled_at).is_(None))).all()


def _followed(session: Session, lessons: Sequence[Lesson]) -> dict[str, dict[str, list[list[str]]]]:
    if not lessons:
        return {}
    subjects: dict[str, list[tuple[SubjectKind, str]]] = {}
    about = select(LessonTopic.lesson_id, LessonTopic.topic_id).where(
        col(LessonTopic.lesson_id).in_([lesson.id for lesson in lessons])
    )
    for lesson_id, topic_id in session.exec(about.order_by(col(LessonTopic.position))):
        subjects.setdefault(lesson_id, []).append((SubjectKind.TOPIC, topic_id))
    for lesson in lessons:
        own = ((SubjectKind.TEAM, lesson.team_id), (SubjectKind.PERSON, lesson.author_id))
        subjects.setdefault(lesson.id, []).extend((kind, i) for kind, i in own if i)
    following = followers(session, {one for some in subjects.values() for one in some})
    found: dict[str, dict[str, list[list[str]]]] = {}
    for lesson_id, some in subjects.items():
        for kind, subject_id in some:
            for person_id in following.get((kind, subject_id), ()):
                because = found.setdefault(lesson_id, {}).setdefault(person_id, [])
                because.append([kind.value, subject_id])
    return found


def _wanting(session: Session, events: Sequence[Event]) -> dict[str, list[str]]:
    """Who asked for what was found, or looked for it: all whose words, folded, are the same."""
    if not events:
        return {}
    ids = [event.subject_id for event in events]
    key_of: dict[str, str] = {}
    for table in (Want, Miss):
        rows = sa.select(col(table.id), col(table.key)).where(col(table.id).in_(ids))
        key_of |= {row.id: row.key for row in session.connection().execute(rows)}
    people: dict[str, dict[str, None]] = {}
    for table in (Want, Miss):
        theirs = sa.select(col(table.key), col(table.person_id)).where(
            col(table.key).in_(key_of.values()), col(table.person_id).is_not(None)
        )
        for key, person_id in session.connection().execute(theirs):
            people.setdefault(key, {})[str(person_id)] = None
    return {event.id: list(people.get(key_of.get(event.subject_id, ""), ())) for event in events}
