"""Every address that people's browsers can ask for, read from the routes themselves."""

import re
from collections.abc import Iterator

from fastapi.routing import iter_route_contexts

from app.kit import health
from app.routes import PAGES


def page_addresses() -> Iterator[tuple[str, str]]:
    """Method and path of every page, as in `GET` and `/lessons/{lesson_id}`; HEAD goes with GET."""
    for router in (*PAGES, health.router):
        for route in iter_route_contexts(router.routes):
            for method in set(route.methods or ()) - {"HEAD"}:
                yield method, re.sub(r":\w+}", "}", route.path or "")
