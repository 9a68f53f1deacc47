"""From the form to the lesson: posted or changed, related to others, its files with it, its draft
erased, in one transaction."""

from collections.abc import Iterable, Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from app.drafts.drafting import Writing, change_of, draft_of, refuse_moved_on
from app.drafts.models import Draft
from app.files.attach import adopt
from app.kit.clock import day_floor
from app.lessons.access import reader
from app.lessons.capture import Posted
from app.lessons.idempotency import PostKey, post_once
from app.lessons.models import Lesson, RelationKind
from app.lessons.relations import relate
from app.lessons.revise import edit
from app.lessons.schemas import LessonInput
from app.people.models import Person
from app.searches.answering import offer
from app.uses.retelling import retell
from app.uses.schemas import RecurrenceInput

_NOTHING_AGAIN: Mapping[str, RecurrenceInput] = {}


def post_written(
    session: Session,
    content: LessonInput,
    key: PostKey,
    *,
    writing: Writing,
    relations: Mapping[str, RelationKind],
    again: Mapping[str, RecurrenceInput] = _NOTHING_AGAIN,
    wanted: str = "",
    by: Person,
    now: datetime,
) -> Posted:
    """Post what was written into the form; sent again with the same key, it is the same lesson.

    `again` says more of the older lessons to which it happened again; `wanted` is the id of what is
    wanted that it was written for.

    Raises DraftMovedOn when its draft holds something that this form has not seen.
    """
    draft = draft_of(session, writing.draft_id, by) if writing.draft_id else None
    _refuse_unseen(draft, writing)
    posted = post_once(session, content, key, by=by, now=now)
    if wanted:
        offer(session, wanted, posted.lesson, by=by, now=now)
    return _finish(session, posted, [draft], relations, again, by=by, now=now)


def change_written(
    session: Session,
    lesson: Lesson,
    content: LessonInput,
    *,
    writing: Writing,
    relations: Mapping[str, RelationKind],
    again: Mapping[str, RecurrenceInput] = _NOTHING_AGAIN,
    by: Person,
    revision: int,
    now: datetime,
    claim_code: str = "",
) -> Posted:
    """Save a change of a lesson that was written into the form, as `revise.edit` does."""
    draft = draft_of(session, writing.draft_id, by) if writing.draft_id else None
    change = change_of(session, lesson, by)
    _refuse_unseen(change or draft, writing)
    posted = edit(
        session, lesson, content, by=by, revision=revision, now=now, claim_code=claim_code
    )
    return _finish(session, posted, [draft, change], relations, again, by=by, now=now)


def _refuse_unseen(draft: Draft | None, writing: Writing) -> None:
    if draft is not None:  # one that is gone keeps nothing from being posted
        refuse_moved_on(draft, writing)


def _finish(
    session: Session,
    posted: Posted,
    drafts: Iterable[Draft | None],
    relations: Mapping[str, RelationKind],
    again: Mapping[str, RecurrenceInput],
    *,
    by: Person,
    now: datetime,
) -> Posted:
    lesson = posted.lesson
    at = day_floor(now) if lesson.is_protected else now
    relate(session, lesson, relations, who=reader(session, by), now=at)
    retell(session, lesson, again, by=by, now=at)
    for draft_id in {draft.id for draft in drafts if draft is not None}:
        # What was brought beside a name goes with the draft: on the lesson it would lead back.
        if not lesson.is_protected:
            adopt(session, draft_id, lesson)
        # It may be gone with the draft of a program that it changed.
        session.connection().execute(sa.delete(Draft).where(col(Draft.id) == draft_id))
    return posted
