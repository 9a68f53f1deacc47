"""What happened, in a sentence: the words of the inbox, and where each line leads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.actions.models import Action
from app.briefs.models import Brief
from app.briefs.naming import name_of
from app.following.subjects import Subject
from app.lessons.models import Lesson
from app.notifications.came_of_it import again_said, use_said
from app.notifications.models import Notification, NotificationKind
from app.uses.models import Recurrence, Use

_BROUGHT_IN_URL = "/my/following"
_SEVERAL = {
    NotificationKind.QUESTION: "{count} questions about it, the last by {who}",
    NotificationKind.ANSWER: "{count} answers to questions about it, the last by {who}",
    NotificationKind.THANKS: "{count} people thank you for it, the last is {who}",
    NotificationKind.RECURRENCE: "{count} times it happened again; the last says {who}",
    NotificationKind.USED: "{count} times somebody says what came of it. {last}",
    NotificationKind.HELP: "{count} times somebody needs help with it, the last is {who}",
    NotificationKind.MATCH: "{count} new lessons are like it",
    NotificationKind.MENTION: "You are named {count} times beneath it, the last by {who}",
}


@dataclass(frozen=True, slots=True)
class Said:
    """What a line is made of: `because` is what the person follows, `titles` are those of older
    lessons, by id; its newest notification, how many are in it, and what it tells of, as far as
    that is there. Names are None where nobody is named."""

    because: Sequence[Subject]
    titles: Mapping[str, str]
    notification: Notification
    together: int
    lesson: Lesson | None
    brief: Brief | None
    use: Use | None
    recurrence: Recurrence | None
    action: Action | None
    want: str | None
    author: str | None
    actor: str | None
    team: str | None

    @property
    def who(self) -> str:
        """Who did it. Where nobody is named, nobody is guessed at."""
        return self.actor or "somebody"


def opens(notification: Notification, *, together: int = 1) -> str:
    """The address that a line leads to."""
    kind, lesson_id = notification.kind, notification.lesson_id
    if kind is NotificationKind.FOLLOW_UP:
        return f"/briefs/{notification.brief_id}/follow-up"
    if kind is NotificationKind.MATCH:
        place = "" if together > 1 else f"#lesson-{lesson_id}"
        return f"/briefs/{notification.brief_id}{place}"
    if kind is NotificationKind.MAY_KNOW:
        return f"/wanted/{notification.facts.get('want_id', '')}"
    if lesson_id is None:
        return _BROUGHT_IN_URL
    question = notification.facts.get("question_id")
    if question and together > 1:
        return f"/lessons/{lesson_id}#questions"
    return f"/lessons/{lesson_id}" + (f"#question-{question}" if question else "")


def title_of(said: Said) -> str:
    """What a line is about: the lesson, the piece of work, what somebody looks for."""
    several = said.notification.kind is NotificationKind.MATCH and said.together > 1
    if said.lesson and not several:
        return said.lesson.title
    if said.brief:
        return name_of(said.brief)
    if said.notification.kind is NotificationKind.MAY_KNOW:
        return said.want or "Something that somebody looks for"
    return _brought_in(said.notification)


def said_of(said: Said) -> str:
    """The sentence beneath the title."""
    kind = said.notification.kind
    if said.together > 1 and kind in _SEVERAL:
        last = use_said(said.use, said.team or said.actor) if said.use else ""
        return _SEVERAL[kind].format(count=said.together, who=said.who, last=last).strip()
    if kind is NotificationKind.FOLLOWED:
        return _followed(said)
    if kind in (NotificationKind.QUESTION, NotificationKind.ANSWER, NotificationKind.THANKS):
        return _responded(said)
    if kind in (NotificationKind.RECURRENCE, NotificationKind.CORRECTION):
        return _related(said)
    if kind is NotificationKind.ACTION:
        return _changed(said)
    return _told(said)


def _told(said: Said) -> str:
    mine = said.notification.facts.get("mine")
    work = f"“{name_of(said.brief)}”" if said.brief else "work of yours"
    again = said.notification.facts.get("again")
    return {
        NotificationKind.WANTED: "You asked for such a lesson, and here it is",
        NotificationKind.USED: use_said(said.use, said.team or said.actor),
        NotificationKind.REWRITE: "It happened again and again. "
        + ("Would you look at how it is worded?" if mine else "Its wording wants mending"),
        NotificationKind.HELP: f"{said.actor or 'Somebody'} needs help with it"
        + ("" if mine else ", and its author cannot be asked"),
        NotificationKind.FOLLOW_UP: "Still to say: what came of it?"
        if again
        else "It has ended. What came of it?",
        NotificationKind.MATCH: f"New, and like {work}: it is in the brief now",
        NotificationKind.MAY_KNOW: _may_know(said),
        NotificationKind.MENTION: f"{said.actor or 'The author'} names you in "
        + ("an answer" if said.notification.facts.get("answer") else "a question about it"),
    }[said.notification.kind]


def _may_know(said: Said) -> str:
    if said.notification.facts.get("asked"):
        return f"{said.actor or 'Somebody'} asks you to write down what you know of it"
    return "Somebody looked for this and found nothing. You may know"


def _responded(said: Said) -> str:
    asked = said.notification.facts.get("asked")
    return {
        NotificationKind.QUESTION: f"{said.actor or 'Somebody'} asks you about it",
        NotificationKind.ANSWER: f"{said.actor or 'The author'} answered "
        + ("what you asked about it" if asked else "a question about it"),
        NotificationKind.THANKS: f"{said.actor or 'Somebody'} thanks you for it",
    }[said.notification.kind]


def _related(said: Said) -> str:
    other_id = said.notification.facts.get("other_id")
    if other_id is None:
        return again_said(said.recurrence, said.team or said.actor)
    older = said.titles.get(other_id)
    of_yours = f"“{older}”" if older else "a lesson of yours"
    if said.notification.kind is NotificationKind.RECURRENCE:
        return f"{_writer(said)}: it happened again, as in {of_yours}"
    return f"{_writer(said)}: this corrects {of_yours}"


def _changed(said: Said) -> str:
    who, what = said.actor or "Somebody", f": {said.action.what}" if said.action else ""
    if said.notification.facts.get("done"):
        return f"{who} made the change that you asked for{what}"
    return f"{who} asks you for a change{what}"


def _brought_in(notification: Notification) -> str:
    """The title of a line for lessons that came together from elsewhere."""
    count = notification.facts.get("brought_in", 0)
    lessons, were = ("lesson", "was") if count == 1 else ("lessons", "were")
    return f"{count:,} {lessons} about what you follow {were} brought in"


def _followed(said: Said) -> str:
    if said.lesson is None:
        return "From elsewhere, with the dates that they had there"
    names = [subject.name for subject in said.because]
    why = f", because you follow {_listed(names)}" if names else ""
    return f"New, by {_writer(said, begins=False)}{why}"


def _writer(said: Said, *, begins: bool = True) -> str:
    if said.lesson and said.lesson.is_protected:
        return "A protected author" if begins else "a protected author"
    # Brought in from elsewhere, a lesson may be nobody's here.
    return said.author or ("Somebody" if begins else "somebody")


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
