"""Ours and its peers answer every query of a collection; each is measured in the same way."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.bench.peers.engine import Found
from app.bench.peers.loading import OURS, ranking
from app.bench.relevance.collection import Collection
from app.bench.relevance.metrics import DEPTH, MEASURES, mean

#: Query → what was found, best first.
Run = dict[str, list[Found]]


@dataclass(frozen=True, slots=True)
class Measures:
    """One engine on one collection: each measure for every query."""

    engine: str
    run: Run
    by_query: dict[str, dict[str, float]]

    def means(self) -> dict[str, float]:
        """Measure → mean over all queries."""
        return {name: mean(list(values.values())) for name, values in self.by_query.items()}


def compared(
    collection: Collection, peers: tuple[str, ...], progress: Callable[[str], None]
) -> list[Measures]:
    """Ours first, then the peers, one after the other."""
    found = []
    for engine in (OURS, *peers):
        progress(f"{collection.name}: {engine} answers {len(collection.queries):,} queries")
        run = answered(collection, engine)
        found.append(Measures(engine, run, _by_query(collection, run)))
    return found


def answered(collection: Collection, name: str) -> Run:
    """What one engine finds for each query, a hundred deep."""
    engine = ranking(name)
    with tempfile.TemporaryDirectory(prefix="commonplace-relevance-") as folder:
        engine.build(Path(folder), collection.papers)
        engine.open(Path(folder))
        try:
            return {id: engine.any_of(text, DEPTH) for id, text in collection.queries.items()}
        finally:
            engine.close()


def _by_query(collection: Collection, run: Run) -> dict[str, dict[str, float]]:
    rankings = {query: [found.id for found in run[query]] for query in collection.queries}
    return {
        name: {q: measure(rankings[q], collection.judged[q]) for q in collection.queries}
        for name, measure in MEASURES.items()
    }
