"""Wanted lessons for programs."""

from datetime import date
from typing import Annotated

from fastapi import Query, Response
from pydantic import BaseModel, Field
from sqlmodel import Session

from app.experts.routing import routed_to
from app.kit.api import NO_NUL, BaseUrl, Id, Paged, PageView, Sent, api_router, refusals
from app.kit.db import Db, Now
from app.kit.ids import ID_LENGTH
from app.lessons.access import Reader, readable_lesson
from app.lessons.api_shapes import Reads, TheIndex, Writes
from app.lessons.in_turn import Turn
from app.searches.answering import answer_with
from app.searches.clusters import Wanted, the_wanted, wanted
from app.searches.models import WORDS_LENGTH
from app.searches.wanted import ask_for, reopen, withdraw


class WantedAsked(Paged):
    """Which part of what is wanted."""

    answered: bool = False
    may_know: bool = Field(False, description="Only what you were shown because you may know")


class WantSent(Sent):
    """What somebody would like to know."""

    words: str = Field(min_length=1, max_length=WORDS_LENGTH, pattern=NO_NUL)


class AnswerSent(Sent):
    """The lesson that answers it."""

    lesson_id: str = Field(max_length=ID_LENGTH, pattern=NO_NUL)


class AnsweringView(BaseModel):
    id: str
    title: str
    url: str


class WantedView(BaseModel):
    """Something wanted: how many ask for it, how often it was looked for, never who. `mine` says
    that you ask for it; `shown` is false for what only you looked for."""

    id: str
    words: str
    people: int
    looked: int
    since: date
    mine: bool
    shown: bool
    url: str
    lesson: AnsweringView | None


class AllWantedView(PageView):
    wanted: list[WantedView]


router = api_router("wanted")


@router.get("/wanted", responses=refusals())
def list_wanted(
    db: Db, who: Reads, base_url: BaseUrl, asked: Annotated[WantedAsked, Query()]
) -> AllWantedView:
    """What people ask for and look for in vain, most wanted first."""
    found, total = wanted(
        db,
        who,
        answered=asked.answered,
        keys=routed_to(db, who.person) if asked.may_know else None,
        offset=asked.offset,
        limit=asked.per_page,
    )
    shown = [_view(want, base_url) for want in found]
    return AllWantedView(total=total, page=asked.page, per_page=asked.per_page, wanted=shown)


@router.post("/wanted", status_code=201, responses=refusals(409, body=True))
def want_lesson(db: Db, now: Now, who: Writes, base_url: BaseUrl, sent: WantSent) -> WantedView:
    """Ask for a lesson, or want it too. Everybody sees the words and how many want it, not who."""
    want = ask_for(db, sent.words, by=who.person, now=now)
    return _shown(db, want.id, who, base_url)


@router.get("/wanted/{want_id}", responses=refusals(404))
def read_wanted(db: Db, who: Reads, base_url: BaseUrl, want_id: Id) -> WantedView:
    """One that is wanted."""
    return _shown(db, want_id, who, base_url)


@router.delete("/wanted/{want_id}", status_code=204, responses=refusals(404))
def no_longer_want(db: Db, now: Now, who: Writes, want_id: Id) -> Response:
    """No longer want it, and forget that you looked for it."""
    withdraw(db, want_id, by=who.person, now=now)
    return Response(status_code=204)


@router.post("/wanted/{want_id}/answer", responses=refusals(404, body=True))
def answer_wanted(
    _turn: Turn,
    db: Db,
    now: Now,
    index: TheIndex,
    who: Writes,
    base_url: BaseUrl,
    want_id: Id,
    sent: AnswerSent,
) -> WantedView:
    """Say which lesson answers it: one that everybody can read and that the search finds."""
    the_wanted(db, want_id, who)
    lesson = readable_lesson(db, sent.lesson_id, who)
    answer_with(db, index, want_id, lesson, by=who.person, now=now)
    return _shown(db, want_id, who, base_url)


@router.delete("/wanted/{want_id}/answer", responses=refusals(404))
def reopen_wanted(db: Db, now: Now, who: Writes, base_url: BaseUrl, want_id: Id) -> WantedView:
    """Say that the lesson named does not answer it, as one who wants it."""
    reopen(db, want_id, by=who.person, now=now)
    return _shown(db, want_id, who, base_url)


def _shown(session: Session, want_id: str, who: Reader, base_url: str) -> WantedView:
    session.flush()
    return _view(the_wanted(session, want_id, who), base_url)


def _view(want: Wanted, base_url: str) -> WantedView:
    lesson = want.lesson and AnsweringView(
        id=want.lesson.id, title=want.lesson.title, url=f"{base_url}{want.lesson.url}"
    )
    return WantedView(
        id=want.id,
        words=want.words,
        people=want.people,
        looked=want.looked,
        since=want.since,
        mine=want.mine,
        shown=want.shown,
        url=f"{base_url}{want.url}",
        lesson=lesson,
    )
