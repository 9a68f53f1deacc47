"""How briefs look to programs."""

from collections.abc import Sequence
from datetime import date, datetime

from pydantic import BaseModel, Field

from app.briefs.listing import BriefLine, Stage
from app.briefs.models import Disposition
from app.briefs.reading import Placed, Shown, Told
from app.briefs.showing import Around
from app.kit.api import Paged, PageView
from app.lessons.api_shapes import LessonLine, OneChoice, line_facts

#: What to say of a brief that came without the index.
PLAINLY = (
    "The search index was being mended when this was put together: these lessons were found only "
    "by words as they are written. Change the brief to look again."
)


class BriefsAsked(Paged):
    """Which briefs to list."""

    team: OneChoice = Field("", description="A team's name or id")


class BriefLineView(BaseModel):
    id: str
    url: str
    heading: str = Field(description="What the work is called: how its description begins")
    stage: Stage
    team: str | None
    made_by: str
    starts_on: date | None
    ends_on: date | None
    made_on: date
    lessons: int
    decided: int


class BriefsView(PageView):
    """Those under way first, then those to follow up, then past ones."""

    briefs: list[BriefLineView]


class ReasonView(BaseModel):
    """A sentence and what it is about: applies, shares, topic, used, again."""

    code: str
    words: list[str]
    text: str


class BriefLessonLine(LessonLine):
    """A lesson with what it says to do in one line, and how old it is in words."""

    advice: str
    freshness: str


class BriefLessonView(BaseModel):
    """A lesson of a brief. `lesson` is null where it is not shared with you any more; `retired`
    says why it is out of use since."""

    lesson_id: str
    lesson: BriefLessonLine | None
    why: str
    reasons: list[ReasonView]
    caution: str | None
    retired: str | None
    disposition: Disposition | None
    reason: str
    decided_by: str | None
    decided_at: datetime | None


class KnowsView(BaseModel):
    """Somebody who knows, and why in words."""

    id: str
    name: str
    url: str
    why: str


class BriefActionView(BaseModel):
    """A change that one of the lessons asks for and that is not made yet."""

    id: str
    lesson_id: str
    what: str
    kind: str
    owner: str
    due_on: date | None
    url: str


class BriefContentView(BaseModel):
    """What a brief says. `more`: there are other lessons; `unwritten` are words of the work that no
    lesson tells of; `good` is false where no lesson says more of it than a word."""

    heading: str
    work: str
    team: str | None
    team_id: str | None
    made_by: str
    made_at: datetime
    starts_on: date | None
    ends_on: date | None
    lessons: list[BriefLessonView]
    people: list[KnowsView]
    actions: list[BriefActionView]
    unwritten: list[str]
    more: bool
    good: bool
    notice: str | None


class BriefView(BriefContentView):
    """A brief with its address."""

    id: str
    url: str


def told_view(placed: Placed, base_url: str) -> BriefLessonView:
    """A lesson of a brief as programs read it."""
    told, decision = placed.told, placed.decision
    return BriefLessonView(
        lesson_id=placed.lesson_id,
        lesson=_line(told, base_url) if told else None,
        why=told.why if told else "",
        reasons=[
            ReasonView(code=reason.code, words=list(reason.words), text=reason.text)
            for reason in (told.reasons if told else ())
        ],
        caution=(told.caution or None) if told else None,
        retired=placed.retired or None,
        disposition=decision.disposition if decision else None,
        reason=decision.reason if decision else "",
        decided_by=decision.by if decision else None,
        decided_at=decision.at if decision else None,
    )


def _line(told: Told, base_url: str) -> BriefLessonLine:
    return BriefLessonLine(
        **line_facts(told.lesson, base_url), advice=told.advice, freshness=told.fresh.words
    )


def around_views(beside: Around, base_url: str) -> tuple[list[KnowsView], list[BriefActionView]]:
    """The people who know and the open actions as programs read them."""
    people = [
        KnowsView(
            id=one.person.id,
            name=one.person.name,
            url=f"{base_url}{one.person.url}",
            why=one.why,
        )
        for one in beside.people
    ]
    actions = [
        BriefActionView(
            id=action.id,
            lesson_id=action.lesson_id,
            what=action.what,
            kind=action.kind.value,
            owner=action.owner,
            due_on=action.due_on,
            url=f"{base_url}{action.url}",
        )
        for action in beside.actions
    ]
    return people, actions


def content_view(shown: Shown, beside: Around, base_url: str) -> BriefContentView:
    """What a brief says, kept or not."""
    row = shown.brief
    people, actions = around_views(beside, base_url)
    return BriefContentView(
        heading=shown.heading,
        work=row.work,
        team=shown.team.name if shown.team else None,
        team_id=row.team_id,
        made_by=shown.made_by.name,
        made_at=row.made_at,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        lessons=[told_view(placed, base_url) for placed in shown.lessons],
        people=people,
        actions=actions,
        unwritten=shown.unwritten,
        more=shown.noted("more"),
        good=shown.noted("good"),
        notice=PLAINLY if shown.noted("plainly") else None,
    )


def brief_view(shown: Shown, beside: Around, base_url: str) -> BriefView:
    """A brief as programs read it."""
    content = content_view(shown, beside, base_url)
    url = f"{base_url}{shown.brief.url}"
    return BriefView(id=shown.brief.id, url=url, **dict(content))


def lines_of(found: Sequence[BriefLine], base_url: str) -> list[BriefLineView]:
    """Briefs of a list as programs read them."""
    return [
        BriefLineView(
            id=line.id,
            url=f"{base_url}{line.url}",
            heading=line.heading,
            stage=line.stage,
            team=line.team or None,
            made_by=line.by,
            starts_on=line.starts_on,
            ends_on=line.ends_on,
            made_on=line.made_on,
            lessons=line.lessons,
            decided=line.decided,
        )
        for line in found
    ]
