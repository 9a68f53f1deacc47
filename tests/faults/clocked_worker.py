"""`commonplace worker` in a process of its own, with a clock that stands in a file."""

import fcntl
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import configure_mappers

from app.config import load_settings
from app.kit.db import Database
from app.kit.logs import set_up_logs
from app.main import make_worker
from search import open_index

_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload([__name__])

configure_mappers()


@dataclass(frozen=True)
class FileClock:
    """As far ahead of the real time as the file says, in seconds.

    It is moved by hours at a time, and no conversation with a mail server lasts for hours: so it
    stands still while anybody is `talking`, which the kernel ends for whoever is killed.
    """

    path: Path

    def __call__(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=float(self.path.read_text()))

    def move_to(self, moment: datetime) -> None:
        with self._held(fcntl.LOCK_EX):
            ahead = (moment - datetime.now(UTC)).total_seconds()
            self.path.with_suffix(".new").write_text(str(ahead))
            self.path.with_suffix(".new").rename(self.path)

    @contextmanager
    def talking(self) -> Iterator[None]:
        with self._held(fcntl.LOCK_SH):
            yield

    @contextmanager
    def _held(self, how: int) -> Iterator[None]:
        with self.path.with_suffix(".lock").open("a") as file:
            fcntl.flock(file, how)
            yield


class ClockedWorker:
    """A process that works until it is killed."""

    def __init__(self, environment: Mapping[str, str], clock: FileClock, log: Path) -> None:
        self._process = _context.Process(target=_work, args=(dict(environment), clock, str(log)))
        self._process.start()

    def kill(self) -> None:
        """SIGKILL: no time for anything."""
        assert self._process.pid is not None
        os.kill(self._process.pid, signal.SIGKILL)
        self._process.join(30)
        assert self._process.exitcode == -signal.SIGKILL, "it ended by itself"


def _work(environment: dict[str, str], clock: FileClock, log: str) -> None:
    os.environ.clear()
    os.environ.update(environment)
    handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(handle, 1)
    os.dup2(handle, 2)
    settings = load_settings()
    set_up_logs(level="warning", form="json")
    with open_index(settings.index_folder) as index:
        worker = make_worker(settings, Database(settings.database), index, clock, None)
        wanted = [job for job in worker.jobs if job.name in ("digests", "mail")]
        worker.jobs = [
            replace(job, step=_still(clock, job.step)) if job.name == "mail" else job
            for job in wanted
        ]
        worker.run()


def _still(clock: FileClock, step: Callable[[], bool]) -> Callable[[], bool]:
    def within() -> bool:
        with clock.talking():
            return step()

    return within
