"""The one place that asks what time it is, so that tests can say."""

import resource
from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Now, aware, in UTC."""
    return datetime.now(UTC)


def day_floor(moment: datetime) -> datetime:
    """The start of the UTC day of `moment`: how a protected author's acts are dated."""
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def hour_floor(moment: datetime) -> datetime:
    """The start of the hour of `moment`."""
    return moment.replace(minute=0, second=0, microsecond=0)


def worked_seconds() -> float:
    """How long this thread has worked since it began, to a few milliseconds.

    From getrusage(2), which costs half a microsecond; the exact clock of a thread costs a hundred
    where processors are shared.
    """
    used = resource.getrusage(resource.RUSAGE_THREAD)
    return used.ru_utime + used.ru_stime
