"""Cells of a table as typed values of a lesson."""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from app.lessons.models import AuthorMode, CauseType, Kind
from app.transfer.fields import plain_name
from app.transfer.files.rows import Value
from app.transfer.texts import cut_at_word, one_line

_Choice = TypeVar("_Choice")

MAX_TOPICS = 50
MAX_TOPIC_CHARS = 80


class WrongValueError(ValueError):
    """A value that cannot be taken; the message is the reason, without the column."""


_KINDS = {
    **{plain_name(kind.value): kind for kind in Kind},
    "near misses": Kind.NEAR_MISS,
    "nearmiss": Kind.NEAR_MISS,
    "close call": Kind.NEAR_MISS,
    "win": Kind.SUCCESS,
    "good practice": Kind.SUCCESS,
    "best practice": Kind.SUCCESS,
    "positive": Kind.SUCCESS,
    "mistake": Kind.FAILURE,
    "error": Kind.FAILURE,
    "incident": Kind.FAILURE,
    "mishap": Kind.FAILURE,
    "negative": Kind.FAILURE,
    "trial": Kind.EXPERIMENT,
    "test": Kind.EXPERIMENT,
}
_CAUSES = {
    **{plain_name(cause.value): cause for cause in CauseType},
    "a lesson that was not shared": CauseType.NOT_SHARED,
    "lesson not shared": CauseType.NOT_SHARED,
    "people": CauseType.SKILL,
    "training": CauseType.SKILL,
    "external": CauseType.OUTSIDE,
    "equipment": CauseType.TOOL,
}
_VISIBILITIES = {
    "organisation": "organisation",
    "organization": "organisation",
    "everyone": "organisation",
    "all": "organisation",
    "public": "organisation",
    "team": "team",
    "team only": "team",
    "draft": "draft",
}
_AUTHOR_MODES = {
    "named": AuthorMode.NAMED,
    "protected": AuthorMode.PROTECTED,
    "anonymous": AuthorMode.PROTECTED,
}


def parse_kind(text: str) -> Kind:
    """The kind that a word means; raises WrongValueError."""
    return _chosen(text, _KINDS, "a kind: write success, failure, near miss or experiment")


def parse_cause_type(text: str) -> CauseType:
    """The type of cause that a word means; raises WrongValueError."""
    return _chosen(text, _CAUSES, f"a type of cause: write {_either(CauseType)}")


def parse_visibility(text: str) -> str:
    """ "organisation", "team" or "draft". Raises: guessing could show too much."""
    return _chosen(text, _VISIBILITIES, "a visibility: write organisation, team or draft")


def parse_author_mode(text: str) -> AuthorMode:
    """Whether the author is protected. Raises: guessing could name somebody."""
    return _chosen(text, _AUTHOR_MODES, "an authorship: write named or protected")


def _chosen(text: str, choices: Mapping[str, _Choice], what: str) -> _Choice:
    try:
        return choices[plain_name(text)]
    except KeyError:
        raise WrongValueError(f"“{cut_at_word(one_line(text), 60)}” is not {what}") from None


def _either(choices: type[StrEnum]) -> str:
    names = [choice.value.replace("_", " ") for choice in choices]
    return ", ".join(names[:-1]) + " or " + names[-1]


def parse_topics(value: Value) -> tuple[str, ...]:
    """Topics of a cell: a list, a list written as JSON, or names between semicolons, bars or
    (where there are none of these) commas; each once, whatever its case. Not yet cut."""
    names = value if isinstance(value, list) else _split(value)
    seen: dict[str, str] = {}
    for name in names:
        plain = one_line(name)
        if plain:
            seen.setdefault(plain.casefold(), plain)
    return tuple(seen.values())


def _split(text: str) -> list[str]:
    if text.lstrip().startswith("["):
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            found = None
        if isinstance(found, list) and all(isinstance(name, str) for name in found):
            return found
    for separator in (";", "|", "\n"):
        if separator in text:
            return text.split(separator)
    return text.split(",")


def format_topics(topics: tuple[str, ...]) -> str:
    """Topics as a cell that `parse_topics` reads back."""
    if any(set(topic) & set(",;|[]") for topic in topics):
        return json.dumps(list(topics), ensure_ascii=False)
    return "; ".join(topics)
