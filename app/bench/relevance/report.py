"""What a comparison says: a table for people, JSON for scripts, runs for other tools."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.table import Table

from app.bench.peers.loading import OURS
from app.bench.relevance.collection import Collection
from app.bench.relevance.comparison import Measures
from app.bench.relevance.metrics import MEASURES, mean


def table(collection: Collection, found: Sequence[Measures]) -> Table:
    """One row an engine; the best of each column stands out."""
    title = (
        f"{collection.name}: {len(collection.papers):,} documents, "
        f"{len(collection.queries):,} queries"
    )
    shown = Table("engine", *MEASURES, title=title, title_justify="left")
    means = {measures.engine: measures.means() for measures in found}
    best = {name: max(row[name] for row in means.values()) for name in MEASURES}
    for engine, row in means.items():
        shown.add_row(engine, *(_cell(row[name], best[name]) for name in MEASURES))
    return shown


def as_json(collection: Collection, found: Sequence[Measures]) -> dict[str, Any]:
    """Counts, and for every engine its means and how many queries it answers better than ours,
    as well, or worse by nDCG@10."""
    ours = next(m for m in found if m.engine == OURS).by_query["nDCG@10"]
    return {
        "documents": len(collection.papers),
        "queries": len(collection.queries),
        "engines": {
            m.engine: {name: round(value, 4) for name, value in m.means().items()}
            | _beside(ours, m.by_query["nDCG@10"])
            for m in found
        },
    }


def overall(results: dict[str, Any]) -> Table:
    """nDCG@10 of every engine on every collection, and the mean over collections."""
    engines = list(next(iter(results.values()))["engines"])
    shown = Table("nDCG@10", *engines, title_justify="left")
    rows = {
        name: [result["engines"][engine]["nDCG@10"] for engine in engines]
        for name, result in results.items()
    }
    for name, row in rows.items():
        shown.add_row(name, *(_cell(value, max(row)) for value in row))
    if len(rows) > 1:
        shown.add_section()
        means = [mean(column) for column in zip(*rows.values(), strict=True)]
        shown.add_row("mean", *(_cell(value, max(means)) for value in means))
    return shown


def write_runs(folder: Path, collection: Collection, found: Sequence[Measures]) -> None:
    """One file an engine in the form of trec_eval: query, Q0, document, place, score, engine."""
    folder.mkdir(parents=True, exist_ok=True)
    for measures in found:
        with (folder / f"{collection.name}.{measures.engine}.run").open(
            "w", encoding="utf-8"
        ) as file:
            for query, hits in measures.run.items():
                for place, (document, score) in enumerate(hits, 1):
                    file.write(f"{query} Q0 {document} {place} {score:.9g} {measures.engine}\n")


def _beside(ours: dict[str, float], theirs: dict[str, float]) -> dict[str, int]:
    differences = [theirs[query] - ours[query] for query in ours]
    return {
        "better_than_ours": sum(d > 0 for d in differences),
        "as_ours": sum(d == 0 for d in differences),
        "worse_than_ours": sum(d < 0 for d in differences),
    }


def _cell(value: float, best: float) -> str:
    shown = f"{value:.4f}"
    return f"[bold]{shown}[/bold]" if value == best else shown
