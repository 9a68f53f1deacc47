"""Search for programs: what is asked in one address, as you type, and lessons like a draft."""

from typing import Annotated

from fastapi import Body, Query
from pydantic import BaseModel, Field

from app.kit.api import ID_PATTERN, BaseUrl, Paged, PageView, Sent, api_router, refusals
from app.kit.db import Db, only_reads
from app.lessons.api_shapes import (
    MOST_CHOICES,
    Choice,
    LessonLine,
    OneChoice,
    Reads,
    TheIndex,
    line_facts,
    line_of,
)
from app.lessons.finding import Asked, Found, Sort, find, similar_to, suggestions
from app.lessons.in_turn import Turn
from app.lessons.models import Kind, State
from app.lessons.named import author_id, team_ids, topic_ids
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


_DRAFT = {"one": {"value": {"title": "Screws came loose", "happened": "It flickered."}}}

router = api_router("search")


@router.get("/search", responses=refusals())
def search_lessons(
    _turn: Turn,
    db: Db,
    index: TheIndex,
    who: Reads,
    base_url: BaseUrl,
    asked: Annotated[SearchAsked, Query()],
) -> SearchView:
    """Lessons shared with you that answer your words, best first, with counts to narrow by."""
    answer = find(
        db,
        index,
        who,
        Asked(
            text=asked.q,
            kinds=tuple(kind.value for kind in asked.kind),
            teams=team_ids(db, asked.team),
            topics=topic_ids(db, asked.topic, who),
            states=tuple(state.value for state in asked.state),
            author=author_id(db, asked.author) if asked.author else None,
            since=asked.since,
            until=asked.until,
            sort=asked.sort,
            page=asked.page,
            per_page=asked.per_page,
        ),
    )
    return SearchView(
        total=answer.total,
        page=asked.page,
        per_page=asked.per_page,
        hits=[_hit(found, base_url) for found in answer.hits],
        facets=FacetsView.model_validate(answer.facets, from_attributes=True),
        suggestion=answer.suggestion,
        plainly=answer.plainly,
        partial=answer.partial,
        took_ms=answer.took_ms,
        notice=answer.notice,
    )


def _hit(found: Found, base_url: str) -> HitView:
    snippet, marks = "", []
    for piece, marked in found.snippet:
        if marked:
            marks.append((len(snippet), len(snippet) + len(piece)))
        snippet += piece
    return HitView(**line_facts(found.card, base_url), snippet=snippet, marks=marks)


@router.get("/suggest", responses=refusals())
def suggest(
    _turn: Turn,
    db: Db,
    index: TheIndex,
    who: Reads,
    base_url: BaseUrl,
    asked: Annotated[SuggestAsked, Query()],
) -> SuggestView:
    """What may be meant by what was typed so far: lessons by title, topics and people by name."""
    found = suggestions(db, index, who, asked.q)
    return SuggestView(
        lessons=[
            SuggestedLesson(
                id=line.id, title=line.title, url=f"{base_url}{line.url}", kind=Kind(line.kind)
            )
            for line in found.lessons
        ],
        topics=[
            SuggestedTopic(id=topic.id, name=topic.name, url=f"{base_url}{topic.url}")
            for topic in found.topics
        ],
        people=[
            SuggestedPerson(id=person.id, name=person.name, url=f"{base_url}{person.url}")
            for person in found.people
        ],
        notice=found.notice,
    )


@router.post("/similar", responses=refusals(body=True))
@only_reads
def similar_lessons(
    _turn: Turn,
    db: Db,
    index: TheIndex,
    who: Reads,
    base_url: BaseUrl,
    draft: Annotated[Draft, Body(openapi_examples=_DRAFT)],
) -> SimilarView:
    """The lessons most like what is being written: perhaps it is the same again."""
    found = similar_to(db, index, who, draft.title, draft.text, draft.exclude)
    lines = [line_of(card, base_url) for card in found.cards]
    same = [line.id for line in lines if line.id in found.same]
    return SimilarView(lessons=lines, same=same, notice=found.notice)
