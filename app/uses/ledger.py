"""Everything that came of a lesson, for its page: read in one question to the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from app.lessons.access import Reader
from app.lessons.models import Lesson
from app.uses.ledger_question import (
    EVERYTHING,
    MANY_RECURRENCES,
    MOST_BESIDE,
    PER_PAGE,
    RECURRENCES,
)
from app.uses.models import Broke, Manner, Result
from app.uses.recurrence import may_withdraw
from app.uses.words import measure_in_words


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody, or a team; `id` is empty where nobody is named."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Used:
    """One use. `mine` says that whoever reads may change it."""

    id: str
    team: Named
    by: Named
    own_team: bool
    manner: Manner
    result: Result
    on: date
    work: str
    note: str
    measure: str
    unit: str
    before: float | None
    after: float | None
    source: str
    brief_id: str
    reported_at: datetime
    mine: bool

    @property
    def measured(self) -> str:
        """The measure in words; empty for none."""
        return measure_in_words(self)


@dataclass(frozen=True, slots=True)
class Again:
    """It happened again. `newer` is the lesson that tells of it, `by` nobody where its author is
    protected."""

    id: str
    team: Named
    by: Named
    on: date | None
    cost: str
    broke: Broke | None
    note: str
    newer: Named
    reported_at: datetime
    mine: bool


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Somebody said that it still holds."""

    by: Named
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TeamUses:
    """How often a team used the lesson."""

    team: Named
    number: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """What came of a lesson, newest first. `uses` are those of one page of `total`; of recurrences
    and confirmations the newest; `teams` are those that used it, most often first; `my_teams` are
    those that whoever reads speaks for; `confirmed` says that they confirmed it."""

    uses: Sequence[Used] = ()
    total: int = 0
    recurrences: Sequence[Again] = ()
    confirmations: Sequence[Confirmed] = ()
    teams: Sequence[TeamUses] = ()
    my_teams: Sequence[Named] = ()
    confirmed: bool = False


def ledger(session: Session, lesson: Lesson, who: Reader, *, page: int = 1) -> Ledger:
    """The ledger of a lesson that `who` may read, with so many uses as a page holds. What not
    everybody may know who reads the lesson is in it for nobody."""
    asked = {"lesson": lesson.id, "skipped": (page - 1) * PER_PAGE, "teams": list(who.teams)}
    rows: dict[str, list[Any]] = {}
    for row in session.connection().execute(EVERYTHING, asked):
        rows.setdefault(row.what, []).append(row)
    uses = sorted(rows.get("use", []), key=lambda row: (row.day, row.at, row.id), reverse=True)
    again = sorted(rows.get("again", []), key=_happened, reverse=True)
    confirmed = rows.get("confirmed", [])
    total = rows.get("total", [])
    return Ledger(
        uses=[_used(row, who) for row in uses],
        total=total[0].number if total else 0,
        recurrences=[_again(row, who) for row in again],
        confirmations=[Confirmed(_by(row), row.note, row.at) for row in _newest(confirmed)],
        teams=sorted(
            (TeamUses(_team(row), row.number) for row in rows.get("team", [])),
            key=lambda it: (-it.number, it.team.name.casefold()),
        ),
        my_teams=sorted(map(_team, rows.get("mine", [])), key=lambda it: it.name.casefold()),
        confirmed=any(row.by_id == who.person.id for row in confirmed),
    )


def recurrences(
    session: Session, lesson: Lesson, who: Reader, *, page: int = 1
) -> tuple[list[Again], int]:
    """A page of the recurrences of a lesson that `who` may read, the last reported first, and how
    many there are."""
    asked = {"lesson": lesson.id, "skipped": (page - 1) * PER_PAGE}
    rows = session.connection().execute(RECURRENCES, asked)
    total = session.connection().execute(MANY_RECURRENCES, asked).scalar_one()
    return [_again(row, who) for row in rows], total


def _newest(rows: list[Any]) -> list[Any]:
    return sorted(rows, key=lambda row: (row.at, row.id), reverse=True)[:MOST_BESIDE]


def _happened(row: Any) -> tuple[date, datetime, str]:
    return row.day or row.at.date(), row.at, row.id


def _team(row: Any) -> Named:
    return Named(row.team_id or "", row.team or "")


def _by(row: Any) -> Named:
    return Named(row.by_id or "", row.by or "")


def _used(row: Any, who: Reader) -> Used:
    return Used(
        id=row.id,
        team=_team(row),
        by=_by(row),
        own_team=bool(row.own_team),
        manner=Manner(row.manner),
        result=Result(row.result),
        on=row.day,
        work=row.work,
        note=row.note,
        measure=row.measure,
        unit=row.unit,
        before=row.before,
        after=row.after,
        source=row.source,
        brief_id=row.other_id or "",
        reported_at=row.at,
        mine=row.by_id == who.person.id or row.team_id in who.teams,
    )


def _again(row: Any, who: Reader) -> Again:
    return Again(
        id=row.id,
        team=_team(row),
        by=_by(row),
        on=row.day,
        cost=row.work,
        broke=Broke(row.manner) if row.manner else None,
        note=row.note,
        newer=Named(row.other_id or "", row.other or ""),
        reported_at=row.at,
        mine=may_withdraw(row.other_id, row.by_id, row.team_id, who),
    )
