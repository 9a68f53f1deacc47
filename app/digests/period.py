"""The month or the week that a digest tells of.

Months and weeks are counted in UTC, as all days here are: the acts of protected authors are dated
by UTC days, and would fall into the wrong month elsewhere.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from app.kit.errors import NotFound

_MONTH = re.compile(r"(\d{4})-(\d{2})")
_WEEK = re.compile(r"(\d{4})-W(\d{2})")
_FIRST_YEAR, _LAST_YEAR = 1990, 2200
_WEEK_DAYS = 7


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A month (`2026-10`) or an ISO week (`2026-W44`): from `first` up to, without, `end`."""

    first: date
    end: date

    @property
    def weekly(self) -> bool:
        return (self.end - self.first).days == _WEEK_DAYS

    @property
    def key(self) -> str:
        """How it is named in addresses: `2026-10`, `2026-W44`."""
        if self.weekly:
            year, week, _ = self.first.isocalendar()
            return f"{year}-W{week:02}"
        return f"{self.first:%Y-%m}"

    @property
    def name(self) -> str:
        """How people say it: “October 2026”, “26 October to 1 November 2026”."""
        if not self.weekly:
            return f"{self.first:%B %Y}"
        last = self.end - timedelta(days=1)
        start = str(self.first.day)
        if last.month != self.first.month:
            start += f" {self.first:%B}"
        if last.year != self.first.year:
            start += f" {self.first.year}"
        return f"{start} to {last.day} {last:%B %Y}"

    @property
    def starts_at(self) -> datetime:
        return datetime(self.first.year, self.first.month, self.first.day, tzinfo=UTC)

    @property
    def ends_at(self) -> datetime:
        return datetime(self.end.year, self.end.month, self.end.day, tzinfo=UTC)

    def is_over(self, now: datetime) -> bool:
        return now >= self.ends_at

    @property
    def next(self) -> "Period":
        return week_of(self.end) if self.weekly else month_of(self.end)

    @property
    def previous(self) -> "Period":
        before = self.first - timedelta(days=1)
        return week_of(before) if self.weekly else month_of(before)

    def ending_here(self, count: int) -> "list[Period]":
        """So many periods of this length, oldest first, this one last."""
        found = [self]
        while len(found) < count:
            found.append(found[-1].previous)
        return found[::-1]


def month_of(day: date) -> Period:
    """The month that a day is in."""
    first = day.replace(day=1)
    end = (first + timedelta(days=31)).replace(day=1)
    return Period(first, end)


def week_of(day: date) -> Period:
    """The week, from Monday, that a day is in."""
    first = day - timedelta(days=day.weekday())
    return Period(first, first + timedelta(days=_WEEK_DAYS))


def period_called(key: str) -> Period:
    """The period of a key as in addresses. Raises NotFound for anything else."""
    month, week = _MONTH.fullmatch(key), _WEEK.fullmatch(key)
    found = month or week
    if found is None or not _FIRST_YEAR <= int(found[1]) <= _LAST_YEAR:
        raise NotFound
    try:
        if month:
            return month_of(date(int(month[1]), int(month[2]), 1))
        return week_of(date.fromisocalendar(int(found[1]), int(found[2]), 1))
    except ValueError as error:
        raise NotFound from error
