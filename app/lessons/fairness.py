"""Nobody's searching may stall the others': each person has a share of the engine's time.

Only time beyond what an honest search takes counts, so that nobody meets the limit by searching
often; who does, asks again and again for what is costly. Each server process counts for itself.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from math import ceil
from typing import NamedTuple

from app.kit.clock import worked_seconds
from app.kit.errors import Problem
from search import SearchTooLong

#: What a search may take of the engine without being counted.
FREE_SECONDS = 0.005
#: What is more than this is hard work, which waits for others' when they are in a hurry.
EASY_SECONDS = 0.002
#: How much of the engine's time a person may use at once, and how fast that comes back.
FULL_SECONDS = 1.0
REFILL_PER_SECOND = 0.1
#: Who is refused is let in again with so much.
_LET_IN_SECONDS = 0.2
#: People of whom more is known than that they have their full share.
MOST_PEOPLE = 10_000


class SearchTakesTooLong(Problem):
    status = 422
    code = "search_too_long"
    message = (
        "This search took too long and was stopped. Use fewer quotes, stars and fields, or longer "
        "beginnings before a star."
    )


class SearchedTooMuch(Problem):
    status = 429
    code = "searched_too_much"

    def __init__(self, wait_seconds: int):
        self._wait_seconds = wait_seconds
        time = f"{wait_seconds} {'second' if wait_seconds == 1 else 'seconds'}"
        super().__init__(
            "Your last searches were hard work and took more than your share of the server. "
            f"Wait {time}, then search with fewer words, quotes and stars."
        )

    @property
    def headers(self) -> dict[str, str]:
        return {"Retry-After": str(self._wait_seconds)}


class _Left(NamedTuple):
    """What a person had left at a time, in seconds; below nothing after one search too many."""

    seconds: float
    at: float

    def now(self, at: float) -> float:
        return min(FULL_SECONDS, self.seconds + REFILL_PER_SECOND * (at - self.at))


class _Done(threading.local):
    hard_seconds = 0.0


_done = _Done()


def hard_work_done() -> float:
    """How much longer than an easy search the last one of this thread took; told once."""
    seconds, _done.hard_seconds = _done.hard_seconds, 0.0
    return seconds


class Shares:
    """How much of the engine's time each person has left. Threads may share one.

    `clock` and `worked` count seconds: those that pass, and those that this thread worked.
    """

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        worked: Callable[[], float] = worked_seconds,
    ) -> None:
        self._clock, self._worked = clock, worked
        self._people: dict[str, _Left] = {}
        self._changing = threading.Lock()

    @contextmanager
    def searching(self, person_id: str, free_seconds: float = FREE_SECONDS) -> Iterator[None]:
        """Around what the engine does for a person. SearchedTooMuch if they have nothing left."""
        left = self._left(person_id)
        if left <= 0:
            raise SearchedTooMuch(ceil((_LET_IN_SECONDS - left) / REFILL_PER_SECOND))
        started = self._worked()
        try:
            yield
        finally:
            worked = self._worked() - started
            self.take(person_id, worked - free_seconds)
            # A door and all that it asks for is one thread's work.
            _done.hard_seconds = max(worked - EASY_SECONDS, 0.0)

    def _left(self, person_id: str) -> float:
        known = self._people.get(person_id)
        return known.now(self._clock()) if known else FULL_SECONDS

    def take(self, person_id: str, seconds: float) -> None:
        """Count so much of the engine's time against a person."""
        if seconds <= 0:
            return
        with self._changing:
            left = self._left(person_id) - seconds
            if len(self._people) >= MOST_PEOPLE:
                self._forget()
            self._people.pop(person_id, None)
            self._people[person_id] = _Left(left, self._clock())

    def _forget(self) -> None:
        """Forget whose share is full again, and then those who searched longest ago."""
        now = self._clock()
        kept = [(id, left) for id, left in self._people.items() if left.now(now) < FULL_SECONDS]
        self._people = dict(kept[-(MOST_PEOPLE // 2) :])


#: The shares of everybody who asks this server process.
OF_THIS_PROCESS = Shares()


@contextmanager
def fairly(person_id: str, *, free_seconds: float = FREE_SECONDS) -> Iterator[None]:
    """Around what the engine does for a person: SearchTakesTooLong, or SearchedTooMuch, rather than
    stall the others. Nobody in particular, whose id is empty, has no share that could be used up:
    a job asks one search after another, and what it were refused would never be looked for."""
    try:
        with OF_THIS_PROCESS.searching(person_id, free_seconds) if person_id else nullcontext():
            yield
    except SearchTooLong as error:
        raise SearchTakesTooLong from error
