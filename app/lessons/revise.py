"""Changing what was posted: edit with history, retire with a reason, restore, take credit."""

from datetime import datetime

from sqlmodel import Session, col, select

from app.events.record import record
from app.kit.clock import day_floor
from app.kit.errors import Conflict, Invalid, NotFound
from app.lessons.access import NotYours, holds_claim
from app.lessons.capture import Posted, post_draft, refuse_taken_external_id, save_draft
from app.lessons.content import (
    changed_fields,
    content_of,
    keep_version,
    the_team_for,
    what_is_told,
    write_content,
)
from app.lessons.models import (
    AuthorMode,
    Lesson,
    LessonVersion,
    Retirement,
    RetirementReason,
    State,
)
from app.lessons.schemas import LessonInput
from app.people.models import Person, Team


class ChangedMeanwhile(Conflict):
    status = 412
    code = "changed_meanwhile"

    def __init__(self, lesson: Lesson):
        super().__init__(
            f"Somebody else changed this lesson while you were writing: it is now at revision "
            f"{lesson.revision}. Nothing of yours was lost: look at both and save again."
        )


class AlreadyPosted(Invalid):
    code = "already_posted"
    message = "This lesson is posted: it cannot become a draft again. Retire it instead."


class NamesAreKept(Invalid):
    code = "names_are_kept"
    message = (
        "A lesson posted under a name cannot be protected afterwards: its history has the name. "
        "Retire it and post it anew as protected."
    )


class RetiredAlready(Conflict):
    code = "retired"
    message = "This lesson is retired. Restore it first."


def edit(
    session: Session,
    lesson: Lesson,
    content: LessonInput,
    *,
    by: Person,
    revision: int,
    now: datetime,
    claim_code: str = "",
) -> Posted:
    """Save new content for a lesson that was read at `revision`.

    Raises ChangedMeanwhile when it has moved on. A draft is saved or, when its visibility is no
    longer draft, posted. Content that is the same makes no new revision.
    """
    if lesson.revision != revision:
        raise ChangedMeanwhile(lesson)
    refuse_taken_external_id(session, content.external_id, but=lesson)
    if lesson.is_draft:
        if content.visibility == "draft":
            return Posted(save_draft(session, lesson, content, by=by, now=now))
        return post_draft(session, lesson, content, by=by, now=now)
    if lesson.is_retired:
        raise RetiredAlready
    return Posted(_save_revision(session, lesson, content, by=by, now=now, claim_code=claim_code))


def _save_revision(
    session: Session,
    lesson: Lesson,
    content: LessonInput,
    *,
    by: Person,
    now: datetime,
    claim_code: str,
) -> Lesson:
    if content.visibility == "draft":
        raise AlreadyPosted
    before = content_of(session, lesson)
    team = _team_for(session, lesson, content, by)
    content = content.model_copy(update={"team": team.name if team else ""})
    if content == before:
        return lesson
    actor, at = _shown_as(lesson, by, now, claim_code)
    if content.author_mode is not lesson.author_mode:
        _take_credit(lesson, content, by, claim_code)
        actor, at = by.id, now
    lesson.revision += 1
    lesson.changed_at = at
    about = write_content(session, lesson, content, team, by=None, now=at)
    keep_version(session, lesson, content, by=actor, now=at)
    changed = changed_fields(before, content)
    facts = {"revision": lesson.revision, "changed": changed, **what_is_told(lesson, about)}
    record(session, "lesson.edited", lesson.id, by=actor, now=at, **facts)
    return lesson


def _team_for(session: Session, lesson: Lesson, content: LessonInput, by: Person) -> Team | None:
    # The team may stay although the editor is not in it; another may only be one of their own.
    here = session.get(Team, lesson.team_id) if lesson.team_id else None
    if here and content.team in (here.name, here.id):
        return here
    return the_team_for(session, content, by)


def _shown_as(
    lesson: Lesson, by: Person, now: datetime, claim_code: str
) -> tuple[str | None, datetime]:
    """Who is recorded as having acted, and when: nobody, that day, for a protected author."""
    if holds_claim(lesson, claim_code):
        return None, day_floor(now)
    return by.id, now


def _take_credit(lesson: Lesson, content: LessonInput, by: Person, claim_code: str) -> None:
    if content.author_mode is AuthorMode.PROTECTED:
        raise NamesAreKept
    if not holds_claim(lesson, claim_code):
        raise NotYours("Only its author, with the claim code, can put a name to this lesson.")
    lesson.author_mode, lesson.author_id, lesson.claim_hash = AuthorMode.NAMED, by.id, None


def retire(
    session: Session,
    lesson: Lesson,
    reason: RetirementReason,
    *,
    note: str = "",
    by: Person,
    now: datetime,
    claim_code: str = "",
) -> Retirement:
    """Take a lesson out of use: it stays readable, with the reason, but no longer comes up."""
    if lesson.is_draft:
        raise Invalid("A draft is discarded, not retired.")
    if lesson.is_retired:
        raise RetiredAlready("This lesson is retired already.")
    actor, at = _shown_as(lesson, by, now, claim_code)
    retirement = Retirement(
        lesson_id=lesson.id, reason=reason, note=note, from_state=lesson.state, by_id=actor, at=at
    )
    session.add(retirement)
    lesson.state, lesson.revision, lesson.changed_at = State.RETIRED, lesson.revision + 1, at
    session.add(lesson)
    keep_version(session, lesson, content_of(session, lesson), by=actor, now=at)
    record(session, "lesson.retired", lesson.id, by=actor, now=at, reason=reason.value)
    return retirement


def restore(
    session: Session, lesson: Lesson, *, by: Person, now: datetime, claim_code: str = ""
) -> None:
    """Undo `retire`: the lesson is what it was before."""
    retirement = session.get(Retirement, lesson.id)
    if retirement is None:
        raise Conflict("This lesson is not retired.")
    actor, at = _shown_as(lesson, by, now, claim_code)
    lesson.state, lesson.revision, lesson.changed_at = (
        retirement.from_state,
        lesson.revision + 1,
        at,
    )
    session.add(lesson)
    session.delete(retirement)
    keep_version(session, lesson, content_of(session, lesson), by=actor, now=at)
    record(session, "lesson.restored", lesson.id, by=actor, now=at)


def retirement_of(session: Session, lesson: Lesson) -> tuple[Retirement, str] | None:
    """Why a lesson was retired, and the name of who did it (empty where nobody is named)."""
    if not lesson.is_retired:
        return None
    found = session.exec(
        select(Retirement, Person.name)
        .outerjoin(Person, col(Person.id) == Retirement.by_id)
        .where(Retirement.lesson_id == lesson.id)
    ).first()
    return (found[0], found[1] or "") if found else None


def versions_of(session: Session, lesson: Lesson) -> list[LessonVersion]:
    """Every kept version, newest first."""
    return list(
        session.exec(
            select(LessonVersion)
            .where(LessonVersion.lesson_id == lesson.id)
            .order_by(col(LessonVersion.revision).desc())
        )
    )


def version_at(session: Session, lesson: Lesson, revision: int) -> LessonVersion:
    """The lesson as it was at one revision."""
    there = 0 < revision <= lesson.revision  # beyond, it may be more than the database can hold
    version = session.get(LessonVersion, (lesson.id, revision)) if there else None
    if version is None:
        raise NotFound
    return version
