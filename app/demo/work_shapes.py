"""What `life_uses.yaml`, `life_briefs.yaml` and `life_months.yaml` may hold: what came of lessons,
and work that began with a brief."""

from collections.abc import Mapping
from dataclasses import field

from pydantic.dataclasses import dataclass

from app.actions.models import ActionKind
from app.briefs.models import Disposition
from app.demo.shapes import STRICT
from app.uses.models import Broke, Manner, Result


@dataclass(frozen=True, config=STRICT)
class SampleResult:
    """What a team did with a lesson, and what came of it."""

    manner: Manner
    result: Result = Result.UNKNOWN
    work: str | None = None
    note: str | None = None
    measure: str | None = None
    unit: str | None = None
    before: float | None = None
    after: float | None = None
    source: str | None = None


@dataclass(frozen=True, config=STRICT, kw_only=True)
class SampleHeard:
    """What was said later of a use of which it was too early to say anything."""

    days_ago: int
    result: Result
    measure: str | None = None
    unit: str | None = None
    before: float | None = None
    after: float | None = None
    source: str | None = None


@dataclass(frozen=True, config=STRICT, kw_only=True)
class SampleUse(SampleResult):
    lesson: str
    by: str
    team: str
    days_ago: int
    heard: SampleHeard | None = None


@dataclass(frozen=True, config=STRICT)
class SampleRetold:
    """What a newer lesson that tells of it leaves out."""

    broke: Broke
    cost: str


@dataclass(frozen=True, config=STRICT)
class SampleRecurrence:
    lesson: str
    by: str
    team: str
    days_ago: int
    broke: Broke
    cost: str
    note: str | None = None


@dataclass(frozen=True, config=STRICT)
class SampleConfirmation:
    lesson: str
    by: str
    days_ago: int
    note: str | None = None


@dataclass(frozen=True, config=STRICT)
class SampleAction:
    """A change that a lesson asked for; `due_in` is days from now."""

    lesson: str
    by: str
    owner: str
    days_ago: int
    due_in: int
    kind: ActionKind
    what: str
    done_days_ago: int | None = None
    evidence: str | None = None


@dataclass(frozen=True, config=STRICT)
class SampleDecision:
    disposition: Disposition
    reason: str | None = None


@dataclass(frozen=True, config=STRICT)
class SampleBrief:
    """A piece of work. Decisions and answers by the key of the lesson; `starts_in` and `ends_in`
    are days from now, and without `ended_days_ago` the follow-up is not over."""

    by: str
    team: str
    days_ago: int
    starts_in: int
    ends_in: int
    work: str
    title: str  # what a use is said to have been for
    decided: Mapping[str, SampleDecision] = field(default_factory=dict)
    answered: Mapping[str, SampleResult] = field(default_factory=dict)
    ended_days_ago: int | None = None
