"""How actions look to programs."""

from datetime import date, datetime

from pydantic import BaseModel

from app.actions.listing import ActionLine
from app.actions.models import ActionKind
from app.lessons.schemas import AuthorView


class ActionView(BaseModel):
    """A change that a lesson asks for. `done_at`, `done_by` and `evidence` are null while it is
    open; `overdue` says that its day has passed."""

    id: str
    url: str
    lesson_id: str
    lesson_title: str
    what: str
    kind: ActionKind
    owner: AuthorView
    due_on: date | None
    overdue: bool
    by: AuthorView
    made_at: datetime
    done_at: datetime | None
    done_by: str | None
    evidence: str | None


class ActionsView(BaseModel):
    actions: list[ActionView]


class MyActionsView(BaseModel):
    """What one is to do, what one asked others for, and what of both was done of late."""

    mine: list[ActionView]
    asked_for: list[ActionView]
    done: list[ActionView]


def action_view(line: ActionLine, today: date, base_url: str) -> ActionView:
    is_done = line.done_at is not None
    return ActionView(
        id=line.id,
        url=f"{base_url}{line.url}",
        lesson_id=line.lesson_id,
        lesson_title=line.lesson_title,
        what=line.what,
        kind=line.kind,
        owner=AuthorView(id=line.owner_id, name=line.owner),
        due_on=line.due_on,
        overdue=not is_done and line.is_overdue(today),
        by=AuthorView(id=line.by_id, name=line.by),
        made_at=line.made_at,
        done_at=line.done_at,
        done_by=line.done_by if is_done else None,
        evidence=line.evidence if is_done else None,
    )
