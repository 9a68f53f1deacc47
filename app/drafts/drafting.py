"""Keeping what somebody types, as typed, until it is posted or put away."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from app.drafts.models import Draft
from app.files.models import Attachment
from app.kit.errors import Conflict, Invalid, NotFound
from app.kit.forms import Submitted, whole_number
from app.kit.ids import is_random_id
from app.lessons.access import editable_lesson, readable_lesson, reader
from app.lessons.content import PLAIN_FIELDS
from app.lessons.models import AuthorMode, Lesson
from app.lessons.schemas import LessonInput
from app.people.models import Person

LONGEST_CHARACTERS = 500_000
MOST_DRAFTS = 200
# Chosen, not written: what has nothing else in it is not begun yet.
_CHOSEN = ("kind", "cause_type")
_WRITTEN = ("topics", *(name for name in PLAIN_FIELDS if name not in _CHOSEN))
# Beside the lesson itself: the way it was begun, who typed last, the post's key, and for a change
# the revision that it changes, for a new one what is wanted that it answers.
_KEPT = frozenset(LessonInput.model_fields) - {"external_id"} | {
    "as",
    "writer",
    "key",
    "revision",
    "wanted",
}
_RELATING = ("relation.", "recurrence.")


class DraftMovedOn(Conflict):
    """Somebody kept another text for this draft since: the same person on another device."""

    code = "draft_moved_on"

    def __init__(self, draft: Draft | None):
        self.revision = draft.revision if draft else 0
        self.at = draft.changed_at if draft else None
        what = "changed on another device or in another window" if draft else "posted or discarded"
        super().__init__(
            f"This draft was {what} meanwhile. Nothing of yours is lost: keep yours all the same, "
            "or look at the other one first."
        )


class TooManyDrafts(Conflict):
    code = "too_many_drafts"
    message = (
        f"You have {MOST_DRAFTS} drafts already. Discard one that you no longer need, among your "
        "lessons; what you write here can be posted all the same."
    )


class NotKeptForProtected(Invalid):
    code = "not_kept_for_protected"
    message = (
        "A draft of a protected author is not kept, because nothing may lead to you. "
        "Post it now, or copy what you wrote to where only you look."
    )


@dataclass(frozen=True, slots=True)
class Writing:
    """What a form says about its draft: which one (none without an id), which revision of it was
    seen, and `writer`, the window it was typed in."""

    draft_id: str = ""
    revision: int = 0
    writer: str = ""


def writing_in(form: Submitted) -> Writing:
    """Which draft a form is about."""
    seen = whole_number(form.text("draft_revision"))
    return Writing(form.text("draft"), seen, form.text("writer"))


def typed_in(form: Submitted) -> dict[str, str]:
    """What a form holds, to the last space."""
    return {
        name: values[-1].replace("\r\n", "\n")
        for name, values in form.values.items()
        if values and (name in _KEPT or name.startswith(_RELATING))
    }


def draft_of(session: Session, draft_id: str, by: Person) -> Draft | None:
    """The person's draft, locked for the transaction; None before anything of it is kept.

    Raises NotFound for somebody else's, and for what is no id.
    """
    if not is_random_id(draft_id):
        raise NotFound
    draft = session.exec(select(Draft).where(Draft.id == draft_id).with_for_update()).first()
    if draft is not None and draft.person_id != by.id:
        raise NotFound
    return draft


def change_of(session: Session, lesson: Lesson, by: Person) -> Draft | None:
    """What the person was changing of a lesson, if anything of it was kept."""
    return session.exec(
        select(Draft).where(Draft.person_id == by.id, Draft.lesson_id == lesson.id)
    ).first()


def attached_to(session: Session, draft_id: str, by: Person) -> list[Attachment]:
    """What hangs on the person's draft, in the order of attaching; nothing on anybody else's."""
    return list(
        session.exec(
            select(Attachment)
            .join(Draft, col(Draft.id) == Attachment.draft_id)
            .where(Draft.id == draft_id, Draft.person_id == by.id)
            .order_by(col(Attachment.position))
        )
    )


def begin(session: Session, draft_id: str, *, by: Person, now: datetime) -> Draft:
    """The person's draft, begun with nothing typed if it is not there yet. Raises
    TooManyDrafts."""
    draft = draft_of(session, draft_id, by)
    if draft is None:
        mine = select(sa.func.count()).select_from(Draft).where(Draft.person_id == by.id)
        if session.exec(mine).one() >= MOST_DRAFTS:
            raise TooManyDrafts
        draft = Draft(id=draft_id, person_id=by.id, typed={}, revision=0, changed_at=now)
        session.add(draft)
        session.flush()
    return draft


def keep(
    session: Session,
    writing: Writing,
    typed: Mapping[str, str],
    *,
    by: Person,
    now: datetime,
    lesson_id: str = "",
) -> Draft | None:
    """Keep what is typed. None where nothing is typed yet, so that an empty page leaves no draft.

    `lesson_id` is the lesson that is being changed. Raises NotKeptForProtected for a protected
    author, DraftMovedOn when another window kept something since, TooManyDrafts.
    """
    draft = draft_of(session, writing.draft_id, by)
    if typed.get("author_mode", "").strip() == AuthorMode.PROTECTED:
        raise NotKeptForProtected
    if lesson_id:
        lesson = _changeable_lesson(session, lesson_id, by)
        # Two windows with the same lesson have one draft, whatever each of them calls it.
        draft = change_of(session, lesson, by) or draft
    if sum(len(name) + len(text) for name, text in typed.items()) > LONGEST_CHARACTERS:
        raise Invalid("This is longer than a lesson can be. Nothing more of it is kept.")
    refuse_moved_on(draft, writing)
    if draft is None:
        if not lesson_id and not any(typed.get(name, "").strip() for name in _WRITTEN):
            return None
        draft = begin(session, writing.draft_id, by=by, now=now)
    draft.typed, draft.changed_at = dict(typed), now
    draft.lesson_id = lesson_id or None
    draft.revision += 1
    session.add(draft)
    return draft


def refuse_moved_on(draft: Draft | None, writing: Writing) -> None:
    """Raise DraftMovedOn when another window kept something that this one has not seen. An answer
    lost on the way is no reason: what this window itself kept last, it has seen."""
    if draft is None:
        if writing.revision:
            raise DraftMovedOn(None)
    elif (
        draft.typed
        and draft.revision != writing.revision
        and draft.typed.get("writer") != writing.writer
    ):
        raise DraftMovedOn(draft)


def erase(session: Session, draft_id: str, *, by: Person, lesson_id: str = "") -> Draft | None:
    """Erase the person's draft with its files, if it is there; what it held is returned.

    `lesson_id` is the lesson that is being changed: another window may have its draft under another
    id.
    """
    draft = draft_of(session, draft_id, by)
    if draft is None and lesson_id:
        draft = session.exec(
            select(Draft).where(Draft.person_id == by.id, Draft.lesson_id == lesson_id)
        ).first()
    if draft is not None:
        session.delete(draft)
        session.flush()
    return draft


def _changeable_lesson(session: Session, lesson_id: str, by: Person) -> Lesson:
    """The lesson that is being changed. Raises what `editable_lesson` raises; and for one of a
    protected author, of whom a kept change would tell, NotKeptForProtected."""
    who = reader(session, by)
    if readable_lesson(session, lesson_id, who).is_protected:
        raise NotKeptForProtected
    return editable_lesson(session, lesson_id, who)
