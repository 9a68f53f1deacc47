"""Lengths of documents in one byte each, as Whoosh encodes them: exact when small, then coarser."""

import numpy as np
import numpy.typing as npt

from .columns import Array
from .engine import byte_to_length

Bytes = npt.NDArray[np.uint8]

#: The length that each byte stands for.
LENGTHS = np.array([byte_to_length(byte) for byte in range(256)], np.float32)


def length_bytes(lengths: Array) -> Bytes:
    """The byte of each length: that of the smallest length in the table that is not below it."""
    return np.minimum(np.searchsorted(LENGTHS, lengths), 255).astype(np.uint8)
