"""The actions that lessons ask for, as they are read: of one lesson, of several, of a person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from app.actions.models import Action, ActionKind
from app.actions.words import due_in_words
from app.lessons.access import Reader
from app.lessons.models import Lesson, State
from app.people.models import Person

_MOST = 200
#: A change that was made stays on the list of whom it concerns for so long.
DONE_LATELY = timedelta(days=60)

_Owner, _Maker, _Doer = aliased(Person), aliased(Person), aliased(Person)


@dataclass(frozen=True, slots=True)
class OpenAction:
    """What is to be changed because of a lesson, by whom, until when."""

    id: str
    lesson_id: str
    lesson_title: str
    kind: ActionKind
    what: str
    owner_id: str
    owner: str
    due_on: date | None

    @property
    def lesson_url(self) -> str:
        return f"/lessons/{self.lesson_id}"

    @property
    def url(self) -> str:
        return f"{self.lesson_url}#action-{self.id}"

    def is_overdue(self, today: date) -> bool:
        return self.due_on is not None and self.due_on < today

    def due(self, today: date) -> str:
        """`overdue by 12 days`, `due tomorrow`; empty without a date."""
        return due_in_words(self.due_on, today)


@dataclass(frozen=True, slots=True)
class ActionLine(OpenAction):
    """An action with who asked for it and, when it is done, how one sees that."""

    by_id: str
    by: str
    made_at: datetime
    done_at: datetime | None
    done_by_id: str
    done_by: str
    evidence: str

    def may_change(self, person: Person) -> bool:
        """Whether this person may change it: who asked for it, who makes it, curators."""
        return person.curates or person.id in (self.by_id, self.owner_id)


@dataclass(frozen=True, slots=True)
class MyActions:
    """What somebody has to do with actions; the soonest due, or overdue, first."""

    mine: list[ActionLine]
    asked_for: list[ActionLine]
    done: list[ActionLine]


def open_actions(session: Session, who: Reader, lesson_ids: Iterable[str]) -> list[OpenAction]:
    """What is still to be changed because of these lessons, the soonest due first; nothing of a
    lesson that `who` may not read or that is retired. One question."""
    ids = list(lesson_ids)
    if not ids:
        return []
    lines = _lines(
        session,
        col(Lesson.id).in_(ids),
        who.readable,
        col(Lesson.state) != State.RETIRED,
        col(Action.done_at).is_(None),
    )
    return list(lines)


def actions_of(session: Session, lesson_id: str) -> list[ActionLine]:
    """The actions of a lesson that whoever asks may read: open ones first, the soonest due of
    them; then what was done, the last first. One question."""
    lines = _lines(session, col(Lesson.id) == lesson_id)
    done = [line for line in lines if line.done_at]
    done.sort(key=lambda line: line.done_at or line.made_at, reverse=True)
    return [line for line in lines if not line.done_at] + done


def action_line(session: Session, action_id: str) -> ActionLine:
    """One action, whose lesson whoever asks may read."""
    (line,) = _lines(session, col(Action.id) == action_id)
    return line


def my_actions(session: Session, who: Reader, *, now: datetime) -> MyActions:
    """What `who` is to do, what they asked others for, and what of both was done of late. Nothing
    of a lesson that they may no longer read or that is retired. One question."""
    me = who.person.id
    lines = _lines(
        session,
        who.readable,
        col(Lesson.state) != State.RETIRED,
        sa.or_(col(Action.owner_id) == me, col(Action.by_id) == me),
        sa.or_(col(Action.done_at).is_(None), col(Action.done_at) > now - DONE_LATELY),
    )
    left = [line for line in lines if not line.done_at]
    done = [line for line in lines if line.done_at]
    done.sort(key=lambda line: line.done_at or line.made_at, reverse=True)
    return MyActions(
        [line for line in left if line.owner_id == me],
        [line for line in left if line.owner_id != me],
        done,
    )


def _lines(session: Session, *conditions: sa.ColumnElement[bool]) -> list[ActionLine]:
    rows: Any = (
        sa.select(
            col(Action.id),
            col(Action.lesson_id),
            col(Lesson.title),
            col(Action.kind),
            col(Action.what),
            col(Action.owner_id),
            col(_Owner.name),
            col(Action.due_on),
            col(Action.by_id),
            col(_Maker.name),
            col(Action.made_at),
            col(Action.done_at),
            sa.func.coalesce(col(Action.done_by_id), ""),
            sa.func.coalesce(col(_Doer.name), ""),
            col(Action.evidence),
        )
        .join(Lesson, col(Lesson.id) == Action.lesson_id)
        .join(_Owner, col(_Owner.id) == Action.owner_id)
        .join(_Maker, col(_Maker.id) == Action.by_id)
        .outerjoin(_Doer, col(_Doer.id) == Action.done_by_id)
        .where(*conditions)
        .order_by(
            col(Action.due_on).is_(None), col(Action.due_on), col(Action.made_at), col(Action.id)
        )
        .limit(_MOST)
    )
    return [ActionLine(*row) for row in session.connection().execute(rows)]
