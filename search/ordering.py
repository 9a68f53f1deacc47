"""The first few of many, in an order that the place of a document in the index cannot show."""

import numpy as np
import numpy.typing as npt

from .snapshot import Mask, Snapshot


def first(
    snapshot: Snapshot,
    rows: Mask,
    count: int,
    *,
    scores: npt.NDArray[np.float64] | None = None,
    oldest: bool = False,
) -> list[int]:
    """The numbers of the first `count` documents: by score if given, then newest, then id."""
    numbers = np.flatnonzero(rows)
    times = snapshot.posted_at[numbers]
    keys = (times if oldest else -times,)
    if scores is not None:
        keys = (*keys, -scores[numbers])
        numbers, keys = _foremost(numbers, keys, count)
    else:
        numbers, keys = _foremost(numbers, keys, count)
    order = np.lexsort(keys)
    ranked = [(*(float(key[i]) for key in reversed(keys)), int(numbers[i])) for i in order]
    ids = snapshot.ids
    return [item[-1] for item in sorted(ranked, key=lambda r: (*r[:-1], ids[r[-1]]))[:count]]


def _foremost(
    numbers: npt.NDArray[np.int64], keys: tuple[npt.NDArray[np.float64], ...], count: int
) -> tuple[npt.NDArray[np.int64], tuple[npt.NDArray[np.float64], ...]]:
    """Leave only those that can be among the first by the main (last) key, ties included."""
    if len(numbers) <= count:
        return numbers, keys
    bound = np.partition(keys[-1], count - 1)[count - 1]
    kept = keys[-1] <= bound
    return numbers[kept], tuple(key[kept] for key in keys)
