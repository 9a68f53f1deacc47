"""When digests come out, for a calendar: an event that comes again, where its reader is."""

from datetime import UTC, date, datetime, timedelta, tzinfo
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vRecur

from app.digests.due import HOUR, working_day
from app.digests.period import month_of, week_of
from app.kit.zones import day_in, every_zone

_MAKER = "-//Commonplace//Digests//EN"
_LASTS = timedelta(minutes=10)
#: For so many years the changes of the clocks are written out, for whoever does not know the zone.
_YEARS = 12
_WORKING_DAYS = ["MO", "TU", "WE", "TH", "FR"]
_SAID = "What to act on, what changed, whom to thank: ten minutes."


def as_calendar(
    *, zone: str, day: int, weekly: bool, reader_id: str, base_url: str, now: datetime
) -> bytes:
    """An event on the `day`-th working day of each month at eight in `zone` (what is none counts
    as UTC), from the next on; with `weekly` another on Mondays. The same events each time that it
    is asked for: a calendar takes them as the ones that it has."""
    calendar = Calendar()
    calendar.add("prodid", _MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    today, hour = day_in(zone, now), _hour(zone, day, now)
    first = _next_month(today, day)
    rule = vRecur(freq="monthly", byday=_WORKING_DAYS, bysetpos=day)
    months = _event("The month on one page", first, hour, zone, rule)
    months.add("uid", f"digest-monthly-{reader_id}@{_host(base_url)}")
    events = [months]
    if weekly:
        monday = week_of(today).next.first
        weeks = _event(
            "The week on one page", monday, HOUR, zone, vRecur(freq="weekly", byday="MO")
        )
        weeks.add("uid", f"digest-weekly-{reader_id}@{_host(base_url)}")
        events.append(weeks)
    for event in events:
        event.add("dtstamp", now)
        event.add("url", f"{base_url}/digests")
        event.add("description", f"{_SAID}\n{base_url}/digests")
        calendar.add_component(event)
    since = date(today.year, 1, 1)
    calendar.add_missing_timezones(since, since.replace(year=since.year + _YEARS))
    made: bytes = calendar.to_ical()
    return made


def _event(name: str, day: date, hour: int, zone: str, rule: vRecur) -> Event:
    event = Event()
    event.add("summary", name)
    starts = datetime(day.year, day.month, day.day, hour, tzinfo=_zone(zone))
    event.add("dtstart", starts)
    event.add("dtend", starts + _LASTS)
    event.add("rrule", rule)
    event.add("transp", "TRANSPARENT")  # it keeps nobody from being invited elsewhere
    return event


def _next_month(today: date, day: int) -> date:
    """The day on which the next digest of a month comes out, today included."""
    this = working_day(today, day)
    return this if this >= today else working_day(month_of(today).end, day)


def _hour(zone: str, day: int, now: datetime) -> int:
    """Eight; in the far east later, where the month, counted in UTC, is not over at eight on its
    first day."""
    if day > 1:
        return HOUR
    year = [datetime(now.year, month, 1, tzinfo=_zone(zone)) for month in (1, 7)]
    ahead = max((moment.utcoffset() or timedelta()) for moment in year)
    return max(HOUR, -(-ahead // timedelta(hours=1)))


def _zone(name: str) -> tzinfo:
    # By its own name UTC is written with a Z, which needs no zone.
    return UTC if name == "UTC" or name not in every_zone() else ZoneInfo(name)


def _host(base_url: str) -> str:
    return urlsplit(base_url).hostname or "commonplace"
