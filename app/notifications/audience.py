"""Whom an act concerns: for each kind of event, who hears of it, as what, and why."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlmodel import Session, col, select

from app.events.models import Event
from app.following.follow import followers
from app.following.models import SubjectKind
from app.lessons.models import Lesson, LessonTopic, RelationKind
from app.notifications.models import NotificationKind
from app.responses.models import Question
from app.searches.models import Want


class Telling(NamedTuple):
    """What a person might be told: `facts` say why they are. The lesson is the one to open."""

    event: Event
    kind: NotificationKind
    person_id: str
    lesson: Lesson
    facts: dict[str, Any]

    @property
    def brought_in(self) -> bool:
        """Whether the lesson came with others from elsewhere."""
        return bool(self.event.facts.get("brought_in"))


@dataclass(frozen=True, slots=True)
class _Known:
    """What the events speak of, read at once; what is not there any more is left out."""

    lessons: dict[str, Lesson] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)
    followed: dict[str, dict[str, list[list[str]]]] = field(default_factory=dict)
    wanting: dict[str, list[str]] = field(default_factory=dict)


def tellings(session: Session, events: Sequence[Event]) -> list[Telling]:
    """What there is to tell of these events, oldest first, whoever may hear it or wants to."""
    heard = [event for event in events if event.kind in _CONCERNED]
    known = _look_up(session, heard)
    found = []
    for event in sorted(heard, key=lambda event: (event.at, event.id)):
        lesson = known.lessons.get(_lesson_id(event))
        if lesson and not lesson.is_draft:
            for kind, person_id, facts in _CONCERNED[event.kind](event, lesson, known):
                found.append(Telling(event, kind, person_id, lesson, facts))
    return found


Concerned = Iterator[tuple[NotificationKind, str, dict[str, Any]]]


def _followers(_event: Event, lesson: Lesson, known: _Known) -> Concerned:
    for person_id, because in known.followed.get(lesson.id, {}).items():
        if person_id != lesson.author_id and not lesson.is_retired:
            yield NotificationKind.FOLLOWED, person_id, {"because": because}


def _asked(event: Event, lesson: Lesson, _known: _Known) -> Concerned:
    if lesson.author_id:
        yield NotificationKind.QUESTION, lesson.author_id, _about_question(event)


def _answered(event: Event, lesson: Lesson, known: _Known) -> Concerned:
    question = known.questions.get(_question_id(event))
    if question:
        yield NotificationKind.ANSWER, question.by_id, _about_question(event) | {"asked": True}
    if lesson.author_id:
        yield NotificationKind.ANSWER, lesson.author_id, _about_question(event)


def _thanked(_event: Event, lesson: Lesson, _known: _Known) -> Concerned:
    if lesson.author_id:
        yield NotificationKind.THANKS, lesson.author_id, {}


def _related(event: Event, _lesson: Lesson, known: _Known) -> Concerned:
    older = known.lessons.get(event.facts.get("other_id", ""))
    again = event.facts.get("relation") == RelationKind.RECURRENCE
    if older and older.author_id:
        kind = NotificationKind.RECURRENCE if again else NotificationKind.CORRECTION
        yield kind, older.author_id, {"other_id": older.id}


def _found(event: Event, _lesson: Lesson, known: _Known) -> Concerned:
    for person_id in known.wanting.get(event.id, ()):
        yield NotificationKind.WANTED, person_id, {}


_CONCERNED: dict[str, Callable[[Event, Lesson, _Known], Concerned]] = {
    "lesson.posted": _followers,
    "question.asked": _asked,
    "answer.given": _answered,
    "thanks.given": _thanked,
    "relation.made": _related,
    "want.answered": _found,
}


def _lesson_id(event: Event) -> str:
    """The lesson to open. What the others say is said in their facts."""
    own = event.subject_kind in ("lesson", "relation")
    return event.subject_id if own else str(event.facts.get("lesson_id", ""))


def _question_id(event: Event) -> str:
    return str(event.facts.get("question_id", event.subject_id))


def _about_question(event: Event) -> dict[str, Any]:
    return {"question_id": _question_id(event)}


def _look_up(session: Session, events: Sequence[Event]) -> _Known:
    lesson_ids = {_lesson_id(event) for event in events}
    lesson_ids |= {event.facts["other_id"] for event in events if "other_id" in event.facts}
    question_ids = {_question_id(e) for e in events if e.kind == "answer.given"}
    lessons = session.exec(select(Lesson).where(col(Lesson.id).in_(lesson_ids)))
    asked = select(Question).where(col(Question.id).in_(question_ids))
    questions = session.exec(asked).all() if question_ids else []
    known = {lesson.id: lesson for lesson in lessons}
    posted = [
        known[e.subject_id] for e in events if e.kind == "lesson.posted" and e.subject_id in known
    ]
    return _Known(
        known,
        {question.id: question for question in questions},
        _followed(session, posted),
        _wanting(session, [e for e in events if e.kind == "want.answered"]),
    )


def _followed(session: Session, lessons: Sequence[Lesson]) -> dict[str, dict[str, list[list[str]]]]:
    """By lesson and follower, which subjects of the lesson they follow, as [kind, id]."""
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
    """Who asked for what was found, by event: all whose words, folded, are those of the want."""
    if not events:
        return {}
    ids = [event.subject_id for event in events]
    keys = select(Want.key).where(col(Want.id).in_(ids))
    rows = session.exec(select(Want).where(col(Want.key).in_(keys))).all()
    key_of = {want.id: want.key for want in rows}
    return {
        event.id: [want.person_id for want in rows if want.key == key_of.get(event.subject_id)]
        for event in events
    }
