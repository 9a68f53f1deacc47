"""How old a lesson is and how much that matters, in words.

A lesson's age counts from its posting, or from the last time that a human confirmed or used it.
Reading never makes it younger, nor does an edit: both leave open whether it still holds.
"""

from datetime import date
from typing import Literal, NamedTuple

from app.kit.templates import day_as_said
from app.lessons.models import State

#: Up to so many days a lesson is new, fresh, ageing; from then on it is old.
NEW_DAYS, FRESH_DAYS, AGEING_DAYS = 30, 90, 730
_YEAR_DAYS = 365

Age = Literal["new", "fresh", "ageing", "old", "retired", "draft"]

_STATES = {
    State.DRAFT: "Not posted yet. Only you can see it.",
    State.POSTED: "One account of what happened. No curator has looked at it yet.",
    State.IDENTIFIED: "A curator confirmed that there is a lesson in it.",
    State.LEARNED: "The change was made, and there is evidence that it works.",
    State.RETIRED: "No longer in use. It stays here to be read.",
}
_ADVICE = {
    "new": "Nobody has had time to try it.",
    "ageing": "Look twice before relying on it.",
    "old": "Ask whether it still holds before relying on it.",
    "retired": "Read it as history.",
}


class Sign(NamedTuple):
    """What a human did last that shows that a lesson holds: "confirmed" or "used", and when."""

    deed: str
    on: date


class Freshness(NamedTuple):
    """`words` say when the lesson is from and who stood by it since, `advice` what to make of
    that; either may be empty."""

    age: Age
    words: str
    advice: str


def freshness(
    state: State,
    *,
    posted: date,
    changed: date,
    occurred: date | None,
    today: date,
    last: Sign | None = None,
) -> Freshness:
    """What to tell a reader of a lesson's age.

    | days since posting or `last` | age | advice |
    |---|---|---|
    | up to 30 | new | without `last`: nobody has had time to try it |
    | up to 90 | fresh | none |
    | up to 730 | ageing | look twice |
    | more | old | ask whether it still holds |

    `occurred` is told when it lies more than a year before the posting, `changed` when it is of
    another month. A draft has no age; a retired lesson is retired however old it is.
    """
    if state is State.DRAFT:
        return Freshness("draft", "", "")
    if state is State.RETIRED:  # which is what was changed last
        words = _history(posted, posted, occurred, today)
        return Freshness("retired", f"{words}.", _ADVICE["retired"])
    words = _history(posted, changed, occurred, today)
    age = _age((today - (last.on if last else posted)).days)
    if last:
        words += f"; {last.deed} {day_as_said(last.on, today)}"
    elif age != "new":
        words += "; nobody has confirmed it since"
    tried = age == "new" and last is not None
    return Freshness(age, f"{words}.", "" if tried else _ADVICE.get(age, ""))


def state_in_words(state: State) -> str:
    """What a state means for whoever reads."""
    return _STATES[state]


def _age(days: int) -> Age:
    if days <= NEW_DAYS:
        return "new"
    if days <= FRESH_DAYS:
        return "fresh"
    return "ageing" if days <= AGEING_DAYS else "old"


def _history(posted: date, changed: date, occurred: date | None, today: date) -> str:
    words = f"Posted {day_as_said(posted, today)}"
    if occurred and (posted - occurred).days > _YEAR_DAYS:
        words = f"Happened in {occurred:%B %Y}, posted {day_as_said(posted, today)}"
    if (changed.year, changed.month) != (posted.year, posted.month):
        words += f", edited {day_as_said(changed, today)}"
    return words
