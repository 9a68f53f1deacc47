"""Whom an act concerns: for each kind of event, who hears of it, as what, and why."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlmodel import Session

from app.briefs.models import Brief
from app.events.models import Event
from app.lessons.access import Reader
from app.lessons.models import Lesson, RelationKind
from app.notifications.known import Known, brief_id_of, lesson_id_of, look_up, question_id_of
from app.notifications.models import NotificationKind


@dataclass(frozen=True, slots=True)
class Concerned:
    """A person whom an act concerns: as what, and why. `instead_of` is somebody who would be told
    first: only if they are not is this person."""

    kind: NotificationKind
    person_id: str
    facts: dict[str, Any] = field(default_factory=dict)
    instead_of: str = ""


class Telling(NamedTuple):
    """What a person might be told. They need to be able to read the lesson and the brief, where
    there is one."""

    event: Event
    concerned: Concerned
    lesson: Lesson | None
    brief: Brief | None

    @property
    def kind(self) -> NotificationKind:
        return self.concerned.kind

    @property
    def person_id(self) -> str:
        return self.concerned.person_id

    @property
    def brought_in(self) -> bool:
        """Whether it is one of many lessons that came from elsewhere."""
        return self.event.kind == "lesson.posted" and bool(self.event.facts.get("brought_in"))

    def may_be_told(self, who: Reader) -> bool:
        """Whether this person may read what it tells of."""
        brief = self.brief
        own = brief is None or brief.by_id == who.person.id or brief.team_id in who.teams
        return own and (self.lesson is None or who.may_read(self.lesson))


def tellings(session: Session, events: Sequence[Event]) -> list[Telling]:
    """What there is to tell of these events, oldest first, whoever may hear it or wants to."""
    heard = [event for event in events if event.kind in _RULES]
    known = look_up(session, heard)
    found = []
    for event in sorted(heard, key=lambda event: (event.at, event.id)):
        about, concerns = _RULES[event.kind]
        lesson = known.lessons.get(lesson_id_of(event)) if "lesson" in about else None
        brief = known.briefs.get(brief_id_of(event)) if "brief" in about else None
        missing = ("lesson" in about and lesson is None) or ("brief" in about and brief is None)
        if not missing and not (lesson and lesson.is_draft):
            found += [Telling(event, one, lesson, brief) for one in concerns(event, known)]
    return found


People = Iterator[Concerned]


def _followers(event: Event, known: Known) -> People:
    lesson = known.lessons[event.subject_id]
    for person_id, because in known.followed.get(lesson.id, {}).items():
        if person_id != lesson.author_id and not lesson.is_retired:
            yield Concerned(NotificationKind.FOLLOWED, person_id, {"because": because})


def _author(event: Event, known: Known, kind: NotificationKind, **facts: Any) -> People:
    author_id = known.lessons[lesson_id_of(event)].author_id
    if author_id:
        yield Concerned(kind, author_id, facts)


def _asked(event: Event, known: Known) -> People:
    # Who needs help asks a question: they are told of as that.
    about = {"question_id": question_id_of(event)}
    helping = event.subject_id in known.helping
    if not helping:
        yield from _author(event, known, NotificationKind.QUESTION, **about)
    author_id = known.lessons[lesson_id_of(event)].author_id
    yield from _named(event, about, but=author_id if helping else None)


def _answered(event: Event, known: Known) -> People:
    question = known.questions.get(question_id_of(event))
    about = {"question_id": question_id_of(event)}
    if question:
        yield Concerned(NotificationKind.ANSWER, question.by_id, about | {"asked": True})
    yield from _author(event, known, NotificationKind.ANSWER, **about)
    yield from _named(event, about | {"answer": True})


def _named(event: Event, about: dict[str, Any], but: str | None = None) -> People:
    # Last: who is told of the same act as something else is told of it as that.
    for person_id in event.facts.get("named", ()):
        if person_id != but:
            yield Concerned(NotificationKind.MENTION, person_id, about)


def _thanked(event: Event, known: Known) -> People:
    yield from _author(event, known, NotificationKind.THANKS)


def _related(event: Event, known: Known) -> People:
    older = known.lessons.get(event.facts.get("other_id", ""))
    again = event.facts.get("relation") == RelationKind.RECURRENCE
    if older and older.author_id:
        kind = NotificationKind.RECURRENCE if again else NotificationKind.CORRECTION
        yield Concerned(kind, older.author_id, {"other_id": older.id})


def _found(event: Event, known: Known) -> People:
    for person_id in known.wanting.get(event.id, ()):
        yield Concerned(NotificationKind.WANTED, person_id)


def _used(event: Event, known: Known) -> People:
    yield from _author(event, known, NotificationKind.USED)


def _again(event: Event, known: Known) -> People:
    # What a new lesson says happened again is told of as that lesson's relation.
    if not event.facts.get("newer_id"):
        yield from _author(event, known, NotificationKind.RECURRENCE)


def _flagged(event: Event, known: Known) -> People:
    yield from _author(event, known, NotificationKind.REWRITE, mine=True)
    for person_id in known.curators:
        yield Concerned(NotificationKind.REWRITE, person_id)


def _help(event: Event, known: Known) -> People:
    asked = {"question_id": question_id_of(event)}
    yield from _author(event, known, NotificationKind.HELP, mine=True, **asked)
    author_id = known.lessons[lesson_id_of(event)].author_id or ""
    for person_id in known.curators:
        yield Concerned(NotificationKind.HELP, person_id, asked, instead_of=author_id)


def _team(event: Event, known: Known, kind: NotificationKind, **facts: Any) -> Iterator[Concerned]:
    """Whoever made the brief, and who is in its team."""
    brief = known.briefs[brief_id_of(event)]
    for person_id in dict.fromkeys((brief.by_id, *known.members.get(brief.team_id or "", ()))):
        yield Concerned(kind, person_id, facts)


def _ended(event: Event, known: Known) -> People:
    again = event.kind == "followup.reminded"
    yield from _team(event, known, NotificationKind.FOLLOW_UP, **({"again": True} if again else {}))


def _matched(event: Event, known: Known) -> People:
    author_id = known.lessons[lesson_id_of(event)].author_id
    for one in _team(event, known, NotificationKind.MATCH):
        if one.person_id != author_id:
            yield one


def _likely(event: Event, _known: Known) -> People:
    person_id = str(event.facts.get("person_id", ""))
    yield Concerned(NotificationKind.MAY_KNOW, person_id, {"want_id": event.subject_id})


def _asked_to_write(event: Event, _known: Known) -> People:
    person_id = str(event.facts.get("person_id", ""))
    about = {"want_id": event.subject_id, "asked": True}
    yield Concerned(NotificationKind.MAY_KNOW, person_id, about)


def _assigned(event: Event, known: Known) -> People:
    action = known.actions.get(event.subject_id)
    if action:
        yield Concerned(NotificationKind.ACTION, action.owner_id)


def _done(event: Event, known: Known) -> People:
    action = known.actions.get(event.subject_id)
    if action:
        yield Concerned(NotificationKind.ACTION, action.by_id, {"done": True})


#: By kind of event: what has to be there and readable, and whom it concerns.
_RULES: dict[str, tuple[tuple[str, ...], Callable[[Event, Known], People]]] = {
    "lesson.posted": (("lesson",), _followers),
    "lesson.flagged": (("lesson",), _flagged),
    "question.asked": (("lesson",), _asked),
    "answer.given": (("lesson",), _answered),
    "thanks.given": (("lesson",), _thanked),
    "relation.made": (("lesson",), _related),
    "want.answered": (("lesson",), _found),
    "want.routed": ((), _likely),
    "want.assigned": ((), _asked_to_write),
    "use.reported": (("lesson",), _used),
    "use.changed": (("lesson",), _used),
    "recurrence.reported": (("lesson",), _again),
    "help.asked": (("lesson",), _help),
    "followup.asked": (("brief",), _ended),
    "followup.reminded": (("brief",), _ended),
    "brief.matched": (("brief", "lesson"), _matched),
    "action.assigned": (("lesson",), _assigned),
    "action.done": (("lesson",), _done),
}
