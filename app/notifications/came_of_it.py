"""What a team says came of a lesson, in a sentence for whoever wrote it."""

from app.briefs.naming import shortened
from app.uses.models import Manner, Recurrence, Use
from app.uses.words import broke_in_words, manner_in_words, measure_in_words, result_in_words

_NOTE_LENGTH = 160


def use_said(use: Use | None, who: str | None) -> str:
    """`Sales adapted it: better. “We dried them.” Leaks: 12 → 3 a month`."""
    if use is None:
        return "Somebody used it"
    went = "" if use.manner is Manner.REJECTED else f": {result_in_words(use.result)}"
    said = f"{who or 'Somebody'} {manner_in_words(use.manner)}{went}"
    note = shortened(" ".join(use.note.split()), _NOTE_LENGTH)
    if note:
        said += f". “{note}”"
    if use.measure:
        said += (" " if note else ". ") + measure_in_words(use)
    return said


def again_said(recurrence: Recurrence | None, who: str | None) -> str:
    """`Sales: it happened again; it was found and not used`."""
    broke = recurrence.broke if recurrence else None
    where = f"; {broke_in_words(broke)}" if broke else ""
    return f"{who or 'Somebody'}: it happened again{where}"
