"""What a mail of notices says: its subject, its lines, and one line for what comes in numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.briefs.naming import shortened
from app.kit.zones import day_in
from app.notifications.inbox import day_heading
from app.notifications.models import NotificationKind
from app.notifications.saying import Said, opens, said_of, title_of
from app.notifications.wishes import ASKS

_TITLE_LENGTH = 80
#: Of more than so many lines of one kind, one is made.
_ALIKE = 5
_EXAMPLES = 3
_MOST_LINES = 12

_ONE = {
    NotificationKind.FOLLOWED: "New: {title}",
    NotificationKind.QUESTION: "{who} asks about {title}",
    NotificationKind.ANSWER: "{who} answered about {title}",
    NotificationKind.THANKS: "{who} thanks you for {title}",
    NotificationKind.RECURRENCE: "It happened again: {title}",
    NotificationKind.CORRECTION: "A correction: {title}",
    NotificationKind.WANTED: "The lesson you asked for: {title}",
    NotificationKind.USED: "What came of {title}",
    NotificationKind.REWRITE: "{title} wants mending",
    NotificationKind.HELP: "{who} needs help with {title}",
    NotificationKind.FOLLOW_UP: "What came of {title}?",
    NotificationKind.MATCH: "New for your work: {title}",
    NotificationKind.MAY_KNOW: "You may know: {title}",
    NotificationKind.ACTION: "A change: {title}",
    NotificationKind.MENTION: "{who} names you under {title}",
}
_INSTEAD = {
    (NotificationKind.MAY_KNOW, True): "{who} asks you to write about {title}",
    (NotificationKind.ACTION, True): "{who} made the change that you asked for: {title}",
    (NotificationKind.ACTION, False): "{who} asks you for a change: {title}",
}
_BY_THE_AUTHOR = (NotificationKind.ANSWER, NotificationKind.MENTION)
_MANY = {
    NotificationKind.FOLLOWED: "{count} new lessons about what you follow",
    NotificationKind.QUESTION: "Questions about {count} lessons of yours",
    NotificationKind.ANSWER: "Answers about {count} lessons",
    NotificationKind.THANKS: "Thanks for {count} lessons of yours",
    NotificationKind.RECURRENCE: "{count} lessons of yours tell of what happened again",
    NotificationKind.CORRECTION: "{count} corrections",
    NotificationKind.WANTED: "{count} lessons that you asked for",
    NotificationKind.USED: "What came of {count} lessons of yours",
    NotificationKind.REWRITE: "{count} lessons want mending",
    NotificationKind.HELP: "Help is needed with {count} lessons",
    NotificationKind.FOLLOW_UP: "{count} pieces of work ended",
    NotificationKind.MATCH: "New lessons for {count} pieces of work",
    NotificationKind.MAY_KNOW: "{count} things that you may know",
    NotificationKind.ACTION: "{count} changes that lessons ask for",
    NotificationKind.MENTION: "You are named {count} times",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the mail; `url` is an address from the root."""

    title: str
    url: str
    said: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """A mail's subject, its lines, and how many more stand in the inbox alone."""

    subject: str
    lines: Sequence[Line]
    more: int


def bundle(found: Sequence[Said], zone: str, *, now: datetime) -> Bundle:
    """The words of a mail that tells of these lines; what asks something of its reader comes first.
    Its days are those of a zone."""
    found = sorted(found, key=lambda said: said.notification.kind not in ASKS)
    by_kind: dict[NotificationKind, list[Said]] = {}
    for said in found:
        by_kind.setdefault(said.notification.kind, []).append(said)
    lines: list[Line] = []
    for said in found:
        alike = by_kind[said.notification.kind]
        if len(alike) <= _ALIKE:
            lines.append(
                Line(
                    title_of(said), opens(said.notification, together=said.together), said_of(said)
                )
            )
        elif said is alike[0]:
            lines.append(_together(alike))
    return Bundle(_subject(found, zone, now), lines[:_MOST_LINES], max(len(lines) - _MOST_LINES, 0))


def _together(alike: Sequence[Said]) -> Line:
    title = _MANY[alike[0].notification.kind].format(count=len(alike))
    named = ", ".join(f"“{shortened(title_of(said), _TITLE_LENGTH)}”" for said in alike[:_EXAMPLES])
    return Line(title, "/inbox", f"{named} and {len(alike) - _EXAMPLES} more")


def _subject(found: Sequence[Said], zone: str, now: datetime) -> str:
    if len(found) != 1:
        oldest = min((said.notification.at for said in found), default=now)
        since = day_heading(day_in(zone, oldest), day_in(zone, now))
        when = {"Today": "today", "Yesterday": "since yesterday"}.get(since, f"since {since}")
        return f"{len(found)} things {when}"
    (said,) = found
    title = shortened(title_of(said), _TITLE_LENGTH)
    if said.lesson is None and said.notification.kind is NotificationKind.FOLLOWED:
        return title  # a sentence of its own
    who = said.actor or (
        "The author" if said.notification.kind is NotificationKind.ANSWER else "Somebody"
    )
    if said.together > 1:
        return f"“{title}”: {said_of(said)}"
    return _ONE[said.notification.kind].format(who=who, title=f"“{title}”")
