"""The numbers of a digest whose lists can be opened: how each list is called, and what is in it."""

from enum import StrEnum, auto
from typing import NamedTuple

from app.digests.compiling.tally import TREND


class Holds(StrEnum):
    """What the ids of a list are."""

    THINGS = auto()
    LESSONS = auto()
    WORK = auto()  # briefs, and first uses of work without one
    DECISIONS = auto()  # a brief and a lesson in it
    WANTS = auto()


class Named(NamedTuple):
    title: str
    holds: Holds = Holds.THINGS


LISTS: dict[str, Named] = {
    "used": Named("Lessons used"),
    "used.better": Named("Used, and better for it"),
    "used.same": Named("Used, and no different"),
    "used.worse": Named("Used, and worse for it"),
    "used.unknown": Named("Used, too early to say"),
    "used.rejected": Named("Decided against"),
    "used.heard": Named("Results heard of earlier uses"),
    "used.measured": Named("Measured before and after"),
    "reach": Named("Used by another team than the author's"),
    "again": Named("What happened again"),
    "again.not_searched": Named("Happened again: nobody had looked"),
    "again.not_found": Named("Happened again: looked for and not found"),
    "again.not_used": Named("Happened again: found and not used"),
    "again.used_and_failed": Named("Happened again: used and failed"),
    "again.unsaid": Named("Happened again: nobody said why"),
    "briefs": Named("Briefs"),
    "briefs.will_apply": Named("Will apply", Holds.DECISIONS),
    "briefs.already_do": Named("Do it already", Holds.DECISIONS),
    "briefs.does_not_apply": Named("Does not apply", Holds.DECISIONS),
    "briefs.need_help": Named("Need help", Holds.DECISIONS),
    "briefs.undecided": Named("Not decided", Holds.DECISIONS),
    "briefs.waiting": Named("Waiting to hear what came of it"),
    "work": Named("Pieces of work", Holds.WORK),
    "work.briefed": Named("Work that began with a brief", Holds.WORK),
    "fresh.ours": Named("New lessons", Holds.LESSONS),
    "fresh.elsewhere": Named("New lessons from elsewhere", Holds.LESSONS),
    "wanted": Named("Looked for and not found", Holds.WANTS),
    "thanks": Named("Lessons to be thankful for", Holds.LESSONS),
    "overdue.follow_ups": Named("Overdue: what came of the work"),
    "overdue.actions": Named("Overdue: changes to be made"),
    "overdue.questions": Named("Overdue: questions unanswered"),
    "overdue.reviews": Named("Overdue: lessons to look at again", Holds.LESSONS),
}


#: Those of the trend, a month each.
OF_TREND: dict[str, Named] = {
    "reached": Named("Lessons that another team used", Holds.LESSONS),
    "second": Named("Lessons that a second team came to", Holds.LESSONS),
    "work": LISTS["work"],
    "briefed": LISTS["work.briefed"],
    "better": LISTS["used.better"],
    "same": LISTS["used.same"],
    "worse": LISTS["used.worse"],
    "unknown": LISTS["used.unknown"],
    "again": LISTS["again"],
}


def list_named(name: str) -> Named | None:
    """The list of that name in an address, of the trend as `trend.better`; None for no such."""
    if name.startswith(TREND):
        return OF_TREND.get(name.removeprefix(TREND))
    return LISTS.get(name)
