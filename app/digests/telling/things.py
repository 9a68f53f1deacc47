"""What a digest names beside lessons (uses, recurrences, briefs, actions, questions), loaded for
one reader in one question to the database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from app.actions.models import Action
from app.briefs.models import Brief
from app.kit.db import several
from app.lessons.access import Reader, shared_with_teams
from app.lessons.models import Lesson, Visibility
from app.people.models import Person, Team
from app.responses.models import Answer, Question
from app.uses.models import Recurrence, Use
from app.uses.shared import Older, counted, with_both

# Of a plan of many pages, of a long question, a line needs the beginning.
_BEGINNING = 1_000
_DAY, _AT = (Use.__table__.c[name].type for name in ("used_on", "reported_at"))  # type: ignore[attr-defined]
_COLUMNS: dict[str, sa.types.TypeEngine[Any]] = {
    "id": sa.String(),
    "lesson_id": sa.String(),
    "title": sa.String(),
    "kind": sa.String(),
    "team": sa.String(),
    "by": sa.String(),
    "own_team": sa.Boolean(),
    "manner": sa.String(),
    "result": sa.String(),
    "day": _DAY,
    "at": _AT,
    "over_at": _AT,
    "words": sa.String(),
    "measure": sa.String(),
    "unit": sa.String(),
    "before": sa.Float(),
    "after": sa.Float(),
    "source": sa.String(),
}


@dataclass(frozen=True, slots=True)
class Thing:
    """A use, a recurrence, a brief, an action or a question, as `what` says. `title` and `kind` are
    those of its lesson; `words` are the work, the cost, the change, the question; `manner` is what
    was done, or where the chain broke; `by` who is to make a change or asked; `over` says since
    when nothing waits any more."""

    what: str
    id: str
    lesson_id: str
    title: str
    kind: str
    team: str
    by: str
    own_team: bool
    manner: str
    result: str
    day: date
    words: str
    measure: str
    unit: str
    before: float | None
    after: float | None
    source: str
    over: date | None


def things(session: Session, ids: Iterable[str], who: Reader) -> dict[str, Thing]:
    """Those of the ids, of whatever table, that are there and that this reader may read. One
    question; none for no ids."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return {}
    asked = {"ids": wanted, "teams": list(who.teams), "me": who.person.id}
    rows: Sequence[Any] = session.connection().execute(_everything(), asked).all()
    return {row.id: _thing(row._mapping) for row in rows}


def _thing(row: Mapping[str, Any]) -> Thing:
    measured = row["before"], row["after"]
    words = ("what", "id", "lesson_id", "title", "kind", "team", "by", "manner", "result", "words")
    said = {name: row[name] or "" for name in (*words, "measure", "unit", "source")}
    over = row["over_at"].date() if row["over_at"] else None
    day = row["day"] or row["at"].date()
    return Thing(
        **said,
        own_team=bool(row["own_team"]),
        day=day,
        before=measured[0],
        after=measured[1],
        over=over,
    )


def _part(what: str, **given: Any) -> sa.Select[Any]:
    return sa.select(
        sa.literal(what, sa.String()).label("what"),
        *(
            (
                sa.type_coerce(given[name], kind) if name in given else sa.cast(sa.null(), kind)
            ).label(name)
            for name, kind in _COLUMNS.items()
        ),
    )


def _of_lesson(what: str, table: Any, **given: Any) -> sa.Select[Any]:
    """A part of the question that is about lessons: readable to whoever reads the lesson."""
    facts = {"id": table.id, "lesson_id": table.lesson_id, "title": Lesson.title}
    return (
        _part(what, **facts, kind=Lesson.kind, **given)
        .select_from(table)
        .join(Lesson, col(Lesson.id) == table.lesson_id)
        .where(col(table.id).in_(several("ids")), shared_with_teams(several("teams")))
    )


def _uses() -> sa.Select[Any]:
    plain = {
        name: getattr(Use, name)
        for name in ("own_team", "manner", "result", "measure", "unit", "before", "after", "source")
    }
    more = {"team": Team.name, "day": Use.used_on, "at": Use.reported_at, "words": Use.work}
    return _of_lesson("use", Use, **plain, **more).outerjoin(Team, col(Team.id) == Use.team_id)


def _recurrences() -> sa.Select[Any]:
    """Like those that count: everybody who reads the lesson may know of them."""
    part = _part(
        "again",
        id=Recurrence.id,
        lesson_id=Recurrence.lesson_id,
        title=Older.title,
        kind=Older.kind,
        team=Team.name,
        manner=Recurrence.broke,
        day=Recurrence.happened_on,
        at=Recurrence.reported_at,
        words=Recurrence.cost,
    ).select_from(Recurrence)
    both: sa.Select[Any] = with_both(part)
    # Not a draft: nothing happened again to those.
    everyone = col(Older.visibility) == Visibility.ORGANISATION
    readable = sa.or_(everyone, col(Older.team_id).in_(several("teams")))
    return both.outerjoin(Team, col(Team.id) == Recurrence.team_id).where(
        col(Recurrence.id).in_(several("ids")), readable, counted()
    )


def _briefs() -> sa.Select[Any]:
    mine = col(Brief.by_id) == sa.bindparam("me", type_=sa.String())
    return (
        _part(
            "brief",
            id=Brief.id,
            team=Team.name,
            day=Brief.ends_on,
            at=Brief.made_at,
            over_at=Brief.ended_at,
            words=sa.func.substr(col(Brief.work), 1, _BEGINNING),
        )
        .select_from(Brief)
        .outerjoin(Team, col(Team.id) == Brief.team_id)
        .where(
            col(Brief.id).in_(several("ids")),
            sa.or_(mine, col(Brief.team_id).in_(several("teams"))),
        )
    )


def _actions() -> sa.Select[Any]:
    facts = {"by": Person.name, "words": Action.what, "day": Action.due_on, "at": Action.made_at}
    return _of_lesson("action", Action, **facts, over_at=Action.done_at).join(
        Person, col(Person.id) == Action.owner_id
    )


def _questions() -> sa.Select[Any]:
    answered = (
        sa.select(sa.func.min(col(Answer.answered_at)))
        .where(col(Answer.question_id) == Question.id)
        .scalar_subquery()
    )
    text = sa.func.substr(col(Question.text), 1, _BEGINNING)
    facts = {"by": Person.name, "words": text, "at": Question.asked_at, "over_at": answered}
    return _of_lesson("question", Question, **facts).join(Person, col(Person.id) == Question.by_id)


@cache
def _everything() -> sa.CompoundSelect[Any]:
    # Said once: to make a question again each time costs more than to ask it.
    return sa.union_all(_uses(), _recurrences(), _briefs(), _actions(), _questions())
