"""What a team says came of a lesson, in a sentence for whoever wrote it."""

from app.briefs.naming import shortened
from app.uses.models import Broke, Manner, Recurrence, Result, Use

_NOTE_LENGTH = 160
_USED = {Manner.APPLIED: "used it", Manner.ADAPTED: "adapted it", Manner.REJECTED: "did not use it"}
_WENT = {
    Result.BETTER: "it went better",
    Result.SAME: "it went no differently",
    Result.WORSE: "it went worse",
    Result.UNKNOWN: "too early to say what came of it",
}
_BROKE = {
    Broke.NOT_SEARCHED: "nobody had looked for it",
    Broke.NOT_FOUND: "it was looked for and not found",
    Broke.NOT_USED: "it was found, but not used",
    Broke.USED_AND_FAILED: "it was used, and did not help",
}


def use_said(use: Use | None, who: str | None) -> str:
    """`Sales adapted it: it went better. “We …” Leaks: 12 before, 3 after (a month)`."""
    if use is None:
        return "Somebody used it"
    went = "" if use.manner is Manner.REJECTED else f": {_WENT[use.result]}"
    said = f"{who or 'Somebody'} {_USED[use.manner]}{went}"
    note = shortened(" ".join(use.note.split()), _NOTE_LENGTH)
    if note:
        said += f". “{note}”"
    if use.measure:
        said += (" " if note else ". ") + measure_said(use)
    return said


def measure_said(use: Use) -> str:
    """`Leaks: 12 before, 3 after (a month)`."""
    numbers = ((use.before, "before"), (use.after, "after"))
    said = ", ".join(f"{number:,g} {when}" for number, when in numbers if number is not None)
    return f"{use.measure}: {said}" + (f" ({use.unit})" if use.unit else "")


def again_said(recurrence: Recurrence | None, who: str | None) -> str:
    """`Sales: it happened again; it was found, but not used`."""
    broke = recurrence.broke if recurrence else None
    return f"{who or 'Somebody'}: it happened again" + (f"; {_BROKE[broke]}" if broke else "")
