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

    if scores is None:
        keys, found = [], np.flatnonzero(rows)
    else:
        worth = scores * rows
        keys, found = [lambda numbers: -worth[numbers]], best(worth, count)
    found = _foremost(found, [*keys, time, lambda numbers: snapshot.keys[numbers]], count)
    order = zip(*(key(found).tolist() for key in (*keys, time)), strict=True)
    named = ((*known, snapshot.id(n), n) for known, n in zip(order, found.tolist(), strict=True))
    return [number for *_, number in sorted(named)][:count]


def best(scores: Scores, count: int) -> Chosen:
    """Where the `count` highest scores above 0 stand, with all that equal the last of them."""
    blocks = len(scores) // _BLOCK
    if count >= blocks:
        return np.flatnonzero(scores)
    whole = scores[: blocks * _BLOCK].reshape(blocks, _BLOCK)
    highest = whole.max(axis=1)
    least = np.partition(highest, blocks - count)[blocks - count]
    candidates = np.flatnonzero(highest >= least)
    in_block, there = np.nonzero((whole[candidates] >= least) & (whole[candidates] > 0))
    rest = scores[blocks * _BLOCK :]
    behind = np.flatnonzero((rest >= least) & (rest > 0)) + blocks * _BLOCK
    return np.concatenate([candidates[in_block] * _BLOCK + there, behind])


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
