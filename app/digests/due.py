"""When a digest comes to somebody: in the morning, where they are, once its period is over."""

from datetime import date, datetime, timedelta

from app.digests.period import Period, month_of, week_of
from app.kit.zones import at_local

HOUR = 8
#: A plan may say up to which working day of the month one waits.
LAST_WORKING_DAY = 10
#: So long after it fell due a digest is still sent: whoever was shut for a while catches up.
MONTHS_LATE, WEEKS_LATE = timedelta(days=62), timedelta(days=7)
_FRIDAY = 4


def working_day(month: date, number: int) -> date:
    """The so-many-th day, from 1, of Monday to Friday in a month."""
    day = month.replace(day=1)
    while True:
        number -= day.weekday() <= _FRIDAY
        if not number:
            return day
        day += timedelta(days=1)


def due_at(period: Period, zone: str, number: int = 1) -> datetime:
    """When the digest of a period is due in a time zone, in UTC: of a month on working day
    `number` of the next, of a week on the Monday after, at eight; but never before the period,
    which is counted in UTC, is over."""
    day = period.end if period.weekly else working_day(period.end, number)
    return max(at_local(day, HOUR, zone), period.ends_at)


def late_at(period: Period, due: datetime) -> datetime:
    """Until when what fell due then is still sent."""
    return due + (WEEKS_LATE if period.weekly else MONTHS_LATE)


def lately_over(now: datetime) -> list[Period]:
    """The periods that may be due and not late: the last four months, the last two weeks."""
    today = now.date()
    months = month_of(today).previous.ending_here(4)
    return [*months, *week_of(today).previous.ending_here(2)]
