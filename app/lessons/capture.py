"""Posting: what somebody learned becomes a lesson that everyone it is shared with can find."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from app.events.models import Event
from app.events.record import record
from app.kit.clock import day_floor
from app.kit.errors import Conflict
from app.kit.ids import random_id
from app.kit.signing import fingerprint
from app.lessons.content import keep_version, the_team_for, what_is_told, write_content
from app.lessons.models import AuthorMode, Lesson, State, Visibility
from app.lessons.schemas import LessonInput
from app.people.models import Person, Team

CLAIM_CODE_GROUPS = 5
_GROUP = 4


class ExternalIdTaken(Conflict):
    code = "external_id_taken"
    message = "Another lesson already has this external id. Change that lesson, or choose another."


@dataclass(frozen=True, slots=True)
class Posted:
    """A lesson saved. `claim_code` is shown to its protected author now and never again."""

    lesson: Lesson
    claim_code: str | None = None


def new_claim_code() -> str:
    """A code of 20 characters, 100 bits, in groups that can be copied by hand."""
    return "-".join(random_id(_GROUP) for _ in range(CLAIM_CODE_GROUPS))


def post(
    session: Session,
    content: LessonInput,
    *,
    by: Person,
    now: datetime,
    claim_code: str | None = None,
) -> Posted:
    """Post a lesson, or keep it as a draft when that is its visibility.

    `claim_code` is the one to use for a protected author (a new one by default).
    """
    team = the_team_for(session, content, by)
    refuse_taken_external_id(session, content.external_id)
    if content.visibility == "draft":
        return Posted(_save_new_draft(session, content, team, by=by, now=now))
    if content.author_mode is AuthorMode.PROTECTED:
        return _post_protected(session, content, team, claim_code or new_claim_code(), now=now)
    lesson = new_lesson(content, State.POSTED, author=by.id, at=now, now=now)
    about = write_content(session, lesson, content, team, by=by, now=now)
    keep_version(session, lesson, content, by=by.id, now=now)
    record(session, "lesson.posted", lesson.id, by=by.id, now=now, **what_is_told(lesson, about))
    return Posted(lesson)


def post_draft(
    session: Session, draft: Lesson, content: LessonInput, *, by: Person, now: datetime
) -> Posted:
    """Post what was kept as a draft.

    A protected author's lesson becomes a new one, with another id, and the draft is erased with
    all that was recorded of it: nothing leads from the person's draft to the lesson.
    """
    team = the_team_for(session, content, by)
    if content.author_mode is AuthorMode.PROTECTED:
        discard_draft(session, draft)
        session.flush()
        return _post_protected(session, content, team, new_claim_code(), now=now)
    draft.author_mode, draft.author_id = AuthorMode.NAMED, by.id
    draft.state, draft.revision = State.POSTED, 1
    draft.posted_at = draft.changed_at = now
    about = write_content(session, draft, content, team, by=by, now=now)
    keep_version(session, draft, content, by=by.id, now=now)
    record(session, "lesson.posted", draft.id, by=by.id, now=now, **what_is_told(draft, about))
    return Posted(draft)


def save_draft(
    session: Session, draft: Lesson, content: LessonInput, *, by: Person, now: datetime
) -> Lesson:
    """Keep a draft's new content; drafts have no history and no audience, so nothing is recorded
    beyond that."""
    team = the_team_for(session, content, by)
    draft.author_mode = content.author_mode
    draft.revision += 1
    draft.changed_at = now
    write_content(session, draft, content, team, by=None, now=now)
    return draft


def discard_draft(session: Session, draft: Lesson) -> None:
    """Erase a draft with everything recorded of it."""
    session.connection().execute(sa.delete(Event).where(col(Event.subject_id) == draft.id))
    session.delete(draft)


def refuse_taken_external_id(
    session: Session, external_id: str, *, but: Lesson | None = None
) -> None:
    """Raise ExternalIdTaken when another lesson has it. Whether that lesson can be read makes no
    difference: what is not shared is not told apart."""
    if not external_id:
        return
    known = session.exec(select(Lesson.id).where(Lesson.external_id == external_id)).first()
    if known and (but is None or known != but.id):
        message = ExternalIdTaken.message
        raise ExternalIdTaken(message, fields={"external_id": message})


def _save_new_draft(
    session: Session, content: LessonInput, team: Team | None, *, by: Person, now: datetime
) -> Lesson:
    draft = new_lesson(content, State.DRAFT, author=by.id, at=now, now=now)
    write_content(session, draft, content, team, by=None, now=now)
    return draft


def _post_protected(
    session: Session, content: LessonInput, team: Team | None, claim_code: str, *, now: datetime
) -> Posted:
    today = day_floor(now)
    lesson = new_lesson(content, State.POSTED, author=None, at=today, now=today)
    lesson.claim_hash = fingerprint(claim_code)
    about = write_content(session, lesson, content, team, by=None, now=today)
    keep_version(session, lesson, content, by=None, now=today)
    record(session, "lesson.posted", lesson.id, by=None, now=today, **what_is_told(lesson, about))
    return Posted(lesson, claim_code)


def new_lesson(
    content: LessonInput, state: State, *, author: str | None, at: datetime, now: datetime
) -> Lesson:
    """A row for a lesson posted `at`, without its texts and topics yet (see `write_content`)."""
    return Lesson(
        kind=content.kind,
        title=content.title,
        lesson=content.lesson,
        visibility=Visibility.ORGANISATION,
        author_mode=content.author_mode,
        author_id=author,
        state=state,
        posted_at=at,
        changed_at=now,
    )
