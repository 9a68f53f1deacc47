"""Times of day in people's own time zones."""

from datetime import UTC, date, datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

_REGIONS = (
    "Africa/",
    "America/",
    "Antarctica/",
    "Arctic/",
    "Asia/",
    "Atlantic/",
    "Australia/",
    "Europe/",
    "Indian/",
    "Pacific/",
)
#: For ships, stations, and whoever lives by the clock of the world.
_WORLD = "UTC"


@cache
def known_zones() -> tuple[str, ...]:
    """The names that people choose from (“Europe/Berlin”), in order, UTC last. A setting may name
    any other that the machine knows."""
    names = (name for name in every_zone() if name.startswith(_REGIONS))
    return (*sorted(names), _WORLD)


@cache
def every_zone() -> frozenset[str]:
    """The names of all zones that the machine knows: looked up once, in hundreds of files."""
    return frozenset(available_timezones())


def at_local(day: date, hour: int, zone: str) -> datetime:
    """The moment, in UTC, when the clock of a zone strikes a whole hour (0 to 23) of a day.

    An hour that is struck twice counts when it is struck first; one that is left out (the clock is
    put forward over it) counts as the moment in which that happens; of a day that is left out
    whole, as the same hour of the day after. A name that nobody knows (any more) is read as UTC.
    """
    local = datetime(day.year, day.month, day.day, hour, tzinfo=_zone(zone))
    # Before the clocks change (fold=0), an hour that is left out is counted on past the gap.
    return local.astimezone(UTC)


def day_in(zone: str, moment: datetime) -> date:
    """Which day it is in a zone at a moment."""
    return moment.astimezone(_zone(zone)).date()


def _zone(name: str) -> ZoneInfo:
    known = name if name in every_zone() else _WORLD
    return ZoneInfo(known)
