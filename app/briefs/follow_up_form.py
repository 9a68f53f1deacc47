"""The short forms of a follow-up: one for each thing that a team can have done with a lesson."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.kit.forms import Submitted, checked
from app.uses.models import Manner, Use
from app.uses.schemas import UseInput

FIELDS = ("result", "note", "measure", "before", "after", "unit", "source", "work")


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form of one lesson: its texts, and what is wrong, by the id of the field;
    `manner` says which of its forms was sent."""

    lesson_id: str = ""
    manner: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)


def said_in(form: Submitted, lesson_id: str) -> tuple[UseInput | None, Typed]:
    """What a form says came of a lesson; None where something is wrong, as the texts say."""
    manner = form.text("manner")
    fields = {name: form.text(_id(name, manner, lesson_id)) for name in FIELDS}
    # Nothing chosen is too early to say.
    sent = {name: text for name, text in fields.items() if name != "result" or text}
    said, wrong = checked(UseInput, sent | {"manner": manner})
    texts = {_id(name, manner, lesson_id): text for name, text in fields.items()}
    return said, with_errors(Typed(lesson_id, manner, texts), wrong)


def with_errors(typed: Typed, wrong: Mapping[str, str]) -> Typed:
    """The same form with what was found wrong with its fields."""
    errors = {
        _id(name, typed.manner, typed.lesson_id) if name in FIELDS else "": message
        for name, message in wrong.items()
    }
    return Typed(typed.lesson_id, typed.manner, typed.texts, errors)


def typed_of(use: Use) -> Typed:
    """A use as its form would have been filled in for it."""
    facts = use.model_dump(include=set(FIELDS))
    manner = Manner(use.manner).value
    texts = {_id(name, manner, use.lesson_id): _written(value) for name, value in facts.items()}
    return Typed(use.lesson_id, manner, texts)


def _id(name: str, manner: str, lesson_id: str) -> str:
    return f"{name}-{manner}-{lesson_id}"


def _written(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.15g}"
    return "" if value is None else str(value)
