"""Actions for programs."""

from datetime import datetime
from typing import Annotated

from fastapi import Body, Response
from sqlmodel import Session

from app.actions.acting import change, done, propose, readable_action, remove, reopen
from app.actions.api_shapes import ActionsView, ActionView, MyActionsView, action_view
from app.actions.listing import action_line, actions_of, my_actions
from app.actions.models import Action
from app.actions.schemas import ActionChange, ActionInput, Evidence
from app.kit.api import BaseUrl, Id, api_router, refusals
from app.kit.db import Db, Now
from app.lessons.access import readable_lesson
from app.lessons.api import ClaimCode
from app.lessons.api_shapes import Reads, Writes

router = api_router("actions")
_ASKED = {
    "one": {
        "summary": "A check that somebody else adds",
        "value": {
            "what": "Add the torque count to the end-of-line sheet",
            "kind": "fix_process",
        },
    }
}


@router.get("/lessons/{lesson_id}/actions", responses=refusals(404))
def list_actions(db: Db, now: Now, who: Reads, base_url: BaseUrl, lesson_id: Id) -> ActionsView:
    """The changes that a lesson asks for: open ones first, the soonest due of them."""
    lesson = readable_lesson(db, lesson_id, who)
    return ActionsView(
        actions=[action_view(line, now.date(), base_url) for line in actions_of(db, lesson.id)]
    )


@router.post("/lessons/{lesson_id}/actions", status_code=201, responses=refusals(404, body=True))
def propose_action(
    db: Db,
    now: Now,
    who: Writes,
    base_url: BaseUrl,
    lesson_id: Id,
    action: Annotated[ActionInput, Body(openapi_examples=_ASKED)],
    claim_code: ClaimCode = "",
) -> ActionView:
    """Ask for a change because of a lesson. The same words sent twice are one action."""
    lesson = readable_lesson(db, lesson_id, who)
    made = propose(db, lesson, action, by=who.person, now=now, claim_code=claim_code)
    return _shown(db, made, now, base_url)


@router.patch("/actions/{action_id}", responses=refusals(404, 409, body=True))
def change_action(
    db: Db, now: Now, who: Writes, base_url: BaseUrl, action_id: Id, sent: ActionChange
) -> ActionView:
    """Change a part of an action; what is left out stays."""
    action = readable_action(db, action_id, who)
    change(db, action, sent, by=who.person, now=now)
    return _shown(db, action, now, base_url)


@router.post("/actions/{action_id}/done", responses=refusals(404, 409, body=True))
def done_action(
    db: Db, now: Now, who: Writes, base_url: BaseUrl, action_id: Id, evidence: Evidence
) -> ActionView:
    """Say that the change is made, and how one sees that it works."""
    action = readable_action(db, action_id, who)
    done(db, action, evidence, by=who.person, now=now)
    return _shown(db, action, now, base_url)


@router.delete("/actions/{action_id}/done", responses=refusals(404))
def reopen_action(db: Db, now: Now, who: Writes, base_url: BaseUrl, action_id: Id) -> ActionView:
    """Open it again: it was not so after all."""
    action = readable_action(db, action_id, who)
    reopen(db, action, by=who.person, now=now)
    return _shown(db, action, now, base_url)


@router.delete("/actions/{action_id}", status_code=204, responses=refusals(404))
def remove_action(db: Db, now: Now, who: Writes, action_id: Id) -> Response:
    """Erase an action."""
    remove(db, readable_action(db, action_id, who), by=who.person, now=now)
    return Response(status_code=204)


@router.get("/actions", responses=refusals())
def list_my_actions(db: Db, now: Now, who: Reads, base_url: BaseUrl) -> MyActionsView:
    """What you are to do, what you asked others for, and what of it was done in the last 60
    days."""
    acts = my_actions(db, who, now=now)
    mine, asked_for, made = (
        [action_view(line, now.date(), base_url) for line in lines]
        for lines in (acts.mine, acts.asked_for, acts.done)
    )
    return MyActionsView(mine=mine, asked_for=asked_for, done=made)


def _shown(db: Session, action: Action, now: datetime, base_url: str) -> ActionView:
    db.flush()
    return action_view(action_line(db, action.id), now.date(), base_url)
