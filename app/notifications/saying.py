"""What happened, in a sentence: the words of the inbox."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.following.subjects import Subject
from app.lessons.models import Lesson
from app.notifications.models import Notification, NotificationKind

BROUGHT_IN_URL = "/my/following"
#: What can be switched off: each kind, what it is called, and what one is told of then.
KINDS = (
    (
        NotificationKind.FOLLOWED,
        "New lessons about what I follow",
        "A topic, a team or a person. Following a person never tells of what they wrote protected.",
    ),
    (
        NotificationKind.QUESTION,
        "Questions",
        "Somebody asks about a lesson under my name.",
    ),
    (
        NotificationKind.ANSWER,
        "Answers",
        "To a question of mine, and to questions about a lesson under my name.",
    ),
    (
        NotificationKind.THANKS,
        "Thanks",
        "A lesson under my name helped somebody, and they say so.",
    ),
    (
        NotificationKind.RECURRENCE,
        "It happened again",
        "Another lesson says that what one of mine tells of happened again.",
    ),
    (
        NotificationKind.CORRECTION,
        "Corrections",
        "Another lesson corrects one of mine.",
    ),
    (
        NotificationKind.WANTED,
        "Lessons I asked for",
        "Somebody wrote what my search did not find.",
    ),
)


@dataclass(frozen=True, slots=True)
class Said:
    """What a sentence is made of. Names are empty where nobody is named; `because` is what the
    person follows, `titles` are those of older lessons, by id."""

    lesson: Lesson | None
    author: str
    actor: str
    because: Sequence[Subject]
    titles: Mapping[str, str]


def said_of(notification: Notification, said: Said) -> str:
    """The sentence beneath the title. Where nobody is named, nobody is guessed at."""
    if notification.lesson_id is None:
        return "From elsewhere, with the dates that they had there"
    older = said.titles.get(notification.facts.get("other_id", ""))
    of_yours = f"“{older}”" if older else "a lesson of yours"
    asked = notification.facts.get("asked")
    return {
        NotificationKind.FOLLOWED: _followed(said),
        NotificationKind.QUESTION: f"{said.actor or 'Somebody'} asks you about it",
        NotificationKind.ANSWER: f"{said.actor or 'The author'} answered "
        + ("what you asked about it" if asked else "a question about it"),
        NotificationKind.THANKS: f"{said.actor or 'Somebody'} thanks you for it",
        NotificationKind.RECURRENCE: f"{_writer(said)}: it happened again, as in {of_yours}",
        NotificationKind.CORRECTION: f"{_writer(said)}: this corrects {of_yours}",
        NotificationKind.WANTED: "You asked for such a lesson, and here it is",
    }[notification.kind]


def brought_in(notification: Notification) -> str:
    """The title of a line for lessons that came together from elsewhere."""
    count = notification.facts.get("brought_in", 0)
    lessons, were = ("lesson", "was") if count == 1 else ("lessons", "were")
    return f"{count:,} {lessons} about what you follow {were} brought in"


def _followed(said: Said) -> str:
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
