from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.transfer.dates import DateOrder, date_order, is_ambiguous, is_no_date, parse_moment

MONTH_FIRST, DAY_FIRST = DateOrder(), DateOrder(day_first=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1997-01-31", "1997-01-31T00:00:00"),
        ("1997/1/31", "1997-01-31T00:00:00"),
        ("1997-01", "1997-01-01T00:00:00"),
        ("1997", "1997-01-01T00:00:00"),
        ("199701", "1997-01-01T00:00:00"),
        ("19970131", "1997-01-31T00:00:00"),
        ("01/31/1997", "1997-01-31T00:00:00"),
        ("1/2/1997", "1997-01-02T00:00:00"),
        ("31/01/1997", "1997-01-31T00:00:00"),
        ("02.01.1997", "1997-01-02T00:00:00"),
        ("01/31/97", "1997-01-31T00:00:00"),
        ("01/31/05", "2005-01-31T00:00:00"),
        ("09/12/2013 08:30", "2013-09-12T08:30:00"),
        ("11/9/2014 2:00 PM", "2014-11-09T14:00:00"),
        ("11/9/2014 12:05 am", "2014-11-09T00:05:00"),
        ("31 January 1997", "1997-01-31T00:00:00"),
        ("31. Jan 1997", "1997-01-31T00:00:00"),
        ("January 31st, 1997", "1997-01-31T00:00:00"),
        ("Sept 2004", "2004-09-01T00:00:00"),
        ("2024-02-29T10:20:30.123456+00:00", "2024-02-29T10:20:30.123456"),
        ("2024-02-29T10:20:30Z", "2024-02-29T10:20:30"),
        ("2024-02-29 10:20:30 +0200", "2024-02-29T08:20:30"),
    ],
)
def test_dates_are_read_as_people_write_them(text: str, expected: str) -> None:
    moment = parse_moment(text, MONTH_FIRST)
    assert moment == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    ["sometime in 2004", "30/02/2004", "2004-13-01", "Tuesday", "12", "1546300800", "32 May 2004"],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        parse_moment(text, MONTH_FIRST)


def test_a_column_shows_which_comes_first() -> None:
    assert date_order(["01/02/2020", "31/12/2020"]) == DateOrder(True, True)
    assert date_order(["01/02/2020", "12/31/2020"]) == DateOrder(False, True)
    assert date_order(["01/02/2020", "3.4.2020", ""]) == DateOrder(False, False)
    assert date_order(["06/18/1998", "02/22/1996", "31/12/2009"]) == DateOrder(False, True)
    assert parse_moment("03/04/2020", DAY_FIRST).month == 4
    assert parse_moment("03/04/2020", MONTH_FIRST).month == 3


def test_zeros_and_nothing_are_no_date() -> None:
    assert is_no_date("")
    assert is_no_date("00/00/0000")
    assert is_no_date("0000-00-00 00:00:00")
    assert not is_no_date("2000-10-10")


def test_only_figures_that_could_be_exchanged_are_ambiguous() -> None:
    assert is_ambiguous("03/04/2020")
    assert not is_ambiguous("04/04/2020")
    assert not is_ambiguous("13/04/2020")
    assert not is_ambiguous("2020-03-04")


@given(st.datetimes(min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30)))
def test_every_moment_that_is_exported_is_read_back(moment: datetime) -> None:
    aware = moment.replace(tzinfo=UTC)
    assert parse_moment(aware.isoformat(), MONTH_FIRST) == aware


@given(st.text(max_size=30))
def test_no_text_does_more_than_raise_a_value_error(text: str) -> None:
    is_ambiguous(text)
    is_no_date(text)
    try:
        found = parse_moment(text, DAY_FIRST)
    except (ValueError, OverflowError):
        return
    assert found.tzinfo is UTC
