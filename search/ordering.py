"""The first few of many, in an order that the place of a document in the index cannot show."""

import numpy as np
import numpy.typing as npt

from .snapshot import Mask, Snapshot

Keys = npt.NDArray[np.float64]


def first(
    snapshot: Snapshot, rows: Mask, count: int, *, scores: Keys | None = None, oldest: bool = False
) -> list[int]:
    """The numbers of the first `count` documents: by score if given, then newest, then id."""
    numbers = np.flatnonzero(rows)
    if scores is not None:
        numbers = _foremost(numbers, -scores[numbers], count)
    else:
        times = snapshot.posted_at[numbers].astype(np.float64)
        numbers = _foremost(numbers, times if oldest else -times, count)

    def key(number: int) -> tuple[float, int, str]:
        time = int(snapshot.posted_at[number])
        score = float(scores[number]) if scores is not None else 0.0
        return -score, time if oldest else -time, snapshot.id(number)

    return sorted((int(number) for number in numbers), key=key)[:count]


def _foremost(numbers: npt.NDArray[np.int64], keys: Keys, count: int) -> npt.NDArray[np.int64]:
    """Those that can be among the first by a key, the lowest first; ties are all kept."""
    if not 0 < count < len(numbers):
        return numbers
    kept: npt.NDArray[np.int64] = numbers[keys <= np.partition(keys, count - 1)[count - 1]]
    return kept
