"""What came of a lesson in a few words, for lists: never a number that ranks."""

from datetime import date
from typing import Protocol

from app.lessons.freshness import AGEING_DAYS, Sign
from app.lessons.models import LessonStanding

#: From this effect on a lesson is proven: it helped three teams of three, or nine of ten.
WELL_PROVEN = 60
_YEAR_DAYS = 365


class Worth(Protocol):
    """What a list knows of what came of a lesson."""

    @property
    def effect(self) -> int: ...
    @property
    def better(self) -> int: ...
    @property
    def worse(self) -> int: ...
    @property
    def recurrences(self) -> int: ...


def teams(number: int, other: str = "") -> str:
    """`3 teams`, `one team`; with `other` as `3 other teams`."""
    return f"one {other}team" if number == 1 else f"{number:,} {other}teams"


def number_in_words(number: int) -> str:
    """`one`, `2`, `3`."""
    return "one" if number == 1 else f"{number:,}"


def times(number: int) -> str:
    """`once`, `twice`, `3 times`."""
    return {1: "once", 2: "twice"}.get(number, f"{number:,} times")


def sign_of(standing: LessonStanding | None) -> Sign | None:
    """The last sign that a lesson holds, None where nobody gave one."""
    if standing is None:
        return None
    signs = [("used", standing.used_on), ("confirmed", standing.confirmed_on)]
    given = [Sign(deed, on) for deed, on in signs if on]
    return max(given, key=lambda sign: (sign.on, sign.deed == "used"), default=None)


def effect_in_words(worth: Worth | None) -> str:
    """Why a lesson stands higher or lower than its words alone would have it; mostly empty."""
    if worth is None or worth.effect == 0:
        return ""
    if worth.effect > 0:
        proven = "proven: " if worth.effect >= WELL_PROVEN else ""
        but = f", worse for {number_in_words(worth.worse)}" if worth.worse else ""
        return f"{proven}better for {teams(worth.better)}{but}"
    if worth.worse:
        return f"made it worse for {teams(worth.worse)}"
    return "happened again" + (f" {times(worth.recurrences)}" if worth.recurrences > 1 else "")


def age_in_words(held_on: date, today: date) -> str:
    """Why a lesson that nobody stood by since `held_on` sinks; empty while it is not stale."""
    days = (today - held_on).days
    if days <= AGEING_DAYS:
        return ""
    return f"stale: nobody stood by it for {days // _YEAR_DAYS} years"


def standing_in_words(standing: LessonStanding | None) -> str:
    """`used by 3 other teams, better for 2; happened again twice`; empty where nothing came of
    it that is known."""
    if standing is None:
        return ""
    again = f"happened again {times(standing.recurrences)}" if standing.recurrences else ""
    return "; ".join(filter(None, (uses_in_words(standing), again)))


def uses_in_words(standing: LessonStanding) -> str:
    """The part of `standing_in_words` that speaks of uses; empty for none."""
    if not standing.reach:
        used = f"used {times(standing.uses)}, by no other team yet"
        return used if standing.uses else ""
    results = [
        f"{word} for {number_in_words(number) if standing.reach > 1 else 'them'}"
        for word, number in (
            ("better", standing.better),
            ("no different", standing.same),
            ("worse", standing.worse),
        )
        if number
    ]
    known = ", ".join(results) or "too early to say what came of it"
    return f"used by {teams(standing.reach, 'other ')}, {known}"
