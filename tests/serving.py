"""A real server for tests: the program itself in a process of its own, with the real clock."""

import os
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx2

from app.auth.tokens import Scope, create_token
from app.kit.clock import system_clock
from app.kit.db import Database
from app.people.models import Person
from tests.cast import Cast
from tests.databases import Databases
from tests.forking import Forked

_ROOT = Path(__file__).parents[1]
_PATIENCE_SECONDS = 60
# What single questions give as `verify`: nothing here speaks TLS, and reading the certificates of
# the machine takes ten times as long as the question.
NO_CERTIFICATES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


@dataclass
class Place:
    """A data folder and a database of their own, and the settings that lead a program there."""

    folder: Path
    database_url: str
    cast: Cast

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        return kept | {
            "COMMONPLACE_DATA_DIR": str(self.folder / "data"),
            "COMMONPLACE_DATABASE_URL": self.database_url,
            "PYTHONUNBUFFERED": "1",
        }

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run `commonplace …` to its end."""
        return subprocess.run(
            [sys.executable, "-m", "app", *words],
            cwd=_ROOT,
            env=self.environment,
            text=True,
            capture_output=True,
            timeout=_PATIENCE_SECONDS,
            check=False,
        )

    @contextmanager
    def database(self) -> Iterator[Database]:
        database = Database(self.database_url)
        try:
            yield database
        finally:
            database.close()

    def token(self, person: Person, scope: Scope = Scope.WRITE) -> str:
        """The secret of a new API token of `person`."""
        with self.database() as database, database.writing() as session:
            _, secret = create_token(
                session, person, name="test", scopes=[scope], by=person, now=system_clock()
            )
        return secret


def place_for(databases: Databases, folder: Path, *, empty: bool = False) -> Place:
    """A place with the cast in it, or an empty one."""
    url = databases.empty(folder) if empty else databases.copy(folder)
    return Place(folder, url, databases.cast)


def _free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
        return port


@dataclass
class Server:
    """`commonplace serve` at a place, on a free port that it keeps over restarts."""

    place: Place
    workers: int = 1
    port: int = field(default_factory=_free_port)
    forked: bool = False
    _process: subprocess.Popen[bytes] | Forked | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.place.folder / f"server-{self.port}.log"

    def start(self) -> float:
        """Start and wait until it is ready; how many seconds that took."""
        begun = time.monotonic()
        self._process = self._forked() if self.forked else self._begun()
        while not self._is_ready():
            assert self._process.poll() is None, f"the server ended:\n{self.log.read_text()}"
            assert time.monotonic() < begun + _PATIENCE_SECONDS, self.log.read_text()
            time.sleep(0.05)
        return time.monotonic() - begun

    def _begun(self) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "app", *self._words],
                cwd=_ROOT,
                env=self.place.environment,
                stdout=log,
                stderr=log,
            )

    def _forked(self) -> Forked:
        return Forked(self._words, self.place.environment, self.log)

    @property
    def _words(self) -> list[str]:
        return ["serve", "--port", str(self.port), "--workers", str(self.workers)]

    def kill(self) -> None:
        """End it as a power cut would: SIGKILL, no time for anything."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def _end(self, number: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(number)
            self._process.wait(timeout=_PATIENCE_SECONDS)
            self._process = None

    def _is_ready(self) -> bool:
        try:
            answer = httpx2.get(f"{self.url}/health/ready", timeout=5, verify=NO_CERTIFICATES)
            return answer.status_code == 200
        except httpx2.TransportError:
            return False


@contextmanager
def serving(place: Place, *, workers: int = 1, forked: bool = False) -> Iterator[Server]:
    """A server that runs while the block does. For whom its start is not the point, `forked` spares
    the seconds in which a new process reads the program."""
    server = Server(place, workers, forked=forked)
    try:
        server.start()
        yield server
    finally:
        server.stop()


def until(seconds: float, holds: object) -> bool:
    """Whether `holds()` became true within so many seconds."""
    assert callable(holds)
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
