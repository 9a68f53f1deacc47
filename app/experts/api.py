"""People who know for programs."""

from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, Field

from app.experts.asking import who_knows_about
from app.kit.api import NO_NUL, BaseUrl, Sent, api_router, refusals
from app.kit.db import Db, Now
from app.lessons.api_shapes import Reads, TheIndex
from app.lessons.in_turn import Turn
from app.lessons.search_address import LONGEST_QUERY

MOST_PEOPLE = 20


class KnowingAsked(Sent):
    """About what, and how many at most."""

    q: str = Field("", max_length=LONGEST_QUERY, pattern=NO_NUL)
    limit: int = Field(10, ge=1, le=MOST_PEOPLE)


class KnowsView(BaseModel):
    """Somebody who knows, and what of theirs says so."""

    id: str
    name: str
    title: str
    url: str
    why: str = Field(examples=["wrote 3 lessons on this, used 2, last in May"])


class KnowingView(BaseModel):
    """Most first. `near` is false where the lessons found say little of what was asked."""

    people: list[KnowsView]
    near: bool
    notice: str | None = None


router = api_router("people")


@router.get("/people/knowing", responses=refusals())
def people_who_know(
    _turn: Turn,
    db: Db,
    now: Now,
    index: TheIndex,
    who: Reads,
    base_url: BaseUrl,
    asked: Annotated[KnowingAsked, Query()],
) -> KnowingView:
    """People who know about something: by what they wrote, used, answered and confirmed under their
    names on lessons that you may read."""
    known = who_knows_about(db, index, who, asked.q, now=now, limit=asked.limit)
    return KnowingView(
        people=[
            KnowsView(
                id=person.id,
                name=person.name,
                title=person.title,
                url=f"{base_url}{person.url}",
                why=why,
            )
            for person, why in known.people
        ],
        near=known.near,
        notice=known.notice,
    )
