"""A whole house for one test: the application on real storage, with a clock to turn."""

import re
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from anyio.from_thread import BlockingPortal, start_blocking_portal
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from app.auth.sessions import open_session
from app.auth.tokens import Scope, create_token
from app.kit.db import Database
from app.lessons.capture import Posted, post
from app.lessons.indexing import Follower
from app.lessons.schemas import LessonInput
from app.people.models import Person
from search import Index
from tests.cast import Cast
from tests.kept import TEMPLATES

_TOKEN = re.compile(rb'(?<=content=)"[0-9A-Za-z_-]{51}"|(?<=value=)"[0-9A-Za-z_-]{51}"')


@dataclass
class TurnedClock:
    """A clock that stands still until it is turned."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now

    def turn(self, **by: float) -> None:
        self.now += timedelta(**by)


def _without_token(answer: Response) -> Response:
    """The same answer: 51 random letters may spell the name of somebody who must not be named."""
    answer._content = _TOKEN.sub(rb'"token"', answer.content)
    return answer


@dataclass
class Browser:
    """A browser without JavaScript: follows redirects, sends forms with the token of a page."""

    client: TestClient
    _opened: dict[str, str] = field(default_factory=dict)

    def get(self, url: str, **more: Any) -> Response:
        """What the browser is given, without the token of its forms."""
        return _without_token(self.client.get(url, **more))

    def send(self, url: str, fields: dict[str, Any] | None = None, **more: Any) -> Response:
        """Send a form as it would be sent from a page of ours."""
        sent = {"csrf_token": self._held} | (fields or {})
        return _without_token(self.client.post(url, data=sent, **more))

    @property
    def token(self) -> str:
        """Of a page that is opened now."""
        page = self.client.get("/help")
        found = re.search(r'<meta name="csrf" content="([^"]+)"', page.text)
        assert found, page.text[:500]
        return found[1]

    @property
    def _held(self) -> str:
        """The token of the first page that was opened with the browser's cookie of now."""
        if self._cookie not in self._opened:
            token = self.token  # the first page of all also brings the cookie
            self._opened[self._cookie] = token
        return self._opened[self._cookie]

    @property
    def _cookie(self) -> str:
        held = (cookie for cookie in self.client.cookies.jar if cookie.name.endswith("browser"))
        return next((cookie.value for cookie in held if cookie.value), "")


@dataclass
class House:
    """The application with everything a test needs of it."""

    app: FastAPI
    cast: Cast
    clock: TurnedClock
    _clients: list[TestClient] = field(default_factory=list)
    _until_closed: ExitStack = field(default_factory=ExitStack)

    def __post_init__(self) -> None:
        self.app.state.templates.bytecode_cache = TEMPLATES

    @cached_property
    def _loop(self) -> BlockingPortal:
        """One event loop for all that its clients ask, as a server has."""
        return self._until_closed.enter_context(start_blocking_portal("asyncio"))

    @property
    def database(self) -> Database:
        return self.app.state.database

    @property
    def index(self) -> Index:
        return self.app.state.index

    @property
    def follower(self) -> Follower:
        return Follower(self.database, self.index, self.clock)

    def follow(self) -> None:
        """Let the index hear of everything that was done."""
        while self.follower.step():
            pass

    def stranger(self) -> Browser:
        return Browser(self._client())

    def browser(self, person: Person) -> Browser:
        """A browser in which `person` is signed in."""
        client = self._client()
        with self.database.writing() as session:
            token = open_session(session, person, device="test", now=self.clock(), days=30)
        client.cookies.set("session", token)
        return Browser(client)

    def api(self, person: Person, scope: Scope = Scope.WRITE) -> TestClient:
        """A program that acts as `person`."""
        with self.database.writing() as session:
            _, secret = create_token(
                session, person, name="test", scopes=[scope], by=person, now=self.clock()
            )
        client = self._client()
        client.headers["Authorization"] = f"Bearer {secret}"
        return client

    def post(
        self, by: Person, title: str = "Loose screws let the inverter flicker", **content: Any
    ) -> Posted:
        """Post a lesson and let the index hear of it."""
        facts = {"kind": "failure", "title": title, "lesson": f"{title}, in more words."} | content
        with self.database.writing() as session:
            posted = post(session, LessonInput.model_validate(facts), by=by, now=self.clock())
        self.follow()
        return posted

    def close(self) -> None:
        for client in self._clients:
            client.close()
        self._until_closed.close()
        self.index.close()
        self.database.close()

    def reading(self) -> Any:
        return self.database.reading()

    def _client(self) -> TestClient:
        client = TestClient(
            self.app, base_url="http://127.0.0.1:8000", raise_server_exceptions=True
        )
        client.portal = self._loop
        self._clients.append(client)
        return client
