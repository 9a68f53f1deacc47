"""Dates as people write them in tables, with day and month told apart by the whole column."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONG_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_FIGURES = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)[,\s]*(.*)", re.ASCII)
_YEAR_FIRST = re.compile(
    r"(\d{4})(?:([-/.])(\d{1,2})(?:\2(\d{1,2}))?)?(?!\d)(?:[t\s]+(.*))?", re.ASCII
)
_YEAR_RUN = re.compile(r"(\d{4})(\d{2})(\d{2})?()", re.ASCII)
_DAY_NAME = re.compile(r"(\d{1,2})\.?\s+([a-z]+)\.?,?\s+(\d{4})(?:[,\s]+(.*))?")
_NAME_DAY = re.compile(r"([a-z]+)\.?\s+(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(\d{4})(?:[,\s]+(.*))?")
_CLOCK = re.compile(
    r"(\d{1,2}):(\d{2})(?::(\d{2})(\.\d{1,6})?\d*)?\s*([ap]\.?m\.?)?\s*(z|utc|[+-]\d{2}:?\d{2})?"
)
_LAST_MONTH = 12
_CENTURY_TURN = 69
"""Two figures of a year from here on belong to the last century (as POSIX has it)."""


@dataclass(frozen=True)
class DateOrder:
    """Whether 03/04/2020 in a column is the 3rd of April; `is_proved` by another value there."""

    day_first: bool = False
    is_proved: bool = False


def date_order(values: Iterable[str]) -> DateOrder:
    """Tell the order from figures above twelve; without any, month first is assumed."""
    day_first = month_first = 0
    for value in values:
        match = _FIGURES.fullmatch(value.strip().casefold())
        if match and match[2] != ".":
            day_first += int(match[1]) > _LAST_MONTH >= int(match[3])
            month_first += int(match[3]) > _LAST_MONTH >= int(match[1])
    return DateOrder(day_first > month_first, day_first != month_first)


def is_no_date(text: str) -> bool:
    """Whether a cell is empty, or is the date of zeros that databases write for none."""
    return not text.strip("0/-.: T")


def is_ambiguous(text: str) -> bool:
    """Whether day and month could be exchanged."""
    match = _FIGURES.fullmatch(text.strip().casefold())
    return bool(
        match and match[2] != "." and int(match[1]) != int(match[3]) and _both_months(match)
    )


def _both_months(match: re.Match[str]) -> bool:
    return max(int(match[1]), int(match[3])) <= _LAST_MONTH


def parse_moment(text: str, order: DateOrder) -> datetime:
    """Read a date, with or without a time, as an aware datetime (UTC where no zone is said).

    A year or month alone means its first day; dotted dates begin with the day. Raises ValueError
    for anything else.
    """
    plain = text.strip().casefold()
    for form, read in (
        (_YEAR_FIRST, _year_first),
        (_YEAR_RUN, _year_run),
        (_FIGURES, _figures),
        (_DAY_NAME, _day_name),
        (_NAME_DAY, _name_day),
    ):
        match = form.fullmatch(plain)
        if match is not None:
            day = read(match, order)
            return _with_clock(day, match[match.re.groups] or "")
    raise ValueError(text)


def _year_first(match: re.Match[str], _: DateOrder) -> date:
    return date(int(match[1]), int(match[3] or 1), int(match[4] or 1))


def _year_run(match: re.Match[str], _: DateOrder) -> date:
    return date(int(match[1]), int(match[2]), int(match[3] or 1))


def _figures(match: re.Match[str], order: DateOrder) -> date:
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    if len(match[4]) == len("97"):
        year += 1900 if year >= _CENTURY_TURN else 2000
    day_first = order.day_first or match[2] == "."
    # A figure above twelve can be no month, whatever the rest of the column does.
    if (first > _LAST_MONTH) != (second > _LAST_MONTH):
        day_first = first > _LAST_MONTH
    return date(year, second, first) if day_first else date(year, first, second)


def _day_name(match: re.Match[str], _: DateOrder) -> date:
    return date(int(match[3]), _month(match[2]), int(match[1]))


def _name_day(match: re.Match[str], _: DateOrder) -> date:
    return date(int(match[3]), _month(match[1]), int(match[2] or 1))


def _month(name: str) -> int:
    if name in _LONG_MONTHS or name in _MONTHS or name == "sept":
        return _MONTHS.index(name[:3]) + 1
    raise ValueError(name)


def _with_clock(day: date, clock: str) -> datetime:
    if not clock:
        return datetime.combine(day, time(), UTC)
    match = _CLOCK.fullmatch(clock.strip())
    if match is None:
        raise ValueError(clock)
    hour = int(match[1])
    if match[5]:
        hour = hour % 12 + (12 if match[5].startswith("p") else 0)
    micro = int((match[4] or ".").removeprefix(".").ljust(6, "0"))
    naive = datetime.combine(day, time(hour, int(match[2]), int(match[3] or 0), micro))
    zone = (match[6] or "z").upper().replace("UTC", "Z").replace("Z", "+00:00")
    return datetime.fromisoformat(f"{naive.isoformat()}{zone}").astimezone(UTC)
