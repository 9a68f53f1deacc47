"""Attaching and taking away: what hangs on a lesson, or on the draft of one."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from app.events.record import record
from app.files.apart import CleanFile
from app.files.models import Attachment
from app.files.refusals import TooManyAttachments
from app.files.store import Store
from app.kit.clock import day_floor
from app.kit.errors import Invalid, NotFound
from app.lessons.access import holds_claim
from app.lessons.models import Lesson
from app.lessons.revise import RetiredAlready
from app.people.models import Person

MOST_ATTACHMENTS = 20


def keep_content(store: Store, file: CleanFile, *, now: datetime) -> Attachment:
    """Put the content into the store for good. The attachment hangs on nothing yet; what never
    does is swept away."""
    facts = file.facts
    attachment = Attachment(
        name=facts.name,
        media_type=facts.media_type,
        size_bytes=file.size_bytes,
        width=facts.width,
        height=facts.height,
        checksum=file.checksum,
    )
    store.put(attachment.id, file.content, now=now)
    return attachment


def attach_to_draft(session: Session, attachment: Attachment, draft_id: str) -> None:
    """Hang it on a draft that is there and the person's. Of drafts nothing is recorded."""
    attachment.position = _next_position(session, draft_id=draft_id)
    attachment.draft_id = draft_id
    session.add(attachment)


def attach_to_lesson(
    session: Session,
    attachment: Attachment,
    lesson: Lesson,
    *,
    by: Person,
    now: datetime,
    claim_code: str = "",
) -> None:
    """Hang it on a lesson that `by` may change."""
    refuse_where_nothing_is_changed(lesson)
    attachment.position = _next_position(session, lesson_id=lesson.id)
    attachment.lesson_id = lesson.id
    session.add(attachment)
    _record(session, "attachment.added", attachment, lesson, by, now, claim_code)


def remove_from_draft(session: Session, attachment_id: str, draft_id: str) -> None:
    """Take it away; its content is erased from the store a little later."""
    session.delete(_hanging(session, attachment_id, draft_id=draft_id))


def remove_from_lesson(
    session: Session,
    attachment_id: str,
    lesson: Lesson,
    *,
    by: Person,
    now: datetime,
    claim_code: str = "",
) -> None:
    """Take it away from a lesson that `by` may change; its content is erased a little later."""
    refuse_where_nothing_is_changed(lesson)
    attachment = _hanging(session, attachment_id, lesson_id=lesson.id)
    session.delete(attachment)
    _record(session, "attachment.removed", attachment, lesson, by, now, claim_code)


def adopt(session: Session, draft_id: str, lesson: Lesson) -> None:
    """What hung on the draft hangs on the lesson, after what hung there. It is part of posting or
    changing the lesson, which records itself. Raises TooManyAttachments."""
    adopted = attachments_of(session, draft_id=draft_id)
    if not adopted:
        return
    first = _next_position(session, lesson_id=lesson.id, more=len(adopted))
    for position, attachment in enumerate(adopted, first):
        attachment.lesson_id, attachment.draft_id = lesson.id, None
        attachment.position = position
        session.add(attachment)
    session.flush()


def attachments_of(
    session: Session, *, lesson_id: str | None = None, draft_id: str | None = None
) -> list[Attachment]:
    """What hangs on a lesson or on a draft, in the order of attaching."""
    where = _hangs_on(lesson_id, draft_id)
    return list(session.exec(select(Attachment).where(where).order_by(col(Attachment.position))))


def the_attachment(session: Session, attachment_id: str) -> Attachment:
    """The attachment with this id. Whoever asks for somebody looks next whether they may read what
    it hangs on: `app/files/pages.py`, which knows both."""
    attachment = session.get(Attachment, attachment_id)
    if attachment is None:
        raise NotFound
    return attachment


def refuse_full(
    session: Session, *, lesson_id: str | None = None, draft_id: str | None = None, more: int = 1
) -> None:
    """Raise TooManyAttachments when so many more are too many."""
    _next_position(session, lesson_id=lesson_id, draft_id=draft_id, more=more)


def refuse_where_nothing_is_changed(lesson: Lesson) -> None:
    """Raise RetiredAlready for a retired lesson, Invalid for what programs keep as a draft."""
    if lesson.is_retired:
        raise RetiredAlready
    if lesson.is_draft:
        raise Invalid("Post this lesson first, or attach the file where it is written.")


def _next_position(
    session: Session, *, lesson_id: str | None = None, draft_id: str | None = None, more: int = 1
) -> int:
    question = sa.select(
        sa.func.count(), sa.func.coalesce(sa.func.max(col(Attachment.position)) + 1, 0)
    )
    count, after = session.execute(question.where(_hangs_on(lesson_id, draft_id))).one()
    if count + more > MOST_ATTACHMENTS:
        raise TooManyAttachments(
            f"At most {MOST_ATTACHMENTS} files can be attached. Remove one first, or put several "
            "into one document."
        )
    return int(after)


def _hangs_on(lesson_id: str | None, draft_id: str | None) -> sa.ColumnElement[bool]:
    if lesson_id:
        return col(Attachment.lesson_id) == lesson_id
    return col(Attachment.draft_id) == draft_id


def _hanging(
    session: Session,
    attachment_id: str,
    *,
    lesson_id: str | None = None,
    draft_id: str | None = None,
) -> Attachment:
    attachment = session.get(Attachment, attachment_id)
    if attachment is None or (attachment.lesson_id, attachment.draft_id) != (lesson_id, draft_id):
        raise NotFound
    return attachment


def _record(
    session: Session,
    kind: str,
    attachment: Attachment,
    lesson: Lesson,
    by: Person,
    now: datetime,
    claim_code: str,
) -> None:
    # As in `revise`: who holds the claim code is nobody, that day.
    if holds_claim(lesson, claim_code):
        record(session, kind, attachment.id, by=None, now=day_floor(now), lesson_id=lesson.id)
    else:
        record(session, kind, attachment.id, by=by.id, now=now, lesson_id=lesson.id)
