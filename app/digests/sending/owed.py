"""Which mails of digests are owed at a moment, to whom and for which period."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col, select

from app.digests.due import due_at, late_at, lately_over
from app.digests.models import DigestPlan, DigestSending
from app.digests.period import Period
from app.digests.sending.getting import Recipient, recipients
from app.digests.sending.plan import the_plan


class Owed(NamedTuple):
    """The one mail of a period to a person, and since when it is due."""

    due_at: datetime
    person_id: str
    period: Period


def owed(
    session: Session, found: Sequence[Recipient], plan: DigestPlan, *, zone: str, now: datetime
) -> list[Owed]:
    """Every mail to these people that is due and does not stand in line yet, the longest due first;
    none that fell due before digests were sent, or so long ago that nobody waits for it. `zone` is
    for those who chose none."""
    if plan.paused_at is not None:
        return []
    dated = _dated(found, lately_over(now), zone, plan.working_day)
    due = [
        one for one in dated if plan.begun_at <= one.due_at <= now < late_at(one.period, one.due_at)
    ]
    return _not_begun(session, due, now)


def owed_now(session: Session, *, zone: str, now: datetime) -> set[str]:
    """The ids of those whose digest leaves any moment: another mail to them waits for it."""
    plan = the_plan(session)
    if plan is None:
        return set()
    return {one.person_id for one in owed(session, recipients(session), plan, zone=zone, now=now)}


def owed_of(
    session: Session, plan: DigestPlan, period: Period, *, zone: str, now: datetime
) -> list[Owed]:
    """Every mail of one period that does not stand in line yet, whenever it is or was due: for
    whoever sends it by hand."""
    dated = _dated(recipients(session), [period], zone, plan.working_day)
    return _not_begun(session, dated, now)


def who_gets(
    found: Sequence[Recipient], period: Period, *, zone: str, working_day: int
) -> list[Owed]:
    """Those of the people who get a period's mail as things stand, and when, the first first."""
    return sorted(_dated(found, [period], zone, working_day))


def _dated(
    found: Iterable[Recipient], periods: Iterable[Period], zone: str, working_day: int
) -> list[Owed]:
    periods = list(periods)
    known: dict[tuple[str, Period], datetime] = {}
    dated = []
    for one in found:
        theirs = one.zone or zone
        for period in periods:
            if (theirs, period) not in known:
                known[theirs, period] = due_at(period, theirs, working_day)
            due = known[theirs, period]
            if any(get.comes_with(period) and get.since <= due for get in one.gets):
                dated.append(Owed(due, one.person_id, period))
    return dated


def _not_begun(session: Session, due: list[Owed], now: datetime) -> list[Owed]:
    """Those that do not stand in line, and that nobody is writing."""
    if not due:
        return []
    keys = {one.period.key for one in due}
    rows = session.exec(
        select(DigestSending.person_id, DigestSending.period).where(
            col(DigestSending.period).in_(keys),
            sa.or_(
                col(DigestSending.queued_at).is_not(None),
                col(DigestSending.claimed_until) > now,
            ),
        )
    )
    begun = set(rows.all())
    return sorted(one for one in due if (one.person_id, one.period.key) not in begun)
