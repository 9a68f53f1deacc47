"""The order of the first of a search, half by its words and half by its meaning.

Scores of words and cosines of vectors are not of one measure: each is brought to its standard score
over the documents that are put in order (Montague and Aslam, *Relevance score normalization for
metasearch*, CIKM 2001), and then they are averaged. These documents are all ones that the reader
may read, so what others may read cannot show in the order.
"""

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

#: How many of a search are put into a new order.
RERANKED = 200
#: What the meaning counts; the words count the rest.
SHARE = 0.5


def cosines(vectors: npt.NDArray[np.float32], question: npt.NDArray[np.float32]) -> Numbers:
    """How alike unit vectors (m, d) and a question's (d,) are, -1…1.

    Added up row by row: a product of matrices may round equal rows apart, and tear up ties.
    """
    alike: Numbers = (vectors.astype(np.float64) * question).sum(axis=1)
    return alike


def order(scores: Numbers, known: Mask, cosines: Numbers) -> list[int]:
    """The places 0…n-1 in their new order.

    `scores` (n,) are of the words, best first; `cosines` (m,) are of the documents `known` (n,) to
    have a vector. A document without one keeps its place, and the others are ordered among the
    places that are left. Equals stay in the order they came in: by words, newest, id.
    """
    left = np.flatnonzero(known)
    best = np.argsort(-fused(scores[left], cosines), kind="stable")
    places = np.arange(len(scores))
    places[left] = left[best]
    return [int(place) for place in places]


def fused(scores: Numbers, cosines: Numbers) -> Numbers:
    """(1 - share) · z(words) + share · z(meaning) of each document, both (m,)."""
    return (1 - SHARE) * _standard(scores) + SHARE * _standard(cosines)


def _standard(values: Numbers) -> Numbers:
    """z = (value - mean) / deviation; 0 where all are the same, and for none."""
    if not len(values):
        return values
    apart = values - values.mean()
    deviation = apart.std()
    return apart / deviation if deviation > 0 else np.zeros_like(apart)
