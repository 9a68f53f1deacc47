"""When digests go out, as administrators say it: on which working day, and whether at all."""

from datetime import datetime

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from app.digests.due import LAST_WORKING_DAY
from app.digests.models import DigestPlan
from app.events.record import record
from app.kit.errors import Invalid
from app.mail.models import Purpose
from app.people.models import Person

_THE_ONE = 1


def the_plan(session: Session) -> DigestPlan | None:
    """The plan, None before digests were ever sent or planned."""
    return session.get(DigestPlan, _THE_ONE)


def held_back(session: Session) -> tuple[Purpose, ...]:
    """Of the mails that stand in line those that a pause keeps there."""
    plan = the_plan(session)
    return (Purpose.DIGEST,) if plan and plan.paused_at else ()


def begin(session: Session, *, now: datetime) -> None:
    """Send digests from now on: nothing that fell due before is sent. Once; later it is without
    effect."""
    connection = session.connection()
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    made = insert(DigestPlan).values(id=_THE_ONE, begun_at=now, working_day=1)
    connection.execute(made.on_conflict_do_nothing())


def choose_day(session: Session, working_day: int, *, by: Person, now: datetime) -> None:
    """Send months on this working day of the next, from 1. What went out does not go again."""
    if not 1 <= working_day <= LAST_WORKING_DAY:
        message = f"Choose a working day from the 1st to the {LAST_WORKING_DAY}th."
        raise Invalid(message, fields={"working_day": message})
    plan = _to_change(session, now)
    if plan.working_day != working_day:
        plan.working_day = working_day
        _note(session, "digest.planned", plan, by, now, working_day=working_day)


def pause(session: Session, *, by: Person, now: datetime) -> None:
    """Let nothing go out until `resume`, nor what stands in line already; what falls due meanwhile
    is sent then."""
    plan = _to_change(session, now)
    if plan.paused_at is None:
        plan.paused_at, plan.paused_by_id = now, by.id
        _note(session, "digest.paused", plan, by, now)


def resume(session: Session, *, by: Person, now: datetime) -> None:
    """Undo `pause`."""
    plan = _to_change(session, now)
    if plan.paused_at is not None:
        plan.paused_at = plan.paused_by_id = None
        _note(session, "digest.resumed", plan, by, now)


def _to_change(session: Session, now: datetime) -> DigestPlan:
    begin(session, now=now)
    return session.get_one(DigestPlan, _THE_ONE, with_for_update=True, populate_existing=True)


def _note(
    session: Session, kind: str, plan: DigestPlan, by: Person, now: datetime, **facts: int
) -> None:
    session.add(plan)
    record(session, kind, str(plan.id), by=by.id, now=now, **facts)
