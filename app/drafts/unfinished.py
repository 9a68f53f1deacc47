"""What a person has not finished: drafts of the form, and lessons that programs kept as drafts."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from app.drafts.models import Draft
from app.files.models import Attachment
from app.lessons.access import shared_with_teams
from app.lessons.browse import mine
from app.lessons.models import Lesson, State
from app.people.models import Person
from app.people.teams import teams_read

_MOST = 200
_WITH_FILES = "Discard this draft? Its text can be brought back, its files cannot."
_FOR_GOOD = "Discard this draft? It cannot be brought back."
_has_files = sa.exists().where(col(Attachment.draft_id) == Draft.id)


@dataclass(frozen=True, slots=True)
class Unfinished:
    """Something to go on with. `url` leads to the form, `removal` is where it is discarded;
    `changes` is the title of the posted lesson that it changes; `asks` what to ask before what
    cannot be brought back is discarded."""

    title: str
    url: str
    removal: str
    changed_at: datetime
    changes: str = ""
    asks: str = ""


def unfinished(session: Session, person: Person) -> list[Unfinished]:
    """Everything the person may go on with, last changed first, in two questions."""
    rows = session.exec(
        select(Draft, Lesson.title, _has_files)
        .outerjoin(Lesson, sa.and_(col(Lesson.id) == Draft.lesson_id, _shown_to(person)))
        .where(Draft.person_id == person.id)
        .order_by(col(Draft.changed_at).desc())
        .limit(_MOST)
    )
    found = [_of_form(draft, changes or "", has_files) for draft, changes, has_files in rows]
    found += [_of_program(lesson) for lesson in mine(session, person, drafts=True)]
    return sorted(found, key=lambda one: one.changed_at, reverse=True)


def _shown_to(person: Person) -> sa.ColumnElement[bool]:
    """Still: what somebody began to change may be shared with fewer since, under another title."""
    own_draft = sa.and_(col(Lesson.state) == State.DRAFT, col(Lesson.author_id) == person.id)
    return sa.or_(own_draft, shared_with_teams(teams_read(sa.bindparam("me", person.id))))


def _of_form(draft: Draft, changes: str, has_files: bool) -> Unfinished:
    typed = draft.typed
    words = (typed.get("title") or typed.get("lesson") or typed.get("happened") or "").split()
    return Unfinished(
        title=" ".join(words[:12]) or "Untitled",
        url=f"/lessons/{draft.lesson_id}/edit"
        if draft.lesson_id
        else f"/lessons/new?draft={draft.id}",
        removal=f"/drafts/{draft.id}/removal",
        changed_at=draft.changed_at,
        changes=changes,
        asks=_WITH_FILES if has_files else "",
    )


def _of_program(lesson: Lesson) -> Unfinished:
    return Unfinished(
        title=lesson.title,
        url=f"{lesson.url}/edit",
        removal=f"{lesson.url}/removal",
        changed_at=lesson.changed_at,
        asks=_FOR_GOOD,
    )
