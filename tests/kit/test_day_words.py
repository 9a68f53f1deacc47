"""Days in the words of those who read of them, and exactly beside that."""

from datetime import date, timedelta

import pytest

from app.kit.templates import day_as_said, time_element

TODAY = date(2026, 7, 22)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (TODAY, "today"),
        (date(2026, 7, 21), "yesterday"),
        (date(2026, 7, 19), "3 days ago"),
        (date(2026, 7, 16), "6 days ago"),
        (date(2026, 7, 15), "last week"),
        (date(2026, 7, 8), "2 weeks ago"),
        (date(2026, 6, 18), "4 weeks ago"),
        (date(2026, 6, 17), "in June"),
        (date(2026, 1, 1), "in January"),
        (date(2025, 12, 31), "in December last year"),
        (date(2025, 3, 4), "in March last year"),
        (date(2024, 12, 31), "in December 2024"),
        (date(2026, 7, 23), "23 July 2026"),
    ],
)
def test_a_day_is_said_as_people_say_it(day: date, said: str) -> None:
    assert day_as_said(day, TODAY) == said


def test_the_turn_of_the_year_does_not_make_a_day_older() -> None:
    assert day_as_said(date(2025, 12, 24), date(2026, 1, 2)) == "last week"
    assert day_as_said(date(2025, 12, 1), date(2026, 1, 2)) == "4 weeks ago"


def test_the_exact_day_stands_in_the_element() -> None:
    assert time_element(TODAY - timedelta(1), TODAY) == (
        '<time datetime="2026-07-21" title="21 July 2026">yesterday</time>'
    )
