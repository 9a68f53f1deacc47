"""Every address that people's browsers can ask for, read from the routes themselves."""

import re
from collections.abc import Iterable, Iterator

from fastapi import APIRouter
from fastapi.routing import iter_route_contexts

from app.kit import health
from app.routes import PAGES, SIGNED


def page_addresses() -> Iterator[tuple[str, str]]:
    """Method and path of every page, as in `GET` and `/lessons/{lesson_id}`; HEAD goes with GET."""
    return _addresses((*PAGES, health.router))


def signed_addresses() -> Iterator[tuple[str, str]]:
    """The same of those that mails lead to, which carry their own proof."""
    return _addresses(SIGNED)


def _addresses(routers: Iterable[APIRouter]) -> Iterator[tuple[str, str]]:
    for router in routers:
        for route in iter_route_contexts(router.routes):
            for method in set(route.methods or ()) - {"HEAD"}:
                yield method, re.sub(r":\w+}", "}", route.path or "")
