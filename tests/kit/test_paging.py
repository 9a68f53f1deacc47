"""A part of a long list, and the addresses of the others."""

import pytest
from fastapi import Request

from app.kit.paging import LAST_PAGE, paging


def _request(query: str) -> Request:
    return Request(
        {
            "type": "http",
            "path": "/lessons",
            "query_string": query.encode(),
            "headers": [],
            "server": ("127.0.0.1", 8000),
            "scheme": "http",
            "method": "GET",
        }
    )


@pytest.mark.parametrize(
    ("query", "number", "offset"),
    [("", 1, 0), ("page=1", 1, 0), ("page=3", 3, 40), ("page=3&page=2", 2, 20)],
)
def test_the_address_says_which_part(query: str, number: int, offset: int) -> None:
    part = paging(_request(query), total=100, per_page=20)
    assert (part.number, part.offset) == (number, offset)


@pytest.mark.parametrize("page", ["0", "-1", "x", "1e3", "", "٣", "1 ", "999999999999"])
def test_nonsense_means_the_first(page: str) -> None:
    assert paging(_request(f"page={page}"), total=100).number == 1


def test_no_part_lies_beyond_the_last_that_is_given() -> None:
    assert paging(_request("page=9999"), total=10**9).number == LAST_PAGE


@pytest.mark.parametrize(
    ("total", "count"), [(0, 1), (1, 1), (20, 1), (21, 2), (100, 5), (10**9, LAST_PAGE)]
)
def test_there_is_always_a_part_and_never_too_many(total: int, count: int) -> None:
    assert paging(_request(""), total=total, per_page=20).count == count


def test_other_parameters_stay_in_the_address() -> None:
    part = paging(_request("kind=failure&kind=success&q=a+b&page=2"), total=100)
    assert part.url(3) == "/lessons?kind=failure&kind=success&q=a+b&page=3"
    assert part.url(1) == "/lessons?kind=failure&kind=success&q=a+b"


def test_the_first_part_has_the_plain_address() -> None:
    assert paging(_request("page=2"), total=100).url(1) == "/lessons"


@pytest.mark.parametrize(
    ("number", "pages", "shown"),
    [
        (1, 1, [1]),
        (1, 4, [1, 2, 3, 4]),
        (1, 9, [1, 2, 3, 0, 9]),
        (4, 9, [1, 2, 3, 4, 5, 6, 0, 9]),
        (5, 9, [1, 0, 3, 4, 5, 6, 7, 0, 9]),
        (6, 9, [1, 0, 4, 5, 6, 7, 8, 9]),
        (9, 9, [1, 0, 7, 8, 9]),
        (500, LAST_PAGE, [1, 0, 498, 499, 500, 501, 502, 0, LAST_PAGE]),
        (7, 3, [1, 3]),
    ],
)
def test_pages_around_this_one_are_shown_with_the_ends(
    number: int, pages: int, shown: list[int]
) -> None:
    assert paging(_request(f"page={number}"), total=pages * 20).shown == shown
