"""The two short forms on a lesson's page: what they send, and what they show again."""

from collections.abc import Mapping
from typing import TypeVar

from app.kit.forms import Submitted, checked
from app.uses.models import Use
from app.uses.schemas import RecurrenceInput, UseInput

Said = TypeVar("Said", UseInput, RecurrenceInput)

# A field is called like its form and what it holds: each stands on the page once.
_USE, _AGAIN = "use-", "again-"
_CHOOSE = {"manner": "Choose one of the three.", "result": "Choose one of the four."}
_USE_LABELS = {
    "manner": "What did you do with it?",
    "result": "What came of it?",
    "note": "In a sentence",
    "team": "Team",
    "used_on": "When",
    "work": "In which piece of work?",
    "measure": "What was measured?",
    "before": "Before",
    "after": "After",
    "unit": "Unit",
    "source": "Where are the numbers from?",
}
_AGAIN_LABELS = {
    "happened_on": "When did it happen?",
    "cost": "What did it cost?",
    "broke": "Where did the chain break?",
    "note": "In a sentence",
    "team": "Team",
}
_LABELS = {_USE + name: label for name, label in _USE_LABELS.items()} | {
    _AGAIN + name: label for name, label in _AGAIN_LABELS.items()
}


def reported_label(field_id: str) -> str:
    """How the page calls a field of these forms, by its id; empty for any other."""
    return _LABELS.get(field_id, "")


def use_in(form: Submitted) -> tuple[UseInput | None, dict[str, str]]:
    """The use that a form reports, or what is wrong by the id of its field."""
    return _said(UseInput, form, _USE)


def again_in(form: Submitted) -> tuple[RecurrenceInput | None, dict[str, str]]:
    """The recurrence that a form reports, or what is wrong by the id of its field."""
    return _said(RecurrenceInput, form, _AGAIN)


def on_the_page(errors: Mapping[str, str], form: Submitted) -> dict[str, str]:
    """What an act found wrong, by the id of the field on the page."""
    prefix = _USE if any(name.startswith(_USE) for name in form.values) else _AGAIN
    return {prefix + name: message for name, message in errors.items()}


def typed_of(use: Use) -> dict[str, str]:
    """A use as the form would have been filled in for it."""
    facts = use.model_dump(include=set(UseInput.model_fields)) | {"team": use.team_id}
    return {_USE + name: _written(value) for name, value in facts.items()}


def _written(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.15g}"
    return "" if value is None else str(value)


def _said(schema: type[Said], form: Submitted, prefix: str) -> tuple[Said | None, dict[str, str]]:
    fields = {name: form.text(prefix + name) for name in schema.model_fields}
    if prefix == _USE and not fields["result"]:
        del fields["result"]
    said, wrong = checked(schema, fields)
    return said, {prefix + name: _CHOOSE.get(name, words) for name, words in wrong.items()}
