"""Briefs for programs."""

from typing import Annotated

from fastapi import Body, Header, Query, Request, Response

from app.briefs.access import editable_brief, readable_brief
from app.briefs.api_shapes import (
    BriefLessonView,
    BriefsAsked,
    BriefsView,
    BriefView,
    brief_view,
    lines_of,
    told_view,
)
from app.briefs.dispose import dispose
from app.briefs.listing import briefs_of
from app.briefs.looking import look_again, look_for, look_further
from app.briefs.making import change, content_of, keep, put_more, remove
from app.briefs.reading import brief_to_read
from app.briefs.schemas import BriefChange, BriefInput, DecisionInput
from app.briefs.showing import around
from app.kit.api import BaseUrl, Id, api_router, refusals
from app.kit.db import Db, Now, database_of, only_reads
from app.lessons.access import Reader, readable_lesson
from app.lessons.api_shapes import Reads, TheIndex, Writes
from app.lessons.in_turn import in_turn
from app.lessons.named import team_ids

_WORK = {
    "one": {
        "value": {
            "work": "We replace the circulation pumps of two clinics while they stay open.",
            "ends_on": "2026-11-30",
        }
    }
}
_DECISION = {"one": {"value": {"disposition": "does_not_apply", "reason": "We have no brine."}}}
_LOCATION = {"Location": {"description": "The brief's page", "schema": {"type": "string"}}}
ClaimCode = Annotated[
    str,
    Header(alias="Claim-Code", max_length=100, description="Of a protected author, to act as such"),
]

AsRead = Annotated[
    str,
    Header(alias="If-Match", max_length=100, description="The `ETag` of the answer to GET"),
]

router = api_router("briefs")


def _view(db: Db, who: Reader, now: Now, base_url: str, brief_id: str) -> BriefView:
    shown = brief_to_read(db, brief_id, who, now.date())
    beside = around(db, who, [placed.lesson_id for placed in shown.readable], now=now)
    return brief_view(shown, beside, base_url)


@router.post(
    "/briefs",
    status_code=201,
    responses={**refusals(body=True), 201: {"headers": _LOCATION}},
)
@only_reads  # nobody waits for lessons to be found who wants to write
def make_brief(
    request: Request,
    response: Response,
    db: Db,
    now: Now,
    index: TheIndex,
    who: Writes,
    base_url: BaseUrl,
    content: Annotated[BriefInput, Body(openapi_examples=_WORK)],
) -> BriefView:
    """Say what you are about to do; get the lessons that bear on it, each with why."""
    me = who.person
    with in_turn(request):
        looked = look_for(db, index, content, by=me, now=now)
    db.rollback()
    with database_of(request).writing() as session:
        brief_id = keep(session, looked, by=me, now=now).id
    view = _view(db, who, now, base_url, brief_id)
    response.headers["Location"] = view.url
    return view


@router.get("/briefs", responses=refusals())
def list_briefs(
    db: Db, now: Now, who: Reads, base_url: BaseUrl, asked: Annotated[BriefsAsked, Query()]
) -> BriefsView:
    """Your briefs and your teams'."""
    team_id = next(iter(team_ids(db, [asked.team] if asked.team else [])), "")
    found, total = briefs_of(
        db,
        who,
        today=now.date(),
        team_id=team_id,
        offset=asked.offset,
        limit=asked.per_page,
    )
    briefs = lines_of(found, base_url)
    return BriefsView(total=total, page=asked.page, per_page=asked.per_page, briefs=briefs)


@router.get("/briefs/{brief_id}", responses=refusals(404))
def read_brief(
    response: Response, db: Db, now: Now, who: Reads, base_url: BaseUrl, brief_id: Id
) -> BriefView:
    """One brief, with what was decided. `ETag` names what it says: the work, whose and when."""
    response.headers["ETag"] = f'"{readable_brief(db, brief_id, who).stamp}"'
    return _view(db, who, now, base_url, brief_id)


@router.patch("/briefs/{brief_id}", responses=refusals(404, 412, body=True))
@only_reads
def change_brief(
    request: Request,
    db: Db,
    now: Now,
    index: TheIndex,
    who: Writes,
    base_url: BaseUrl,
    brief_id: Id,
    said: Annotated[BriefChange, Body()],
    if_match: AsRead = "",
) -> BriefView:
    """Change what the work is, whose and when. Other work brings other lessons; what was decided
    stays."""
    brief, me = editable_brief(db, brief_id, who), who.person
    seen = if_match.removeprefix("W/").strip('"') or brief.stamp
    content = said.applied_to(content_of(brief))
    with in_turn(request):
        looked = look_again(db, index, brief, content, by=me, now=now)
    db.rollback()
    with database_of(request).writing() as session:
        held = editable_brief(session, brief_id, who)
        change(session, held, looked, by=me, now=now, seen=seen)
    return _view(db, who, now, base_url, brief_id)


@router.delete("/briefs/{brief_id}", status_code=204, responses=refusals(404))
def remove_brief(db: Db, now: Now, who: Writes, brief_id: Id) -> Response:
    """Erase a brief with what was decided in it."""
    remove(db, editable_brief(db, brief_id, who), by=who.person, now=now)
    return Response(status_code=204)


@router.post("/briefs/{brief_id}/more", responses=refusals(404))
@only_reads
def add_lessons(
    request: Request,
    db: Db,
    now: Now,
    index: TheIndex,
    who: Writes,
    base_url: BaseUrl,
    brief_id: Id,
) -> BriefView:
    """Put the next lessons that bear on the work into the brief."""
    brief = editable_brief(db, brief_id, who)
    with in_turn(request):
        found = look_further(db, index, brief, by=who.person, now=now)
    db.rollback()
    with database_of(request).writing() as session:
        brief = editable_brief(session, brief_id, who)
        put_more(session, brief, found, by=who.person, now=now)
    return _view(db, who, now, base_url, brief_id)


@router.put(
    "/briefs/{brief_id}/lessons/{lesson_id}/disposition", responses=refusals(404, body=True)
)
def decide(
    db: Db,
    now: Now,
    who: Writes,
    base_url: BaseUrl,
    brief_id: Id,
    lesson_id: Id,
    decision: Annotated[DecisionInput, Body(openapi_examples=_DECISION)],
    claim_code: ClaimCode = "",
) -> BriefLessonView:
    """Decide about a lesson of the brief. With `need_help` the reason is a question, which is asked
    on the lesson's page under your name."""
    brief = editable_brief(db, brief_id, who)
    lesson = readable_lesson(db, lesson_id, who)
    dispose(
        db,
        brief,
        lesson,
        decision.disposition,
        reason=decision.reason,
        by=who.person,
        now=now,
        claim_code=claim_code,
    )
    shown = brief_to_read(db, brief_id, who, now.date())
    return told_view(shown.lesson(lesson_id), base_url)
