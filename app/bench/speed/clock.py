"""Times of many calls: by the clock, as people wait, and by the processor, as others do not
disturb."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

Item = TypeVar("Item")
_FEWEST = 5


@dataclass(slots=True)
class Times:
    """Milliseconds of each call in turn, by the clock and by the processor (all threads)."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def as_dict(self) -> dict[str, float]:
        """Median and 95th percentile of both."""
        return {
            "count": len(self.wall),
            "p50_ms": percentile(self.wall, 0.5),
            "p95_ms": percentile(self.wall, 0.95),
            "cpu_p50_ms": percentile(self.cpu, 0.5),
            "cpu_p95_ms": percentile(self.cpu, 0.95),
        }


def percentile(values: Sequence[float], share: float) -> float:
    """The value below or at which a share of all lies (nearest rank), to a tenth of a
    microsecond where these are milliseconds."""
    ordered = sorted(values)
    return round(ordered[round(share * (len(ordered) - 1))], 4)


def timed_within(
    act: Callable[[Item], Any],
    items: Sequence[Item],
    *,
    seconds: float,
    before: Sequence[Item] = (),
) -> Times:
    """Time `act` on each item in turn, until the time is used up and at least five are done.

    Those `before` are asked first, untimed, for at most a quarter of the time: a server has
    answered others too.
    """
    started = time.perf_counter()
    for item in before:
        act(item)
        if time.perf_counter() - started > seconds / 4:
            break
    times, ends = Times(), started + seconds
    for item in items:
        if len(times.wall) >= _FEWEST and time.perf_counter() > ends:
            break
        wall, cpu = time.perf_counter_ns(), time.process_time_ns()
        act(item)
        times.cpu.append((time.process_time_ns() - cpu) / 1e6)
        times.wall.append((time.perf_counter_ns() - wall) / 1e6)
    return times
