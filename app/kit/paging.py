"""A part of a long list, and the addresses of the others."""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from urllib.parse import urlencode

from fastapi import Request

LAST_PAGE = 1000
# Pages nearer to the one shown than this have their links.
_AROUND = 3


@dataclass(frozen=True, slots=True)
class Paging:
    """Page `number` of a list of `total` items, `per_page` a page."""

    number: int
    per_page: int
    total: int
    url: Callable[[int], str]

    @property
    def count(self) -> int:
        return max(1, min(LAST_PAGE, ceil(self.total / self.per_page)))

    @property
    def shown(self) -> list[int]:
        """The first page, the last, and those around this one; 0 where some are left out."""
        count, ends = self.count, {1, self.count}
        around = range(max(1, self.number - _AROUND), min(count, self.number + _AROUND) + 1)
        return [
            0 if abs(number - self.number) == _AROUND and number not in ends else number
            for number in sorted(ends.union(around))
        ]

    @property
    def offset(self) -> int:
        return (self.number - 1) * self.per_page


def page_number(request: Request) -> int:
    """The page that the address asks for; nonsense means the first."""
    asked = request.query_params.get("page", "1")
    is_number = asked.isascii() and asked.isdigit() and len(asked) <= len(str(LAST_PAGE))
    return min(max(1, int(asked)), LAST_PAGE) if is_number else 1


def paging(request: Request, *, total: int, per_page: int = 20) -> Paging:
    """Where in the list the request is; other parameters of the address are kept."""
    number = page_number(request)
    kept = [(k, v) for k, v in request.query_params.multi_items() if k != "page"]

    path, query = request.url.path, urlencode(kept)
    first = f"{path}?{query}" if query else path
    begun = f"{path}?{query}&page=" if query else f"{path}?page="

    def url(page: int) -> str:
        return f"{begun}{page}" if page > 1 else first

    return Paging(number, per_page, total, url)
