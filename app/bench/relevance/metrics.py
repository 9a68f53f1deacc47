"""Measures of one ranking: which documents were found, in order, against their grades.

A document that nobody judged counts as no answer, and one that comes twice counts once, at its
first place. All are between 0 and 1. They are meant for queries with at least one answer.
"""

import math
from collections.abc import Callable, Mapping, Sequence

#: Document → grade, as judged for one query.
Grades = Mapping[str, int]


def ndcg(ranking: Sequence[str], grades: Grades, *, depth: int) -> float:
    """Normalised discounted cumulative gain: the sum of grade / log2(place + 1) over the first
    `depth`, divided by that of the best possible order (Järvelin and Kekäläinen, "Cumulated
    gain-based evaluation of IR techniques", 2002). Gains are the grades themselves, as trec_eval
    and BEIR count them."""
    best = _gain(sorted((grade for grade in grades.values() if grade > 0), reverse=True)[:depth])
    got = _gain([max(grades.get(document, 0), 0) for document in _once(ranking)[:depth]])
    return got / best if best else 0.0


def reciprocal_rank(ranking: Sequence[str], grades: Grades) -> float:
    """One over the place of the first answer, 0 without one (Voorhees, "The TREC-8 Question
    Answering Track Report", 1999)."""
    places = (place for place, d in enumerate(_once(ranking), 1) if grades.get(d, 0) > 0)
    return 1 / next(places, math.inf)


def recall(ranking: Sequence[str], grades: Grades, *, depth: int) -> float:
    """The share of all answers that stand in the first `depth` (Manning, Raghavan, Schütze,
    "Introduction to Information Retrieval", 2008, chapter 8)."""
    answers = {document for document, grade in grades.items() if grade > 0}
    found = answers & set(_once(ranking)[:depth])
    return len(found) / len(answers) if answers else 0.0


def success(ranking: Sequence[str], grades: Grades, *, depth: int) -> float:
    """1 if any answer stands in the first `depth`, else 0 (Craswell, "Success at n", 2009)."""
    return float(any(grades.get(document, 0) > 0 for document in _once(ranking)[:depth]))


#: How deep a ranking is asked for.
DEPTH = 100
MEASURES: dict[str, Callable[[Sequence[str], Grades], float]] = {
    "nDCG@10": lambda ranking, grades: ndcg(ranking, grades, depth=10),
    "MRR": reciprocal_rank,
    "recall@10": lambda ranking, grades: recall(ranking, grades, depth=10),
    "recall@100": lambda ranking, grades: recall(ranking, grades, depth=100),
    "success@5": lambda ranking, grades: success(ranking, grades, depth=5),
}


def mean(values: Sequence[float]) -> float:
    """The mean over queries, each counting the same."""
    return math.fsum(values) / len(values)


def _gain(grades: Sequence[int]) -> float:
    return sum(grade / math.log2(place + 1) for place, grade in enumerate(grades, 1))


def _once(ranking: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(ranking))
