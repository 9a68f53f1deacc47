"""How a follow-up looks to programs, and what they send."""

from datetime import date, datetime

from pydantic import BaseModel, Field

from app.briefs.follow_up import FollowUp, Item
from app.briefs.models import Disposition
from app.kit.api import Sent
from app.lessons.schemas import Day
from app.uses.models import Manner, Result
from app.uses.schemas import Measure, Note, Number, Source, Unit, UseInput, Work


class AnswerInput(Sent):
    """What came of a lesson; only `manner` is required, and `note` where it was adapted or
    rejected. The team is that of the brief; without `used_on` it is the day of the work's end."""

    manner: Manner
    result: Result = Result.UNKNOWN
    work: Work = Field(default="", description="What others may call the work")
    note: Note = Field(default="", description="How it was adapted; why it was rejected")
    used_on: Day = None
    measure: Measure = Field(default="", description="What was measured")
    unit: Unit = ""
    before: Number = None
    after: Number = None
    source: Source = Field(default="", description="Where the numbers are from")

    @property
    def use(self) -> UseInput:
        return UseInput.model_construct(**self.model_dump(), team="")


class AnswerView(BaseModel):
    """What was said of a lesson: the use that it is on the lesson's page."""

    id: str
    manner: Manner
    result: Result
    work: str
    note: str
    used_on: date
    measure: str
    unit: str
    before: float | None
    after: float | None
    source: str
    changed_at: datetime


class FollowedView(BaseModel):
    """A lesson of the brief. `use` is null while nobody said what came of it; `retired` says why it
    is out of use since."""

    lesson_id: str
    title: str
    url: str
    disposition: Disposition | None
    retired: str | None
    use: AnswerView | None


class FollowUpView(BaseModel):
    """What came of the lessons of a brief. `asked_at` is when the team was asked."""

    brief_id: str
    url: str
    ends_on: date | None
    asked_at: datetime | None
    ended_at: datetime | None
    answered: int
    lessons: list[FollowedView]


def followed_view(item: Item, base_url: str) -> FollowedView:
    """One lesson of a follow-up as programs read it."""
    placed = item.placed
    return FollowedView(
        lesson_id=item.lesson_id,
        title=placed.title,
        url=f"{base_url}/lessons/{item.lesson_id}",
        disposition=placed.decision.disposition if placed.decision else None,
        retired=placed.retired or None,
        use=AnswerView.model_validate(item.use, from_attributes=True) if item.use else None,
    )


def follow_up_view(here: FollowUp, base_url: str) -> FollowUpView:
    """A follow-up as programs read it."""
    brief = here.shown.brief
    return FollowUpView(
        brief_id=brief.id,
        url=f"{base_url}{brief.url}/follow-up",
        ends_on=brief.ends_on,
        asked_at=brief.asked_at,
        ended_at=brief.ended_at,
        answered=here.answered,
        lessons=[followed_view(item, base_url) for item in here.items],
    )
