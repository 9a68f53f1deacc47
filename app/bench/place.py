"""A place to measure in: a memory of its own with made-up lessons, and a server on it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

from sqlmodel import Session

from app.auth.sessions import open_session
from app.auth.tokens import Scope, create_token
from app.bench.client import Client
from app.bench.corpus import Corpus
from app.config import Settings, load_settings
from app.founding import make_ready
from app.kit.clock import system_clock
from app.kit.db import Database
from app.lessons.bring_in import bring_in
from app.lessons.indexing import Follower
from app.people.directory import add_person, found_organisation
from app.people.models import Role
from search import open_index

_BATCH = 200
_START_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Place:
    """Where it is, and the keys to it: `others` are the cookies of further people."""

    settings: Settings
    token: str
    cookie: str
    others: tuple[str, ...] = ()


def furnish(
    folder: Path, lessons: int, progress: Callable[[int], None], *, others: int = 0
) -> Place:
    """Make a memory in `folder` with so many lessons, indexed, and so many further people."""
    settings = load_settings(data_dir=folder, database_url="", admin_email="")
    database, now = Database(settings.database), system_clock()
    make_ready(settings, database, now=now)
    with database.writing() as session:
        found_organisation(session, "Bench", now=now)
        person = add_person(
            session,
            email="bench@example.org",
            name="Bench",
            role=Role.ADMINISTRATOR,
            by=None,
            now=now,
        )
        _, token = create_token(
            session, person, name="bench", scopes=[Scope.WRITE], by=person, now=now
        )
        cookie = open_session(session, person, device="bench", now=now, days=1)
        cookies = tuple(_signed_in(session, f"other{n}", now) for n in range(others))
    made, count = Corpus().lessons(lessons), 0
    while batch := list(islice(made, _BATCH)):
        with database.writing() as session:
            for content, at in batch:
                bring_in(
                    session, content, team=None, author=person, posted_at=at, by=person, now=now
                )
        count += len(batch)
        progress(count)
    with open_index(settings.index_folder) as index:
        Follower(database, index, system_clock).start()
    database.close()
    return Place(settings, token, f"session={cookie}", cookies)


def _signed_in(session: Session, name: str, now: datetime) -> str:
    """The cookie of a new member."""
    member = add_person(
        session, email=f"{name}@example.org", name=name, role=Role.MEMBER, by=None, now=now
    )
    return f"session={open_session(session, member, device='bench', now=now, days=1)}"


@contextmanager
def serving(place: Place, *, workers: int = 1) -> Iterator[tuple[int, float]]:
    """A server on the place; gives its port and how many seconds it took to answer."""
    port = _free_port()
    environment = os.environ | {
        "COMMONPLACE_DATA_DIR": str(place.settings.data_dir),
        "COMMONPLACE_LOG_LEVEL": "error",
    }
    command = (sys.executable, "-m", "app", "serve", "--port", str(port), "--workers", str(workers))
    home = Path(__file__).resolve().parent.parent.parent
    started = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 - our own program, no shell
        command, env=environment, cwd=home, stderr=subprocess.DEVNULL
    )
    try:
        _await_answer(port, process)
        yield port, time.perf_counter() - started
    finally:
        process.terminate()
        process.wait(timeout=30)


def _await_answer(port: int, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with status {process.returncode}")
        try:
            client = Client(port)
            if client.get("/health/ready")[0] == 200:  # noqa: PLR2004
                return
        except OSError:
            time.sleep(0.02)
        finally:
            client.close()
    raise RuntimeError("the server did not answer within a minute")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
