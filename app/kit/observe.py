"""Each request as one log line and one measurement.

A line names the route (`/lessons/{lesson_id}`), never the address, and no person: together with the
times of posts, either would tell who a protected author is.
"""

import time

import structlog
from prometheus_client import Counter, Histogram

from app.kit.headers import App, Message, Receive, Scope, Send
from app.kit.ids import random_id

_log = structlog.get_logger("request")
REQUESTS = Counter("commonplace_requests", "Answers", ["method", "route", "status"])
SECONDS = Histogram(
    "commonplace_request_seconds",
    "Time to answer",
    ["route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)
_OUR_FAULT = 500
_QUIET = ("/health/", "/static/", "/metrics")


def _noted(route: str) -> str:
    """The route as it is noted: what is done to a lesson is not told from reading it by address,
    since claiming one is what only its protected author does."""
    start, lesson, _ = route.partition("{lesson_id")
    return f"{start}{lesson}}}" if lesson else route


class Observed:
    """Gives each request an id, logs and measures its answer."""

    def __init__(self, app: App):
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, status = time.perf_counter(), 500
        request_id = scope.setdefault("state", {})["reference"] = random_id(10)
        structlog.contextvars.bind_contextvars(request=request_id)

        async def send_observed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (b"x-request-id", request_id.encode())]
            await send(message)

        try:
            await self._app(scope, receive, send_observed)
        finally:
            self._note(scope, status, time.perf_counter() - started)
            structlog.contextvars.unbind_contextvars("request")

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        route = _noted(getattr(scope.get("route"), "path", "unknown"))
        REQUESTS.labels(scope["method"], route, status).inc()
        SECONDS.labels(route).observe(seconds)
        if not scope["path"].startswith(_QUIET) or status >= _OUR_FAULT:
            _log.info(
                "answered",
                method=scope["method"],
                route=route,
                status=status,
                ms=round(seconds * 1000, 1),
            )
