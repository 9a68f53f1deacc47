"""When digests are due: in the morning of the right day, wherever one is, whatever clocks do."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.digests.due import LAST_WORKING_DAY, due_at, lately_over, working_day
from app.digests.period import period_called
from app.kit.zones import known_zones


@pytest.mark.parametrize(
    ("period", "zone", "number", "due"),
    [
        ("2026-10", "UTC", 1, "2026-11-02T08:00"),  # Sunday the first
        ("2026-01", "UTC", 1, "2026-02-02T08:00"),
        ("2026-08", "Europe/Berlin", 1, "2026-09-01T06:00"),
        ("2026-11", "Europe/Berlin", 1, "2026-12-01T07:00"),
        ("2026-12", "Europe/Berlin", 1, "2027-01-01T07:00"),  # the turn of the year
        ("2028-02", "America/New_York", 1, "2028-03-01T13:00"),  # after the leap day
        ("2028-01", "America/New_York", 1, "2028-02-01T13:00"),
        ("2026-10", "America/New_York", 1, "2026-11-02T13:00"),  # the day after clocks went back
        ("2027-02", "America/New_York", 10, "2027-03-12T13:00"),
        ("2027-02", "America/New_York", 11, "2027-03-15T12:00"),  # the day after they went on
        ("2026-10", "UTC", 5, "2026-11-06T08:00"),
        ("2026-10", "UTC", 6, "2026-11-09T08:00"),  # over a week-end
        # Eight in the morning comes before the month is over in UTC: one waits until it is.
        ("2026-09", "Pacific/Kiritimati", 1, "2026-10-01T00:00"),
        ("2026-10", "Pacific/Kiritimati", 1, "2026-11-01T18:00"),
        ("2026-09", "Etc/GMT+12", 1, "2026-10-01T20:00"),
        ("2026-W44", "Europe/Berlin", 7, "2026-11-02T07:00"),
        ("2026-W43", "Europe/Berlin", 1, "2026-10-26T07:00"),  # clocks went back on Sunday
        ("2027-W12", "Europe/Berlin", 1, "2027-03-29T06:00"),  # and on
        ("2026-W53", "UTC", 1, "2027-01-04T08:00"),
        ("2026-W44", "Pacific/Kiritimati", 1, "2026-11-02T00:00"),
    ],
)
def test_a_digest_is_due_at_eight_where_one_is(
    period: str, zone: str, number: int, due: str
) -> None:
    assert due_at(period_called(period), zone, number) == datetime.fromisoformat(due + "Z")


def test_no_digest_is_due_before_its_period_is_over_nor_on_a_week_end() -> None:
    periods = period_called("2028-12").ending_here(36)
    for zone in ("UTC", "Pacific/Kiritimati", "Etc/GMT+12", *known_zones()[::40]):
        for period in periods:
            due = due_at(period, zone, LAST_WORKING_DAY)
            assert period.ends_at <= due_at(period, zone) <= due
            assert due < period.next.ends_at
    for period in periods:
        days = [working_day(period.first, number) for number in range(1, LAST_WORKING_DAY + 1)]
        assert days == sorted(set(days))
        assert all(day.weekday() < 5 for day in days)
        assert days[0].day <= 3


def test_what_fell_due_is_still_known_when_it_is_late() -> None:
    now = datetime(2026, 11, 22, 9, tzinfo=UTC)
    assert [period.key for period in lately_over(now)] == [
        *("2026-07", "2026-08", "2026-09", "2026-10", "2026-W45", "2026-W46")
    ]
    for days in range(400):
        moment = now + timedelta(days=days, hours=-10)
        for period in lately_over(moment):
            assert period.is_over(moment)
    assert working_day(date(2026, 11, 30), 1) == date(2026, 11, 2)
