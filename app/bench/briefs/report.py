"""What trying plans says: a table for people, JSON for scripts."""

from collections.abc import Iterable, Sequence
from typing import Any

from rich.table import Table

from app.bench.briefs.comparison import Place, Tried

#: How many of the first count; a brief shows seven.
FIRST = (1, 3, 5, 7)
ALL, BOTH = "all", "both"
_DEVELOPMENT, _HELD_OUT = "development", "held out"


def as_json(tried: Tried) -> dict[str, Any]:
    """Memory (and all together) → development, held out, both → engine → figures."""
    sources = (*tried.lessons, ALL)
    return {
        source: {"lessons": tried.lessons.get(source, sum(tried.lessons.values()))}
        | {
            part: _by_engine(places)
            for part, places in _parts([p for p in tried.places if source in (p.plan.source, ALL)])
        }
        for source in sources
    }


def table(figures: dict[str, Any]) -> Table:
    """One row a memory, a part of its plans and an engine; the best of each part stands out."""
    names = [f"first {count}" for count in FIRST] + ["MRR"]
    shown = Table("lessons", "plans", "engine", *names, title_justify="left")
    for source, parts in figures.items():
        for part in (_DEVELOPMENT, _HELD_OUT, BOTH):
            _add(shown, f"{source} ({parts['lessons']:,})", part, parts[part], names)
        shown.add_section()
    return shown


def times(speed: dict[str, Any]) -> Table:
    """One row a size and a length of plan: milliseconds by the clock, and of the processor."""
    names = ("p50_ms", "p95_ms", "cpu_p50_ms", "cpu_p95_ms")
    shown = Table("lessons", "plan", "briefs", *(name.replace("_", " ") for name in names))
    for size, lengths in speed.items():
        for length, row in lengths.items():
            cells = [f"{row[name]:.1f}" for name in names]
            shown.add_row(f"{int(size):,}", length, str(row["count"]), *cells)
    return shown


def _add(
    shown: Table, source: str, part: str, engines: dict[str, Any], names: Sequence[str]
) -> None:
    for engine, row in engines.items():
        best = [row[name] == max(other[name] for other in engines.values()) for name in names]
        cells = [
            f"[bold]{row[name]:.3f}[/bold]" if first else f"{row[name]:.3f}"
            for name, first in zip(names, best, strict=True)
        ]
        shown.add_row(source, f"{part} ({row['plans']})", engine, *cells)


def _parts(places: Sequence[Place]) -> Iterable[tuple[str, list[Place]]]:
    yield _DEVELOPMENT, [place for place in places if not place.plan.held_out]
    yield _HELD_OUT, [place for place in places if place.plan.held_out]
    yield BOTH, list(places)


def _by_engine(places: Sequence[Place]) -> dict[str, dict[str, float]]:
    engines = dict.fromkeys(place.engine for place in places)
    return {engine: _figures([p.place for p in places if p.engine == engine]) for engine in engines}


def _figures(places: Sequence[int]) -> dict[str, float]:
    """Shares of plans whose right lesson stood among the first, and the mean reciprocal rank."""
    count = len(places)
    shares = {f"first {n}": round(sum(0 < p <= n for p in places) / count, 4) for n in FIRST}
    rank = sum(1 / place for place in places if place) / count
    return {"plans": count} | shares | {"MRR": round(rank, 4)}
