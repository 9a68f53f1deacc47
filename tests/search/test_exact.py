"""Our scores are those that Whoosh's own searcher gives for the same formula."""

import itertools
import random
from pathlib import Path
from typing import Any

import pytest
from whoosh.query import Or, Term
from whoosh.reading import MultiReader
from whoosh.scoring import WeightingModel, WeightLengthScorer
from whoosh.searching import Searcher

from search import Index
from search.analyzers import words
from search.engine import FileStorage
from search.folder import Current, Folder
from search.inplace import InPlaceReader
from search.ranking import K1, B, idf
from search.readers import read_toc
from search.schema import schema
from search.snapshot import Snapshot
from tests.search.making import ask, make_document

VOCABULARY = [f"{a}{b}q" for a in "bdfgkl" for b in "mnprstvwxz"]


class Ours(WeightingModel):  # type: ignore[misc]
    """BM25 as `ranking.py` states it, through Whoosh's own machinery, one document at a time."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        lengths = snapshot.joined(lambda segment: segment.lengths)[snapshot.public]
        self.average = float(lengths.sum(dtype="f8")) / snapshot.public_count

    def scorer(self, searcher: Any, fieldname: str, text: bytes, qf: float = 1) -> Any:
        return _Scorer(searcher, fieldname, text, self)


class _Scorer(WeightLengthScorer):  # type: ignore[misc]
    def __init__(self, searcher: Any, fieldname: str, text: bytes, model: Ours) -> None:
        self.average = model.average
        self.idf = idf(model.snapshot.public_count, model.snapshot.held(text.decode()))
        self.setup(searcher, fieldname, text)

    def _score(self, weight: float, length: float) -> float:
        norm = K1 * (1 - B + B * length / self.average)
        return self.idf * weight * (K1 + 1) / (weight + norm)


def whoosh_finds(folder: Path, snapshot: Snapshot, terms: list[str]) -> dict[str, float]:
    """Id → score of every document with any of the terms, by Whoosh's own searcher."""
    place = Folder(folder)
    current = Current.from_bytes(place.content())
    build = place.build(current.build)
    readers = [
        InPlaceReader(FileStorage(str(build)), schema(), segment)
        for segment in read_toc(build, current).segments
    ]
    searcher = Searcher(MultiReader(readers), weighting=Ours(snapshot))
    query = Or([Term("text", term.encode()) for term in terms])
    scores = {snapshot.id(hit.docnum): hit.score for hit in searcher.search(query, limit=None)}
    for reader in readers:
        reader.close()
    return scores


@pytest.mark.parametrize("seed", range(6))
def test_scores_and_order_are_those_of_whoosh(index: Index, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    for turn in range(chance.randrange(2, 7)):
        index.index(
            make_document(
                f"d{chance.randrange(120)}",
                " ".join(chance.choices(VOCABULARY, k=5)),
                happened=" ".join(chance.choices(VOCABULARY[:30], k=chance.randrange(60))),
                day=turn,
            )
            for _ in range(chance.randrange(5, 60))
        )
        index.remove(f"d{chance.randrange(120)}" for _ in range(5))
    with index._reading() as snapshot:
        assert len(snapshot.segments) > 1 or seed
        for _ in range(25):
            asked = chance.sample(VOCABULARY, chance.randrange(4, 9))
            terms = [term for word in words(" ".join(asked)) for term in word.terms]
            expected = whoosh_finds(tmp_path / "index", snapshot, terms)
            hits = index.search(ask(" ".join(asked), per_page=500)).hits
            assert {hit.id: hit.score for hit in hits} == pytest.approx(expected, rel=1e-5)
            order = [expected[hit.id] for hit in hits]
            assert all(a >= b or a == pytest.approx(b) for a, b in itertools.pairwise(order))
