"""Figures of repeated measurements."""

import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Figures:
    """How long something took, in milliseconds: the middle, the slow twentieth, the slowest."""

    count: int
    p50_ms: float
    p95_ms: float
    max_ms: float

    def as_dict(self) -> dict[str, float]:
        return asdict(self)


def figures(milliseconds: Iterable[float]) -> Figures:
    """Median and 95th percentile (nearest rank) of at least one measurement."""
    ordered = sorted(milliseconds)
    last = len(ordered) - 1
    return Figures(
        len(ordered),
        round(ordered[last // 2], 2),
        round(ordered[min(last, round(0.95 * last))], 2),
        round(ordered[-1], 2),
    )


def timed(act: Callable[[Item], object], items: Iterable[Item]) -> Figures:
    """Time `act` on each item, one after the other."""
    found = []
    for item in items:
        started = time.perf_counter()
        act(item)
        found.append((time.perf_counter() - started) * 1000)
    return figures(found)
