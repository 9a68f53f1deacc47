"""The formulas that order what was found.

BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009) with
the idf of Lucene, which never falls below zero. A word that the query repeats counts as often.
"""

import math

import numpy as np
import numpy.typing as npt

from .lengths import LENGTHS

Floats = npt.NDArray[np.float32]

K1 = 1.5
B = 0.75


def idf(documents: int, holding: int) -> float:
    """log(1 + (N - df + .5) / (df + .5)): how much a term tells, from counts of documents."""
    return math.log1p((documents - holding + 0.5) / (holding + 0.5))


def length_norm(lengths: Floats, average: float, k1: float = K1, b: float = B) -> Floats:
    """k1 · (1 - b + b · length / average) of each document: how much its length is held against it.

    Lengths are counts of weighted words.
    """
    return (k1 * (1 - b + b * lengths / max(average, 1.0))).astype(np.float32)


def impact(weights: Floats, norms: Floats, k1: float = K1) -> Floats:
    """w · (k1 + 1) / (w + norm): what a term adds to a document for each unit of its idf."""
    return ((k1 + 1) * weights / (weights + norms)).astype(np.float32)


def impact_table(average: float) -> Floats:
    """The impact for each code of a posting (`inverted.py`): 65,536, by weight and length byte.

    Made once a generation, so that nothing on the disk holds an average that grows old.
    """
    weights = np.arange(256, dtype=np.float32)[:, np.newaxis]
    return impact(weights, length_norm(LENGTHS, average)[np.newaxis, :]).ravel()
