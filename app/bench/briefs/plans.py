"""Plans of work, each with the lessons that it must meet, none of whose title's words it uses.

One JSON object a line: `work` (what somebody is about to do, in their words), `ids` (lessons that
are as right as one another, the one it was written for first), `from` (the memory that holds them)
and `held_out` (every third plan: whoever tunes the engine does not look at those).
"""

import json
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from search.analyzers import is_stop_word, words

#: Where the plans that come with the program's source stand.
PLANS = Path(__file__).resolve().parents[3] / "tests" / "briefs" / "data" / "plans.jsonl"


class BadPlans(ValueError):
    """A file that holds no plans, or a line that cannot be read; says which."""


@dataclass(frozen=True, slots=True)
class Plan:
    """`ids` are the external ids of lessons in the memory `source`; of the sample, their keys."""

    work: str
    ids: tuple[str, ...]
    source: str
    held_out: bool


class _Line(BaseModel):
    model_config = ConfigDict(extra="forbid")

    work: str = Field(min_length=1)
    ids: tuple[str, ...] = Field(min_length=1)
    source: str = Field(alias="from", min_length=1)
    held_out: bool


def read_plans(path: Path = PLANS) -> tuple[Plan, ...]:
    """The plans of a file in order. Raises `BadPlans` with the file and the line."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        raise BadPlans(f"{path} cannot be read: {error.strerror}") from error
    plans = tuple(_plan(path, number, line) for number, line in enumerate(lines, 1) if line.strip())
    if not plans:
        raise BadPlans(f"{path} holds no plan")
    return plans


def _plan(path: Path, number: int, line: str) -> Plan:
    try:
        said = _Line.model_validate(json.loads(line))
    except (ValidationError, ValueError) as error:
        raise BadPlans(f"{path}:{number} is not a plan: {error}") from error
    return Plan(said.work, said.ids, said.source, said.held_out)


def words_shared(work: str, title: str) -> frozenset[str]:
    """Terms that a plan shares with a title, as the index stems them; stop words aside."""
    return _terms(work) & _terms(title)


def _terms(text: str) -> frozenset[str]:
    telling = (word for word in words(text) if not is_stop_word(word))
    return frozenset(term for word in telling for term in (*word.terms, *word.forms))
