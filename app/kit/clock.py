"""The one place that asks what time it is, so that tests can say."""

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
