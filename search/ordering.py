"""The first few of many, in an order that the place of a document in the index cannot show.

The best of a million scores are found by the best of each block: no block whose best is below the
k-th best of all blocks holds one of the first k.
"""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from .columns import Array
from .snapshot import Mask, Snapshot

Scores = npt.NDArray[np.float32]
Chosen = npt.NDArray[np.int64]
Key = Callable[[Chosen], Array]

_BLOCK = 256


def first(
    snapshot: Snapshot, rows: Mask, count: int, *, scores: Scores | None = None,
    oldest: bool = False,
) -> list[int]:  # fmt: skip
    """The numbers of the first `count` documents: by score if given, then newest, then id."""

    def time(numbers: Chosen) -> Array:
        times = snapshot.posted_at[numbers]
        return times if oldest else -times

    def id_begins(numbers: Chosen) -> Array:
        return snapshot.keys[numbers]

    keys: list[Key] = [time, id_begins]
    if scores is None:
        found = np.flatnonzero(rows)
    else:
        worth = scores * rows
        keys.insert(0, lambda numbers: -worth[numbers])
        found = best(worth, count)
    return _in_order(snapshot, _foremost(found, keys, count), keys)[:count]


def _in_order(snapshot: Snapshot, numbers: Chosen, keys: Sequence[Key]) -> list[int]:
    """Numbers sorted by some keys in turn, and where all of those are equal by their ids."""
    values = [key(numbers) for key in keys]
    order = np.lexsort(values[::-1])
    different = np.zeros(max(len(order) - 1, 0), np.bool_)
    for some in values:
        different |= np.diff(some[order]) != 0
    ordered: list[int] = numbers[order].tolist()
    if different.all():
        return ordered
    ranks = np.cumsum([0, *different]).tolist()
    named = ((rank, snapshot.id(n), n) for rank, n in zip(ranks, ordered, strict=True))
    return [number for *_, number in sorted(named)]


def best(scores: Scores, count: int) -> Chosen:
    """Where the `count` highest scores above 0 stand, with all that equal the last of them."""
    blocks = len(scores) // _BLOCK
    if count >= blocks:
        return np.flatnonzero(scores)
    whole = scores[: blocks * _BLOCK].reshape(blocks, _BLOCK)
    highest = whole.max(axis=1)
    least = np.partition(highest, blocks - count)[blocks - count]
    candidates = np.flatnonzero(highest >= least)
    least = max(least, np.nextafter(np.float32(0), np.float32(1)))
    in_block, there = np.nonzero(whole[candidates] >= least)
    behind = np.flatnonzero(scores[blocks * _BLOCK :] >= least)
    return np.concatenate([candidates[in_block] * _BLOCK + there, behind + blocks * _BLOCK])


def _foremost(numbers: Chosen, keys: Sequence[Key], count: int) -> Chosen:
    """Those that can be among the first by some keys in turn, the lowest first; ties are kept."""
    taken: list[Chosen] = []
    for key in keys:
        if not 0 < count < len(numbers):
            break
        values = key(numbers)
        last = np.partition(values, count - 1)[count - 1]
        taken.append(numbers[values < last])
        count -= len(taken[-1])
        numbers = numbers[values == last]
    return np.concatenate([*taken, numbers])
