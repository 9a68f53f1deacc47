"""The shapes of the sample organisation: frozen values without a database."""

from collections.abc import Mapping
from typing import Literal

from pydantic import ConfigDict, Field
from pydantic.dataclasses import dataclass

STRICT = ConfigDict(extra="forbid", str_min_length=1)


@dataclass(frozen=True, config=STRICT)
class SampleMembership:
    """A person's place in one team, by the team's key."""

    team: str
    role: Literal["member", "manager"] = "member"


@dataclass(frozen=True, config=STRICT)
class SamplePerson:
    """Somebody who works there; `joined` is days ago, None means from the start."""

    key: str
    name: str
    email: str
    title: str
    teams: tuple[SampleMembership, ...]
    role: Literal["member", "curator", "administrator"] = "member"
    joined: int | None = None


@dataclass(frozen=True, config=STRICT)
class SampleTeam:
    """A team and, where it has one, its parent's key."""

    key: str
    name: str
    purpose: str
    parent: str | None = None


@dataclass(frozen=True, config=STRICT)
class SampleTopic:
    """A subject, the other words people use for it, and its parent's key."""

    key: str
    name: str
    synonyms: tuple[str, ...] = ()
    parent: str | None = None


@dataclass(frozen=True, config=STRICT)
class SampleEdit:
    """One later change: the fields that got a new text, by whom, how many days ago."""

    days_ago: int
    by: str
    change: Mapping[str, str]


@dataclass(frozen=True, config=STRICT)
class SampleRetirement:
    """When, by whom and why a lesson was taken out of use."""

    days_ago: int
    by: str
    reason: Literal["superseded", "obsolete", "rejected"]
    note: str


@dataclass(frozen=True, config=STRICT)
class SampleLesson:
    """A lesson as first posted; `edits`, oldest first, lead to its present text."""

    key: str
    kind: Literal["success", "failure", "near_miss", "experiment"]
    title: str
    lesson: str
    team: str
    posted_days_ago: int = Field(ge=0, le=365)
    context: str | None = None
    expected: str | None = None
    happened: str | None = None
    why: str | None = None
    cause_type: (
        Literal["skill", "process", "tool", "communication", "not_shared", "outside"] | None
    ) = None
    recommendation: str | None = None
    applies_when: str | None = None
    not_when: str | None = None
    topics: tuple[str, ...] = ()
    visibility: Literal["organisation", "team", "draft"] = "organisation"
    author_mode: Literal["named", "protected"] = "named"
    author: str | None = None
    occurred_days_ago: int | None = None
    edits: tuple[SampleEdit, ...] = ()
    retired: SampleRetirement | None = None


@dataclass(frozen=True, config=STRICT)
class SampleOrganisation:
    """Everything the demo loads; `sign_ins` gives a person's key for each printed sign-in."""

    name: str
    teams: tuple[SampleTeam, ...]
    people: tuple[SamplePerson, ...]
    topics: tuple[SampleTopic, ...]
    sign_ins: Mapping[str, str]
    lessons: tuple[SampleLesson, ...] = ()
