"""What took long to compile serves whoever asks next: a month so far need not be of this second.

A digest that is not kept is compiled for each look at it, which is cheap, but for the largest
subjects of a large organisation.
"""

import threading
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.digests.compiling.month import Compiled
from app.kit.clock import worked_seconds

_MOST = 16
_LONGEST = timedelta(minutes=10)


@dataclass
class Lately:
    """Compiled digests by what they are of, each for as many minutes as it took seconds, ten at
    most; none that took less than `least_seconds`."""

    least_seconds: float = 0.5
    _made: OrderedDict[Hashable, tuple[datetime, datetime, Compiled]] = field(
        default_factory=OrderedDict
    )
    _turns: defaultdict[Hashable, threading.Lock] = field(
        default_factory=lambda: defaultdict(threading.Lock)
    )

    def compiled(
        self, what: Hashable, make: Callable[[], Compiled], *, now: datetime
    ) -> tuple[Compiled, datetime]:
        """What `make` gives, or gave lately, and when. Who asks for the same while it is made waits
        for it, and does not make it as well."""
        with self._turns[what]:
            made_at, until, there = self._made.get(what, (now, now, None))
            if there is not None and made_at <= now < until:
                return there, made_at
            began = worked_seconds()
            made = make()
            self._remember(what, made, worked_seconds() - began, now)
            return made, now

    def _remember(self, what: Hashable, made: Compiled, seconds: float, now: datetime) -> None:
        if seconds < self.least_seconds:
            self._turns.pop(what, None)
            return
        self._made[what] = (now, now + min(timedelta(minutes=seconds), _LONGEST), made)
        while len(self._made) > _MOST:
            forgotten, _ = self._made.popitem(last=False)
            self._turns.pop(forgotten, None)


#: Of this process.
LATELY = Lately()
