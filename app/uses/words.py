"""What came of a lesson in the words of the product."""

from datetime import date

from app.kit.templates import day_as_said
from app.lessons.models import LessonStanding
from app.lessons.worth import standing_in_words, times, uses_in_words
from app.uses.effect import confidence_in_words
from app.uses.models import Broke, Manner, Result

__all__ = ["measure_in_words", "standing_in_words", "worth_in_words"]

#: Choices as (value, label, explaining line).
MANNERS = (
    (Manner.APPLIED.value, "Applied it"),
    (Manner.ADAPTED.value, "Adapted it"),
    (Manner.REJECTED.value, "Decided not to"),
)
RESULTS = (
    (Result.BETTER.value, "Better"),
    (Result.SAME.value, "No different"),
    (Result.WORSE.value, "Worse"),
    (Result.UNKNOWN.value, "Too early to say"),
)
BREAKS = (
    (Broke.NOT_SEARCHED.value, "Nobody looked", "We did not search before we began."),
    (Broke.NOT_FOUND.value, "Not found", "We searched, and it did not come up."),
    (Broke.NOT_USED.value, "Found, not used", "We knew of it and did something else."),
    (
        Broke.USED_AND_FAILED.value,
        "Used, and it failed",
        "We did what it says; it happened anyway.",
    ),
)
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


def measure_in_words(
    measure: str, unit: str, before: float | None, after: float | None, source: str
) -> str:
    """`Scrap rate: 4.5 → 2 % (line log)`; empty for none."""
    if not measure:
        return ""
    ends = [f"{number:.15g}" if number is not None else "?" for number in (before, after)]
    said = f"{measure}: {' → '.join(ends)} {unit}".strip()
    return f"{said} ({source})" if source else said


def worth_in_words(standing: LessonStanding | None, today: date) -> str:
    """What came of it in a sentence or two: `Used by 4 other teams, better for 3. Happened again
    twice, last in October: confidence is lower.` Empty where nothing did."""
    if standing is None:
        return ""
    confidence = confidence_in_words(standing.effect, standing.recurrences)
    sentences = [uses_in_words(standing)]
    if standing.recurrences:
        again = f"happened again {times(standing.recurrences)}"
        if standing.last_again_on:
            last = "last " if standing.recurrences > 1 else ""
            again += f", {last}{day_as_said(standing.last_again_on, today)}"
        sentences.append(again)
    sentences = [s for s in sentences if s]
    if sentences and confidence:
        sentences[-1] += f": {confidence}"
    return " ".join(f"{s[0].upper()}{s[1:]}." for s in sentences)
