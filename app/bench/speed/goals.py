"""What is aimed at, as ratios in one run: how many times faster than a peer, by size and words."""

from collections.abc import Sequence
from typing import Any

from app.bench.speed.clock import percentile

#: Size → peer → how many times faster the first ten of any of the words should come. Below one:
#: how much slower they may.
_FASTER: dict[int, dict[str, float]] = {
    2_000: {"whoosh": 20, "fts5": 5, "tantivy": 1 / 2},
    20_000: {"whoosh": 25, "fts5": 12, "tantivy": 1 / 2.5},
    100_000: {"fts5": 30, "tantivy": 1 / 2},
    1_000_000: {"fts5": 10, "tantivy": 1 / 3},
}
_ELSE: dict[tuple[int, str, str], float | None] = {
    (20_000, "whoosh", "any of 6"): 150,
    (100_000, "whoosh", "any of 3"): 100,
    (100_000, "tantivy", "any of 1"): None,
}
_ALL_OF_AGAINST_FTS5 = 1 / 2
_BUILDING_AGAINST_WHOOSH = 2
_LIMITS_MS = {"open": 1_000, "change searchable": 25}
_LIMITS_FOR = 100_000


def goal(size: int, peer: str, question: str) -> float | None:
    """How many times faster than the peer a question should be answered; None: no goal."""
    if question == "all of 3":
        return _ALL_OF_AGAINST_FTS5 if peer == "fts5" else None
    if question == "building":
        return _BUILDING_AGAINST_WHOOSH if peer == "whoosh" else None
    if not question.startswith("any of "):
        return None
    return _ELSE.get((size, peer, question), _FASTER.get(size, {}).get(peer))


def limit_ms(size: int, what: str) -> float | None:
    """How long something of ours may take, whatever the peers do."""
    return _LIMITS_MS.get(what) if size == _LIMITS_FOR else None


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """How many times faster ours is, by the medians over the questions that both answered."""
    both = min(len(ours), len(theirs))
    return percentile(theirs[:both], 0.5) / max(percentile(ours[:both], 0.5), 1e-4)


def ratios(size: int, engines: dict[str, Any], ours: str) -> list[dict[str, Any]]:
    """Every question that we and a peer answered: ratio, goal, and whether it is met. Times are
    the processor's, which what else runs on the machine does not move; for a change, which waits
    for the disk, the clock's."""
    mine, found = engines[ours], []
    for peer, theirs in engines.items():
        if peer == ours:
            continue
        for question, times in theirs["times"].items():
            kind = "wall" if question == "change searchable" else "cpu"
            value = ratio(mine["times"][question][kind], times[kind])
            found.append(_row(size, peer, question, value))
        rates = [e["built"]["built_papers_per_cpu_second"] for e in (mine, theirs)]
        found.append(_row(size, peer, "building", rates[0] / max(rates[1], 1)))
    return found


def _row(size: int, peer: str, question: str, value: float) -> dict[str, Any]:
    wanted = goal(size, peer, question)
    return {
        "peer": peer,
        "question": question,
        "times_faster": round(value, 3),
        "goal": wanted if wanted is None else round(wanted, 3),
        "met": None if wanted is None else value >= wanted,
    }
