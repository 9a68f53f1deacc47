"""Hours of the day in people's own time zones."""

from datetime import UTC, date, datetime

import pytest

from app.kit.zones import at_local, day_in, known_zones


@pytest.mark.parametrize(
    ("day", "hour", "zone", "said"),
    [
        (date(2026, 1, 5), 8, "Europe/Berlin", "2026-01-05T07:00"),
        (date(2026, 7, 1), 8, "Europe/Berlin", "2026-07-01T06:00"),
        # Clocks are put forward from 02:00 to 03:00: there is no two o'clock.
        (date(2026, 3, 29), 2, "Europe/Berlin", "2026-03-29T01:00"),
        (date(2026, 3, 29), 3, "Europe/Berlin", "2026-03-29T01:00"),
        # And back from 03:00 to 02:00: two strikes twice, the first counts.
        (date(2026, 10, 25), 2, "Europe/Berlin", "2026-10-25T00:00"),
        (date(2026, 10, 25), 3, "Europe/Berlin", "2026-10-25T02:00"),
        # Half an hour alone, and three quarters.
        (date(2026, 10, 5), 8, "Australia/Lord_Howe", "2026-10-04T21:00"),
        (date(2026, 10, 5), 8, "Asia/Kathmandu", "2026-10-05T02:15"),
        (date(2026, 1, 1), 8, "Pacific/Kiritimati", "2025-12-31T18:00"),
        (date(2026, 1, 1), 8, "Etc/GMT+12", "2026-01-01T20:00"),
        # Samoa left this day out.
        (date(2011, 12, 30), 8, "Pacific/Apia", "2011-12-30T18:00"),
        (date(2026, 1, 1), 8, "Europe/Atlantis", "2026-01-01T08:00"),
    ],
)
def test_an_hour_is_struck_once_whatever_clocks_do(
    day: date, hour: int, zone: str, said: str
) -> None:
    assert at_local(day, hour, zone).isoformat()[:16] == said
    assert at_local(day, hour, zone).tzinfo is UTC


def test_a_day_begins_where_one_is() -> None:
    moment = datetime(2026, 2, 28, 23, 30, tzinfo=UTC)
    assert day_in("Pacific/Kiritimati", moment) == date(2026, 3, 1)
    assert day_in("America/Los_Angeles", moment) == date(2026, 2, 28)


def test_zones_are_chosen_by_the_names_of_places() -> None:
    zones = known_zones()
    assert {"Europe/Berlin", "Asia/Kathmandu", "America/Argentina/Buenos_Aires"} <= set(zones)
    assert zones[-1] == "UTC"
    assert not any(zone.startswith(("Etc/", "posix")) for zone in zones)
