"""Search for programs: what is asked in one address, as you type, and lessons like a draft."""

from typing import Annotated

from fastapi import BackgroundTasks, Body, Query, Request

from app.kit.api import BaseUrl, api_router, refusals
from app.kit.db import Db, Now, database_of, only_reads
from app.lessons.api_shapes import (
    Reads,
    TheIndex,
    line_facts,
    line_of,
)
from app.lessons.finding import Asked, Found, find, similar_to
from app.lessons.in_turn import Turn
from app.lessons.models import Kind
from app.lessons.named import author_id, team_ids, topic_ids
from app.lessons.search_shapes import (
    Draft,
    FacetsView,
    HitView,
    SearchAsked,
    SearchView,
    SimilarView,
    SuggestAsked,
    SuggestedLesson,
    SuggestedPerson,
    SuggestedTopic,
    SuggestView,
)
from app.lessons.suggesting import suggestions
from app.searches.missed import is_missed, note_search

_DRAFT = {"one": {"value": {"title": "Screws came loose", "happened": "It flickered."}}}

router = api_router("search")


@router.get("/search", responses=refusals())
def search_lessons(
    _turn: Turn,
    db: Db,
    index: TheIndex,
    who: Reads,
    base_url: BaseUrl,
    now: Now,
    asked: Annotated[SearchAsked, Query()],
    request: Request,
    after: BackgroundTasks,
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
            today=now.date(),
        ),
    )
    if is_missed(answer):
        after.add_task(note_search, database_of(request), asked.q.strip(), who.person, now)
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
