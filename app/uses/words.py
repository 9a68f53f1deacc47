"""What came of a lesson in the words of the product."""

from datetime import date
from typing import Protocol

from app.kit.templates import day_as_said
from app.lessons.models import LessonStanding
from app.lessons.worth import times, uses_in_words
from app.uses.effect import confidence_in_words
from app.uses.models import Broke, Manner, Result


class Measured(Protocol):
    """A use with its measure, if it has one."""

    @property
    def measure(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def before(self) -> float | None: ...
    @property
    def after(self) -> float | None: ...
    @property
    def source(self) -> str: ...


_MANNER_SAID = {
    Manner.APPLIED: "applied it",
    Manner.ADAPTED: "adapted it",
    Manner.REJECTED: "decided not to use it",
}
_RESULT_SAID = {
    Result.BETTER: "better",
    Result.SAME: "no different",
    Result.WORSE: "worse",
    Result.UNKNOWN: "too early to say",
}
_BROKE_SAID = {
    Broke.NOT_SEARCHED: "nobody had looked",
    Broke.NOT_FOUND: "it was looked for and not found",
    Broke.NOT_USED: "it was found and not used",
    Broke.USED_AND_FAILED: "it was used and failed",
}


def manner_in_words(manner: Manner) -> str:
    return _MANNER_SAID[manner]


def result_in_words(result: Result) -> str:
    return _RESULT_SAID[result]


def broke_in_words(broke: Broke) -> str:
    return _BROKE_SAID[broke]


def measure_in_words(use: Measured) -> str:
    """`Scrap rate: 4.5 → 2 % (line log)`; empty for none."""
    if not use.measure:
        return ""
    ends = [f"{number:.15g}" if number is not None else "?" for number in (use.before, use.after)]
    said = f"{use.measure}: {' → '.join(ends)} {use.unit}".strip()
    return f"{said} ({use.source})" if use.source else said


def worth_in_words(standing: LessonStanding | None, today: date) -> str:
    """What came of it in a sentence or two: `Used by 4 other teams, better for 3. Happened again
    twice, most recently in October: confidence is lower.` Empty where nothing did."""
    if standing is None:
        return ""
    confidence = confidence_in_words(standing.effect, standing.recurrences)
    sentences = [uses_in_words(standing)]
    if standing.recurrences:
        again = f"happened again {times(standing.recurrences)}"
        if standing.last_again_on:
            last = "most recently " if standing.recurrences > 1 else ""
            again += f", {last}{day_as_said(standing.last_again_on, today)}"
        sentences.append(again)
    sentences = [s for s in sentences if s]
    if sentences and confidence:
        sentences[-1] += f": {confidence}"
    return " ".join(f"{s[0].upper()}{s[1:]}." for s in sentences)
