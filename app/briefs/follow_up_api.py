"""The follow-up of a brief for programs."""

from typing import Annotated

from fastapi import Body

from app.briefs.access import editable_brief
from app.briefs.follow_up import answer, end, follow_up, lesson_in
from app.briefs.follow_up_shapes import (
    AnswerInput,
    FollowedView,
    FollowUpView,
    follow_up_view,
    followed_view,
)
from app.kit.api import BaseUrl, Id, api_router, refusals
from app.kit.db import Db, Now
from app.lessons.api_shapes import Reads, Writes

_ANSWER = {
    "one": {
        "value": {
            "manner": "adapted",
            "note": "We dried the seals first.",
            "result": "better",
            "measure": "Leaks",
            "before": 12,
            "after": 3,
            "unit": "a month",
        }
    }
}

router = api_router("briefs")


@router.get("/briefs/{brief_id}/follow-up", responses=refusals(404))
def read_follow_up(db: Db, now: Now, who: Reads, base_url: BaseUrl, brief_id: Id) -> FollowUpView:
    """What came of the lessons of a brief, as far as its team said it."""
    return follow_up_view(follow_up(db, brief_id, who, now.date()), base_url)


@router.put("/briefs/{brief_id}/follow-up/{lesson_id:id}", responses=refusals(404, body=True))
def follow_up_lesson(
    db: Db,
    now: Now,
    who: Writes,
    base_url: BaseUrl,
    brief_id: Id,
    lesson_id: Id,
    said: Annotated[AnswerInput, Body(openapi_examples=_ANSWER)],
) -> FollowedView:
    """Say what came of a lesson, or say it anew: it is a use on the lesson's page, by the brief's
    team."""
    brief = editable_brief(db, brief_id, who)
    answer(db, brief, lesson_in(db, brief, lesson_id, who), said.use, by=who.person, now=now)
    db.flush()
    here = follow_up(db, brief_id, who, now.date())
    return followed_view(here.item(lesson_id), base_url)


@router.post("/briefs/{brief_id}/follow-up/end", responses=refusals(404))
def end_follow_up(db: Db, now: Now, who: Writes, base_url: BaseUrl, brief_id: Id) -> FollowUpView:
    """There is nothing more to say: nobody is asked again."""
    end(db, editable_brief(db, brief_id, who), by=who.person, now=now)
    return follow_up_view(follow_up(db, brief_id, who, now.date()), base_url)
