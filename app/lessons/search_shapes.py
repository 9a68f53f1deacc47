"""What search takes and gives in JSON."""

from typing import Annotated

from pydantic import BaseModel, Field

from app.kit.api import ID_PATTERN, Paged, PageView, Sent
from app.lessons.api_shapes import MOST_CHOICES, Choice, LessonLine, OneChoice
from app.lessons.finding import Sort
from app.lessons.models import Kind, State
from app.lessons.schemas import Day, Text, Title

LONGEST_QUERY = 2000
LONGEST_PREFIX = 200
Choices = Annotated[list[Choice], Field(max_length=MOST_CHOICES)]


class SearchAsked(Paged):
    """What to look for. Filters that may be repeated mean any of what they name."""

    q: str = Field(
        "",
        max_length=LONGEST_QUERY,
        description='Plain words; "a phrase", -word, begin*, title: topic: team: kind: author:',
    )
    kind: list[Kind] = Field([], max_length=len(Kind))
    team: Choices = Field([], description="Names or ids")
    topic: Choices = Field([], description="Names, synonyms or ids")
    state: list[State] = Field(
        [], max_length=len(State), description="Those in use by default: retired only if asked"
    )
    author: OneChoice = Field("", description="A person's id or e-mail address")
    since: Day = Field(None, description="The first day of posting, like 2026-03-14")
    until: Day = Field(None, description="The last day of posting")
    sort: Sort = "relevance"
    per_page: int = Field(10, ge=1, le=50)


Notice = Annotated[
    str | None,
    Field(
        description="What to tell people while the index is being mended and the database answers; "
        "otherwise null"
    ),
]


class HitView(LessonLine):
    """A lesson found. `marks` are [start, end) places in `snippet` that match, in characters."""

    snippet: str
    marks: list[tuple[int, int]]


class FacetValueView(BaseModel):
    value: str
    label: str
    count: int


class FacetsView(BaseModel):
    """How many lessons each value would give; a field's counts ignore its own filter."""

    kind: list[FacetValueView]
    team: list[FacetValueView]
    topic: list[FacetValueView]
    state: list[FacetValueView]


class SearchView(PageView):
    hits: list[HitView]
    facets: FacetsView
    suggestion: str | None
    plainly: str | None
    partial: bool
    took_ms: float
    notice: Notice


class SuggestAsked(Sent):
    q: str = Field("", max_length=LONGEST_PREFIX, description="What was typed so far")


class SuggestedLesson(BaseModel):
    id: str
    title: str
    url: str
    kind: Kind


class SuggestedTopic(BaseModel):
    id: str
    name: str
    url: str


class SuggestedPerson(BaseModel):
    id: str
    name: str
    url: str


class SuggestView(BaseModel):
    lessons: list[SuggestedLesson]
    topics: list[SuggestedTopic]
    people: list[SuggestedPerson]
    notice: Notice


class Draft(Sent):
    """What is being written."""

    title: Title
    context: Text = ""
    expected: Text = ""
    happened: Text = ""
    why: Text = ""
    lesson: Text = ""
    recommendation: Text = ""
    applies_when: Text = ""
    not_when: Text = ""
    exclude: list[Annotated[str, Field(pattern=ID_PATTERN)]] = Field(
        [], max_length=MOST_CHOICES, description="Ids of lessons to leave out, as the draft's own"
    )

    @property
    def text(self) -> str:
        parts = self.model_dump(exclude={"title", "exclude"})
        return "\n".join(part for part in parts.values() if part)


class SimilarView(BaseModel):
    """Most alike first; none while the index is being mended."""

    lessons: list[LessonLine]
    same: list[str] = Field(description="Ids of those that say the same again, in the same words")
    notice: Notice
