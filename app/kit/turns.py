"""Costly doors take turns: one works at a time, and who was served least lately goes first.

Python's threads share one processor however many there are: side by side each request takes as
long as all of them together, and whoever sends many gets most of it. In turn each takes as long as
it takes, and somebody who asks now and then waits for one other request at most.
"""

import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

#: What somebody was served counts half after so long.
HALF_LIFE_SECONDS = 10.0
#: After somebody had to wait for another, who asks for hard work is slowed down for so long: by so
#: many times of the work, and at most by a second a request.
CROWDED_SECONDS = 5.0
PAUSE_TIMES = 50.0
LONGEST_PAUSE_SECONDS = 1.0
#: People whose time is remembered; the others count as new.
MOST_REMEMBERED = 1_000
_FORGOTTEN_SECONDS = 0.001


class _Served(NamedTuple):
    seconds: float
    at: float

    def now(self, at: float) -> float:
        """How much of it still counts."""
        return self.seconds * math.exp2((self.at - at) / HALF_LIFE_SECONDS)


class Turns:
    """One thread works at a time; those that wait are let in by how little they were served.

    `clock` counts seconds and never goes back; `sleep` lets so many pass.
    """

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._clock, self._sleep = clock, sleep
        self._changing = threading.Lock()
        self._working: str | None = None
        self._crowded_until = -math.inf
        self._waiting: list[tuple[str, threading.Event]] = []
        self._served: dict[str, _Served] = {}

    @property
    def waiting(self) -> int:
        """How many wait for their turn."""
        return len(self._waiting)

    @contextmanager
    def turn(self, who: str) -> Iterator[None]:
        """Wait until it is one's turn, and have it."""
        with self._changing:
            called = self._queue(who) if self._working is not None else None
            if not called:
                self._working = who
        if called:
            called.wait()
        started = self._clock()
        try:
            yield
        finally:
            self._pass_on(who, self._clock() - started)

    def slow_down(self, hard_seconds: float) -> None:
        """Pause, after one's turn, for hard work that was done in it, if others are waiting."""
        if hard_seconds > 0 and self._clock() < self._crowded_until:
            self._sleep(min(PAUSE_TIMES * hard_seconds, LONGEST_PAUSE_SECONDS))

    def _queue(self, who: str) -> threading.Event:
        if who != self._working:
            self._crowded_until = self._clock() + CROWDED_SECONDS
        called = threading.Event()
        self._waiting.append((who, called))
        return called

    def _pass_on(self, who: str, seconds: float) -> None:
        with self._changing:
            now = self._clock()
            self._served[who] = _Served(self._counted(who, now) + seconds, now)
            if len(self._served) > MOST_REMEMBERED:
                self._forget(now)
            if not self._waiting:
                self._working = None
                return
            # Of those served alike, the one who came first.
            place = min(
                range(len(self._waiting)), key=lambda n: self._counted(self._waiting[n][0], now)
            )
            self._working, called = self._waiting.pop(place)
            called.set()

    def _counted(self, who: str, now: float) -> float:
        served = self._served.get(who)
        return served.now(now) if served else 0.0

    def _forget(self, now: float) -> None:
        counted = sorted(self._served.items(), key=lambda item: -item[1].now(now))
        kept = counted[: MOST_REMEMBERED // 2]
        self._served = {who: s for who, s in kept if s.now(now) > _FORGOTTEN_SECONDS}
