"""Ratios and what is aimed at, on times made up for this."""

from typing import Any

import pytest
from rich.console import Console

from app.bench.speed.clock import percentile, timed_within
from app.bench.speed.footprint import growth, size_mb
from app.bench.speed.goals import goal, limit_ms, ratio, ratios
from app.bench.speed.report import as_json, tables


def engine(milliseconds: float, built: int) -> dict[str, Any]:
    times = {"wall": [milliseconds] * 5, "cpu": [milliseconds] * 5}
    return {
        "built": {"built_papers_per_cpu_second": built, "index_mb": 12.0},
        "times": {"any of 3": times, "all of 3": times},
        "facts": {"open_ms": 5.0, "memory_growth": {"resident_mb": 3.0, "own_mb": 1.0}},
    }


FOUND = {"2000": {"commonplace": engine(1, 900), "fts5": engine(8, 5_000),
                  "whoosh": engine(10, 600)}}  # fmt: skip


def test_a_ratio_says_how_many_times_faster_ours_is() -> None:
    assert ratio([1, 2, 3], [10, 20, 30]) == 10
    assert ratio([4, 4, 4], [2, 2, 2]) == 0.5


def test_only_questions_that_both_answered_are_compared() -> None:
    assert ratio([1, 1, 1, 100, 100, 100], [5, 5, 5]) == 5


def test_percentiles_are_nearest_ranks() -> None:
    assert percentile([3, 1, 2], 0.5) == 2
    assert percentile(list(range(101)), 0.95) == 95
    assert percentile([7], 0.95) == 7


def test_a_goal_depends_on_size_peer_and_words() -> None:
    assert goal(2_000, "whoosh", "any of 6") == 20
    assert goal(20_000, "whoosh", "any of 6") == 150
    assert goal(100_000, "tantivy", "any of 1") is None
    assert goal(100_000, "tantivy", "any of 3") == 0.5
    assert goal(1_000_000, "whoosh", "any of 3") is None
    assert goal(123, "fts5", "any of 3") is None
    assert goal(123, "fts5", "all of 3") == 0.5


def test_some_things_are_limited_at_a_hundred_thousand() -> None:
    assert limit_ms(100_000, "change searchable") == 25
    assert limit_ms(2_000, "open") is None


def test_goals_are_met_or_not() -> None:
    rows = {(r["peer"], r["question"]): r for r in ratios(2_000, FOUND["2000"], "commonplace")}
    assert rows["fts5", "any of 3"]["met"] is True
    assert rows["whoosh", "any of 3"]["met"] is False
    assert rows["whoosh", "all of 3"]["met"] is None
    assert rows["whoosh", "building"]["met"] is False
    assert rows["whoosh", "building"]["times_faster"] == 1.5


def test_the_table_shows_ratios_beside_goals(capsys: pytest.CaptureFixture[str]) -> None:
    [table] = tables(as_json(FOUND))
    Console(width=140).print(table)
    shown = capsys.readouterr().out
    assert "2,000 papers" in shown
    assert "8× ≥5 ✓" in shown
    assert "10× ≥20 ✗" in shown
    assert "1 + 2" in shown


def test_measuring_ends_when_its_time_is_used_up() -> None:
    asked: list[int] = []
    times = timed_within(asked.append, range(1000), seconds=0, before=range(1000))
    assert len(times.wall) == len(times.cpu) == 5
    assert asked == [0, 0, 1, 2, 3, 4]


def test_growth_and_size(tmp_path: Any) -> None:
    (tmp_path / "one").write_bytes(b"x" * 2_000_000)
    assert size_mb(tmp_path) == 2.0
    assert growth({"own_mb": 1.5}, {"own_mb": 4.0}) == {"own_mb": 2.5}
    assert growth({}, {}) == {}
