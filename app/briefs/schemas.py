"""What may be said of a piece of work that is about to start."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from app.briefs.models import REASON_LENGTH, WORK_LENGTH, Disposition
from app.lessons.schemas import SEEN, Day, LongName, clean


def _short_enough(work: Any) -> Any:
    work = clean(work)
    if isinstance(work, str) and len(work) > WORK_LENGTH:
        raise ValueError(
            f"This is {len(work):,} characters long, and a brief reads at most {WORK_LENGTH:,}, "
            "some sixty pages. Keep the part that says what will be done, with what and where"
        )
    return work


Work = Annotated[
    str,
    BeforeValidator(_short_enough),
    Field(min_length=1, max_length=WORK_LENGTH, json_schema_extra=SEEN),
]
ReasonText = Annotated[str, BeforeValidator(clean), Field(max_length=REASON_LENGTH)]


class BriefInput(BaseModel):
    """A piece of work in somebody's words, or as their plan has it. Only `work` is required."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    work: Work = Field(description="What you are about to do: two sentences, or a whole plan")
    team: LongName = Field(default="", description="A team's name or id; empty for yourself alone")
    starts_on: Day = None
    ends_on: Day = None


class BriefChange(BaseModel):
    """A part of a brief to change; what is left out stays, and null as a day is none."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    work: Work | None = None
    team: LongName | None = None
    starts_on: Day = None
    ends_on: Day = None

    def applied_to(self, content: BriefInput) -> BriefInput:
        """The whole brief with this change; None clears only what may be empty."""
        given = self.model_dump(exclude_unset=True)
        days = ("starts_on", "ends_on")
        changes = {name: it for name, it in given.items() if it is not None or name in days}
        return BriefInput.model_validate(content.model_dump() | changes)


class DecisionInput(BaseModel):
    """What was decided about a lesson. `reason` says why it does not apply, or asks the question
    of who needs help; null as `disposition` takes back what was decided."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    disposition: Disposition | None
    reason: ReasonText = ""
