"""A server in this process whose clock can be turned: days pass without waiting for them."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser

from app.auth.sessions import open_session
from app.config import Settings
from app.main import create_app
from app.people.models import Person
from tests.journeys.visitor import Visitor
from tests.serving import Place, until

_PATIENCE_SECONDS = 60
_SESSION_DAYS = 400


@dataclass
class RunningClock:
    """Goes on like any clock, from where it was turned to."""

    ahead: timedelta = field(default_factory=timedelta)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def turn(self, **by: float) -> None:
        self.ahead += timedelta(**by)


@dataclass
class TurnedServer:
    """The application with its worker, and the clock of both."""

    app: FastAPI
    clock: RunningClock
    url: str

    def arrive(self, browser: Browser, person: Person, **options: object) -> Visitor:
        """A browser of their own, signed in for longer than any journey turns the clock."""
        with self.app.state.database.writing() as session:
            days, now = _SESSION_DAYS, self.clock()
            token = open_session(session, person, device="journey", now=now, days=days)
        context = browser.new_context(base_url=self.url, locale="en-GB", **options)
        context.add_cookies([{"name": "session", "value": token, "url": self.url}])
        return Visitor(context.new_page(), self.url)

    def days_pass(self, days: float) -> None:
        """So many days later, with the worker awake."""
        self.clock.turn(days=days)
        self.app.state.worker.wake()

    def until(self, moment: datetime) -> None:
        """Later, at this moment."""
        self.days_pass((moment - self.clock()) / timedelta(days=1))


@contextmanager
def turned_server(place: Place, **changed: object) -> Iterator[TurnedServer]:
    """A server that runs while the block does; `changed` are settings."""
    clock = RunningClock()
    with socket.create_server(("127.0.0.1", 0)) as sock:
        # Known before it starts, since the links of its mails say where it is.
        url = f"http://127.0.0.1:{sock.getsockname()[1]}"
        settings = Settings(
            _env_file=None,
            data_dir=place.folder / "data",
            database_url=place.database_url,
            base_url=url,
            **changed,
        )
        app = create_app(settings, clock=clock)
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False))
        thread = threading.Thread(target=server.run, args=([sock],), daemon=True)
        thread.start()
        assert until(_PATIENCE_SECONDS, lambda: server.started)
        try:
            yield TurnedServer(app, clock, url)
        finally:
            server.should_exit = True
            thread.join(timeout=_PATIENCE_SECONDS)
