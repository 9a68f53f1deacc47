"""What a run says: for each size a table with the ratios beside their goals, and JSON."""

from collections.abc import Iterator
from typing import Any

from rich.table import Table

from app.bench.peers.loading import OURS
from app.bench.speed.clock import Times
from app.bench.speed.goals import limit_ms, ratios

Engines = dict[str, Any]


def as_json(found: dict[str, Engines]) -> dict[str, Any]:
    """Size → engines with figures in place of single times, and the ratios."""
    return {
        size: {
            "engines": {name: _figures(engine) for name, engine in engines.items()},
            "ratios": ratios(int(size), engines, OURS),
        }
        for size, engines in found.items()
    }


def tables(result: dict[str, Any]) -> Iterator[Table]:
    """For each size: milliseconds of ours, and of each peer with how many times faster ours is."""
    for size, at in result.items():
        engines = at["engines"]
        peers = [name for name in engines if name != OURS]
        by_peer = {(row["peer"], row["question"]): row for row in at["ratios"]}
        shown = Table(f"{int(size):,} papers", "ours p50 / p95 ms", *(f"{p} ms" for p in peers))
        for question, times in engines[OURS]["times"].items():
            cells = [
                _peer_cell(engines[peer]["times"].get(question), by_peer.get((peer, question)))
                for peer in peers
            ]
            shown.add_row(question, _ours_cell(int(size), question, times), *cells)
        shown.add_section()
        for name, row in _facts(int(size), engines, peers, by_peer):
            shown.add_row(name, *row)
        yield shown


def _figures(engine: dict[str, Any]) -> dict[str, Any]:
    times = {name: Times(**both).as_dict() for name, both in engine["times"].items()}
    return {"built": engine["built"], "facts": engine["facts"], "times": times}


def _ours_cell(size: int, question: str, times: dict[str, float]) -> str:
    shown = f"{_ms(times['p50_ms'])} / {_ms(times['p95_ms'])}"
    limit = limit_ms(size, question)
    return shown if limit is None else f"{shown} {_mark(times['p50_ms'] <= limit)}"


def _peer_cell(times: dict[str, float] | None, row: dict[str, Any] | None) -> str:
    if times is None or row is None:
        return ""
    return f"{_ms(times['p50_ms'])} · {_times(row)}"


def _times(row: dict[str, Any]) -> str:
    shown = f"{row['times_faster']:.3g}×"
    if row["goal"] is None:
        return shown
    return f"{shown} ≥{row['goal']:.3g} {_mark(row['met'])}"


def _facts(
    size: int, engines: Engines, peers: list[str], by_peer: dict[tuple[str, str], Any]
) -> Iterator[tuple[str, list[str]]]:
    names = [OURS, *peers]
    building = [f"{engines[n]['built']['built_papers_per_cpu_second']:,}" for n in names]
    for number, peer in enumerate(peers, 1):
        building[number] += f" · {_times(by_peer[peer, 'building'])}"
    yield "built, papers per CPU second", building
    yield (
        "index, MB per 100,000",
        [f"{engines[n]['built']['index_mb'] * 100_000 / size:,.0f}" for n in names],
    )
    yield (
        "memory after questions, MB: own + files",
        [_memory(engines[n]["facts"]["memory_growth"]) for n in names],
    )
    opening = [_ms(engines[n]["facts"]["open_ms"]) for n in names]
    if (limit := limit_ms(size, "open")) is not None:
        opening[0] += f" {_mark(engines[OURS]['facts']['open_ms'] <= limit)}"
    yield "open and first answer, ms", opening
    for name, value in engines[OURS]["facts"].items():
        if name not in ("memory_growth", "open_ms"):
            yield name.replace("_", " "), [str(value)]


def _memory(grown: dict[str, float]) -> str:
    if not grown:
        return "not known"
    return f"{grown['own_mb']:,.0f} + {grown['resident_mb'] - grown['own_mb']:,.0f}"


def _ms(value: float) -> str:
    return f"{value:.3g}" if value < 1000 else f"{value:,.0f}"  # noqa: PLR2004


def _mark(met: bool) -> str:
    return "[green]✓[/green]" if met else "[red]✗[/red]"
