"""Every route of the product, as the application itself knows them."""

from dataclasses import dataclass

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True, order=True)
class Route:
    """One method at one address; `path` has its parameters in braces."""

    path: str
    method: str

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def for_programs(self) -> bool:
        return self.path.startswith("/api/")

    @property
    def changes(self) -> bool:
        return self.method not in SAFE


def every_route(app: FastAPI) -> list[Route]:
    """Pages and calls, files that are served aside."""
    found = {
        Route(context.path_format, method)
        for context in iter_route_contexts(app.routes)
        for method in context.methods or ()
        if method != "HEAD"
    }
    return sorted(route for route in found if not route.path.startswith("/static"))
