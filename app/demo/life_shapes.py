"""What `life.yaml` may hold: things that happened around the lessons of the sample."""

from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from pydantic.dataclasses import dataclass

from app.demo.shapes import STRICT
from app.demo.work_shapes import (
    SampleAction,
    SampleBrief,
    SampleConfirmation,
    SampleRecurrence,
    SampleRetold,
    SampleUse,
)
from app.searches.models import MissedBy


@dataclass(frozen=True, config=STRICT)
class SampleAnswer:
    """An answer by somebody, or by the protected author of the lesson."""

    text: str
    days_ago: int
    by: str | None = None
    author: bool = False


@dataclass(frozen=True, config=STRICT)
class SampleQuestion:
    lesson: str
    by: str
    days_ago: int
    text: str
    answers: tuple[SampleAnswer, ...] = ()


@dataclass(frozen=True, config=STRICT)
class SampleRelation:
    lesson: str
    other: str
    kind: Literal["recurrence", "corrects"]


@dataclass(frozen=True, config=STRICT)
class SampleFollows:
    person: str
    topics: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


@dataclass(frozen=True, config=STRICT)
class SampleWant:
    by: tuple[str, ...]
    days_ago: int
    words: str


@dataclass(frozen=True, config=STRICT)
class SampleMiss:
    """A search, or words of a brief, that found nothing."""

    by: str
    days_ago: int
    words: str
    source: MissedBy = MissedBy.SEARCH


@dataclass(frozen=True, config=STRICT)
class SampleSearch:
    person: str
    name: str
    address: str


@dataclass(frozen=True, config=STRICT)
class SampleTyped:
    """A draft as it was typed."""

    person: str
    days_ago: int
    typed: Mapping[str, str]


@dataclass(frozen=True, config=STRICT)
class SampleLife:
    """Everything of `life.yaml` and what belongs to it; `thanks` gives who thanked, by the lesson's
    key."""

    thanks: Mapping[str, tuple[str, ...]]
    questions: tuple[SampleQuestion, ...]
    relations: tuple[SampleRelation, ...]
    follows: tuple[SampleFollows, ...]
    wanted: tuple[SampleWant, ...]
    misses: tuple[SampleMiss, ...]
    searches: tuple[SampleSearch, ...]
    drafts: tuple[SampleTyped, ...]
    uses: tuple[SampleUse, ...] = ()
    recurrences: tuple[SampleRecurrence, ...] = ()
    retold: Mapping[str, SampleRetold] = field(default_factory=dict)
    confirmations: tuple[SampleConfirmation, ...] = ()
    actions: tuple[SampleAction, ...] = ()
    briefs: tuple[SampleBrief, ...] = ()
