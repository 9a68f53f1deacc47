"""What a person has not finished: drafts of the form, and lessons that programs kept as drafts."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from app.drafts.models import Draft
from app.lessons.browse import mine
from app.lessons.models import Lesson, State
from app.people.models import Person

_MOST = 200


@dataclass(frozen=True, slots=True)
class Unfinished:
    """Something to go on with. `url` leads to the form, `removal` is where it is discarded;
    `changes` is the title of the posted lesson that it changes; `for_good` says that discarding
    cannot be undone."""

    title: str
    kind: str
    url: str
    removal: str
    changed_at: datetime
    changes: str = ""
    for_good: bool = False


def unfinished(session: Session, person: Person) -> list[Unfinished]:
    """Everything the person may go on with, last changed first, in two questions."""
    rows = session.exec(
        select(Draft, Lesson.title)
        .outerjoin(Lesson, col(Lesson.id) == Draft.lesson_id)
        .where(Draft.person_id == person.id)
        .order_by(col(Draft.changed_at).desc())
        .limit(_MOST)
    )
    found = [_of_form(draft, changes or "") for draft, changes in rows]
    found += [_of_program(lesson) for lesson in mine(session, person, drafts=True)]
    return sorted(found, key=lambda one: one.changed_at, reverse=True)


def how_many_unfinished(session: Session, person: Person) -> int:
    """How many there are, in one question."""
    of_form = sa.select(sa.func.count()).where(col(Draft.person_id) == person.id)
    of_program = sa.select(sa.func.count()).where(
        col(Lesson.author_id) == person.id, col(Lesson.state) == State.DRAFT
    )
    both = sa.select(of_form.scalar_subquery() + of_program.scalar_subquery())
    return session.scalar(both) or 0


def _of_form(draft: Draft, changes: str) -> Unfinished:
    typed = draft.typed
    words = (typed.get("title") or typed.get("lesson") or typed.get("happened") or "").split()
    return Unfinished(
        title=" ".join(words[:12]) or "Untitled",
        kind=typed.get("kind", ""),
        url=f"/lessons/{draft.lesson_id}/edit"
        if draft.lesson_id
        else f"/lessons/new?draft={draft.id}",
        removal=f"/drafts/{draft.id}/removal",
        changed_at=draft.changed_at,
        changes=changes,
    )


def _of_program(lesson: Lesson) -> Unfinished:
    return Unfinished(
        title=lesson.title,
        kind=lesson.kind,
        url=f"{lesson.url}/edit",
        removal=f"{lesson.url}/removal",
        changed_at=lesson.changed_at,
        for_good=True,
    )
