"""The words for actions: their kinds, and how far away their day is."""

from datetime import date

from app.kit.templates import day_in_words

_SOON_DAYS = 14


def due_in_words(due_on: date | None, today: date) -> str:
    """`overdue by 12 days`, `due today`, `due in 3 days`, `due 14 March 2027`; empty without a
    day."""
    if due_on is None:
        return ""
    days = (due_on - today).days
    if days < 0:
        return f"overdue by {'a day' if days == -1 else f'{-days} days'}"
    if days <= 1:
        return "due tomorrow" if days else "due today"
    return f"due in {days} days" if days <= _SOON_DAYS else f"due {day_in_words(due_on)}"
