"""“I used this”: reporting a use of a lesson, changing and withdrawing it."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from app.events.record import record
from app.kit.errors import Invalid, NotFound
from app.lessons.access import Reader
from app.lessons.models import Lesson
from app.people.models import Person, Team
from app.people.teams import teams_read_by
from app.uses.models import Manner, Result, Use
from app.uses.naming import NotYourReport, not_to_come, own_team_called, refuse_to_name
from app.uses.schemas import UseInput
from app.uses.standing import hold, settle

_NOTE = {
    Manner.ADAPTED: "Say how you adapted it: that is what the next team needs.",
    Manner.REJECTED: "Say why you did not use it: that is what mends the lesson.",
}


def report(
    session: Session,
    lesson: Lesson,
    use: UseInput,
    *,
    by: Person,
    now: datetime,
    brief_id: str | None = None,
    claim_code: str = "",
) -> Use:
    """Report that a team used a lesson, or decided not to. The same said twice is one use, and so
    is whatever is said of a lesson in one brief: what is said last stands.

    Raises Invalid for a draft, for what does not fit together and for a team that is not theirs;
    NamedAsAuthor for whoever holds the claim code.
    """
    refuse_to_name(lesson, claim_code)
    hold(session, [lesson.id])
    facts = _facts(session, use, by, now)
    known = _said_before(session, lesson, facts, by, brief_id)
    if known is not None:
        return change(session, lesson, known, use, by=by, now=now)
    row = Use(
        lesson_id=lesson.id,
        brief_id=brief_id,
        by_id=by.id,
        own_team=_own_team(session, lesson, facts["team_id"]),
        reported_at=now,
        changed_at=now,
        **facts,
    )
    session.add(row)
    _record(session, "use.reported", row, by, now)
    settle(session, [lesson.id], now=now)
    return row


def changeable_use(session: Session, lesson: Lesson, use_id: str, who: Reader) -> Use:
    """The use of this lesson by id, as it is now, if `who` reported it or speaks for its team; it
    stays so for the transaction. Raises NotFound, NotYourReport."""
    hold(session, [lesson.id])
    use = session.get(Use, use_id)
    if use is None or use.lesson_id != lesson.id:
        raise NotFound
    if not may_change(use, who):
        raise NotYourReport
    return use


def may_change(use: Use, who: Reader) -> bool:
    """Whether `who` may change or withdraw a use."""
    return use.by_id == who.person.id or use.team_id in who.teams


def change(
    session: Session, lesson: Lesson, use: Use, content: UseInput, *, by: Person, now: datetime
) -> Use:
    """Say it anew. A team that it was reported for already may stay. Raises as `report`."""
    hold(session, [lesson.id])
    facts = _facts(session, content, by, now, use)
    if all(getattr(use, name) == value for name, value in facts.items()):
        return use
    if facts["team_id"] != use.team_id:
        use.own_team = _own_team(session, lesson, facts["team_id"])
    use.sqlmodel_update(facts | {"changed_at": now})
    session.add(use)
    _record(session, "use.changed", use, by, now)
    settle(session, [lesson.id], now=now)
    return use


def withdraw(session: Session, lesson: Lesson, use: Use, *, by: Person, now: datetime) -> None:
    """Erase a use: nothing came of it, or it was reported by mistake."""
    session.delete(use)
    _record(session, "use.withdrawn", use, by, now)
    settle(session, [lesson.id], now=now)


def _record(session: Session, kind: str, use: Use, by: Person, now: datetime) -> None:
    record(
        session,
        kind,
        use.id,
        by=by.id,
        now=now,
        lesson_id=use.lesson_id,
        brief_id=use.brief_id,
        team_id=use.team_id,
        manner=use.manner.value,
        result=use.result.value,
        own_team=use.own_team,
        measured=bool(use.measure),
        compared=use.before is not None and use.after is not None,
        work_id=_first_of_the_work(session, use),
        used_on=use.used_on.isoformat(),
    )


def _first_of_the_work(session: Session, use: Use) -> str:
    """The first use that was reported in the same words of what the same team was working on:
    events tell that two were one piece of work, and never which."""
    if not use.work:
        return use.id
    same = select(Use.id).where(Use.team_id == use.team_id, Use.work == use.work)
    first = session.exec(same.order_by(col(Use.reported_at), col(Use.id)).limit(1)).first()
    return first or use.id


def _facts(
    session: Session, use: UseInput, by: Person, now: datetime, before: Use | None = None
) -> dict[str, Any]:
    """The columns that `use` says; what was rejected has neither result nor measure."""
    wrong = not_to_come("used_on", use.used_on, now) | _wrong_measure(use)
    if use.manner in _NOTE and not use.note:
        wrong["note"] = _NOTE[use.manner]
    if wrong:
        raise Invalid(fields=wrong)
    facts = use.model_dump(exclude={"team"})
    facts["team_id"] = _team_id(session, use.team, by, before)
    facts["used_on"] = use.used_on or (before.used_on if before else now.date())
    if use.manner is Manner.REJECTED:
        nothing = {"measure": "", "unit": "", "source": "", "before": None, "after": None}
        facts |= nothing | {"result": Result.UNKNOWN}
    return facts


def _team_id(session: Session, name: str, by: Person, before: Use | None) -> str | None:
    here = session.get(Team, before.team_id) if before and before.team_id else None
    if here and name in (here.id, here.name):
        return here.id
    team = own_team_called(session, name, by)
    return team.id if team else None


def _wrong_measure(use: UseInput) -> dict[str, str]:
    if use.manner is Manner.REJECTED:
        return {}
    numbers = use.before is not None or use.after is not None
    if numbers and not use.measure:
        return {"measure": "Say what was measured."}
    if use.measure and not numbers:
        return {"after": "Give the number before, the one after, or both."}
    return {}


def _own_team(session: Session, lesson: Lesson, team_id: str | None) -> bool:
    """Whether the team is the author's own, or stands below one that they manage. Of a protected
    lesson only the team that it names tells: anything more would tell who wrote it."""
    if team_id is None:
        return False
    if team_id == lesson.team_id:
        return True
    if lesson.is_protected or lesson.author_id is None:
        return False
    author = session.get(Person, lesson.author_id)
    return author is not None and team_id in teams_read_by(session, author)


def _said_before(
    session: Session, lesson: Lesson, facts: dict[str, Any], by: Person, brief_id: str | None
) -> Use | None:
    of_lesson = select(Use).where(Use.lesson_id == lesson.id)
    if brief_id:
        return session.exec(of_lesson.where(Use.brief_id == brief_id)).first()
    same = [getattr(Use, name) == value for name, value in facts.items()]
    return session.exec(of_lesson.where(Use.by_id == by.id, *same)).first()
