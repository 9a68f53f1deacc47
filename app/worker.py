"""The loop that does what was promised: the index follows, mail leaves, old things go."""

import fcntl
import os
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import structlog

from app.kit.clock import Clock

_log = structlog.get_logger("worker")
POLL_SECONDS = 0.2
_GLANCE_SECONDS = 0.02
_RETRY_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Job:
    """Work that is looked for again and again. `step` returns whether there was any. One that is
    `apart` waits for others outside, or takes long: it has a thread of its own, so that it holds up
    nobody. The `start` of one that `hears` asks for events and does nothing else."""

    name: str
    start: Callable[[], object]
    step: Callable[[], bool]
    apart: bool = False
    hears: bool = False


@dataclass
class Worker:
    """Runs jobs in a thread, and those that are apart in one each. Of all processes on one data
    folder, one works; the others wait for its place, which the kernel frees when a process dies."""

    jobs: Sequence[Job]
    lock_file: Path
    clock: Clock
    _rung: threading.Condition = field(default_factory=threading.Condition)
    _rings: int = 0
    _stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None
    _works: bool = False

    def listen(self) -> None:
        """Ask for the events that jobs hear of, whoever works: done before the program answers, so
        that what is written in its first moments is told to those whom it concerns, too."""
        for job in self.jobs:
            if job.hears:
                attempted(job.name, job.start)

    def start(self) -> None:
        """Begin in a thread of its own."""
        self._thread = threading.Thread(target=self.run, name="worker", daemon=True)
        self._thread.start()

    def stop_soon(self) -> None:
        """End after the step under way, without waiting for it."""
        self._stop.set()
        self._ring()

    def stop(self) -> None:
        """End, and wait until the step under way is done."""
        self.stop_soon()
        if self._thread:
            self._thread.join(timeout=30)

    def wake(self) -> None:
        """Something was committed: look now, not at the next turn, in whatever process we work.

        The moment of the lock file is what another process sees of it.
        """
        self._ring()
        if self._thread is None or not self._works:
            with suppress(OSError):
                os.utime(self.lock_file)

    def run(self) -> None:
        """Work until stopped: first wait for the place, then start the jobs, then step through."""
        with ExitStack() as held:
            self.lock_file.parent.mkdir(parents=True, exist_ok=True)
            file = held.enter_context(self.lock_file.open("a"))
            while not self._stop.is_set():
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    self._stop.wait(POLL_SECONDS)
                    continue
                self._work()
                return

    def _work(self) -> None:
        self._works = True
        apart = [
            threading.Thread(target=self._go_through, args=([job],), name=job.name, daemon=True)
            for job in self.jobs
            if job.apart
        ]
        for thread in apart:
            thread.start()
        self._go_through([job for job in self.jobs if not job.apart])
        # The place is given up when the last of them has ended, so that no two ever work.
        for thread in apart:
            thread.join()

    def _go_through(self, jobs: Sequence[Job]) -> None:
        pending = list(jobs)
        while not self._stop.is_set():
            called = self._called()
            pending = [job for job in pending if not self._guarded(job.name, job.start)]
            ready = [job for job in jobs if job not in pending]
            worked = [self._guarded(job.name, job.step) for job in ready]
            if not any(worked):
                self._rest(_RETRY_SECONDS if pending else POLL_SECONDS, called)

    def _rest(self, seconds: float, called: tuple[int, int]) -> None:
        """Until the time is over, or somebody wakes us since we were last called."""
        until = time.monotonic() + seconds
        while self._called() == called and time.monotonic() < until:
            with self._rung:
                self._rung.wait_for(lambda: self._rings != called[0], timeout=_GLANCE_SECONDS)

    def _ring(self) -> None:
        with self._rung:
            self._rings += 1
            self._rung.notify_all()

    def _called(self) -> tuple[int, int]:
        """How often this process called, and when another last did, as the lock file tells it."""
        try:
            return self._rings, self.lock_file.stat().st_mtime_ns
        except OSError:
            return self._rings, 0

    def _guarded(self, name: str, act: Callable[[], object]) -> bool:
        done = attempted(name, act)
        if done is None:
            self._stop.wait(_RETRY_SECONDS)
        return bool(done)


def attempted(name: str, act: Callable[[], object]) -> bool | None:
    """Do it: False when it says so, None when it failed."""
    # The one place that catches everything: a job that fails must not stop the others, and is tried
    # again later.
    try:
        return act() is not False
    except Exception:  # noqa: BLE001
        _log.exception("a job failed", job=name)
        return None


@dataclass
class Recurring:
    """Housekeeping as a job: runs `act` when the last time is longer ago than `every_seconds`."""

    act: Callable[[], None]
    clock: Clock
    every_seconds: float
    _last: datetime | None = None

    def step(self) -> bool:
        """Do it if it is time; never counts as work, so that the worker may rest after it."""
        now = self.clock()
        if self._last is None or (now - self._last).total_seconds() >= self.every_seconds:
            self._last = now
            self.act()
        return False
