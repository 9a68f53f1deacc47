"""How long one search may take: enough for any honest question, too little to stall the others."""

import resource
import time
from collections.abc import Callable

from .errors import SearchTooLong

LIMIT_SECONDS = 0.5


def worked_seconds() -> float:
    """How long this thread has worked, to a few milliseconds.

    From getrusage(2), which costs half a microsecond; the exact clock of a thread costs a hundred
    where processors are shared.
    """
    used = resource.getrusage(resource.RUSAGE_THREAD)
    return used.ru_utime + used.ru_stime


class Budget:
    """The time of one search, from now on. `clock` counts seconds and never goes back: those that
    this thread works, so that what a search finds does not depend on how busy others keep the
    machine.

    Scoring asks `spent` between words and goes on with the words it has; what cannot be left half
    done, a condition, asks `check`.
    """

    def __init__(
        self, seconds: float = LIMIT_SECONDS, clock: Callable[[], float] = worked_seconds
    ) -> None:
        self._clock = clock
        self._end = clock() + seconds
        self._not_before = time.monotonic() + seconds if clock is worked_seconds else 0.0
        #: Whether anybody was told that the time is over: then something was left out.
        self.ran_out = False

    def spent(self) -> bool:
        """Whether the time is over."""
        # A thread cannot have worked longer than the time that passed, which is cheaper to ask.
        if not self.ran_out and time.monotonic() >= self._not_before:
            self.ran_out = self._clock() >= self._end
        return self.ran_out

    def check(self) -> None:
        """`SearchTooLong` once the time is over."""
        if self.spent():
            raise SearchTooLong("the conditions of this search take too long to work out")
