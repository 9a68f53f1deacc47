"""What goes out next, when, and to how many."""

from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session

from app.digests.models import DigestPlan
from app.digests.period import Period, month_of, week_of
from app.digests.sending.getting import recipients
from app.digests.sending.owed import who_gets


class Coming(NamedTuple):
    """The mails of a period: so many people, the first due at `first` and the last at `last`, UTC,
    each at eight where they are."""

    period: Period
    people: int
    first: datetime
    last: datetime


def outlook(session: Session, plan: DigestPlan | None, *, zone: str, now: datetime) -> list[Coming]:
    """The next month and the next week that somebody is sent, as things stand. In the three
    questions of `recipients`."""
    people, found = recipients(session), []
    day = plan.working_day if plan else 1
    for running in (month_of(now.date()), week_of(now.date())):
        for period in (running.previous, running):
            due = who_gets(people, period, zone=zone, working_day=day)
            if due and due[-1].due_at > now:
                found.append(Coming(period, len(due), due[0].due_at, due[-1].due_at))
                break
    return found
