"""`commonplace bench search` at a tiny size: everything is measured, nothing is timed."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from app.bench.peers.loading import MEASURED, OURS, measured
from app.bench.speed.comparison import BenchFailed, SpeedBench
from app.bench.speed.measures import WORDS, Measuring
from app.bench.speed.papers import Papers
from app.bench.speed.questions import Questions
from app.cli import program

PAPERS = Papers(60)
ASKED = {*(f"any of {count}" for count in WORDS), "with a filter", "facets and total", "all of 3",
         "change searchable"}  # fmt: skip


def run(*words: str | Path) -> Result:
    arguments = ["bench", "search", *map(str, words)]
    return CliRunner().invoke(program, arguments, catch_exceptions=False)


@pytest.mark.parametrize("name", [OURS, *MEASURED])
def test_every_engine_is_asked_the_same(name: str, tmp_path: Path) -> None:
    engine, told = measured(name), list[str]()
    engine.build(tmp_path, PAPERS)
    measuring = Measuring(engine, Questions(PAPERS, 15), 0.01, told.append)
    times, facts = measuring.run(tmp_path)
    engine.close()
    assert times.keys() >= ASKED
    assert {"open_ms", "memory_growth"} <= facts.keys()
    assert len(told) == len(times)
    assert ("similar_right_first_at_a_third" in facts) == (name == OURS)


def test_the_tables_and_the_file_and_the_kept_index(tmp_path: Path) -> None:
    words = ("--sizes", "40", "--against", "fts5", "--seconds", "0.01", "--queries", "15",
             "--folder", tmp_path / "kept", "--json", tmp_path / "figures.json")  # fmt: skip
    result = run(*words)
    assert result.exit_code == 0
    assert "40 papers" in result.stdout
    found = json.loads((tmp_path / "figures.json").read_text("utf-8"))["sizes"]["40"]
    assert list(found["engines"]) == ["commonplace", "fts5"]
    assert {row["question"] for row in found["ratios"]} == {*ASKED, "building"}
    assert found["engines"]["commonplace"]["facts"]["similar_right_first_at_a_third"] == 1
    told: list[str] = []
    SpeedBench((40,), (), tmp_path / "kept", told.append).built("fts5", 40)
    assert "built before" in told[0]


def test_whoosh_is_left_out_where_it_would_take_hours(tmp_path: Path) -> None:
    told: list[str] = []
    bench = SpeedBench((1_000_000,), ("whoosh",), tmp_path, told.append)
    assert bench.engines(1_000_000) == (OURS,)
    assert "plain Whoosh is left out" in told[0]
    assert bench.engines(2_000) == (OURS, "whoosh")


def test_an_index_that_was_not_finished_is_built_again(tmp_path: Path) -> None:
    half = tmp_path / f"fts5-40-{Papers(40).mark}"
    half.mkdir()
    (half / "papers.sqlite").write_bytes(b"half of an index")
    bench = SpeedBench((40,), (), tmp_path, lambda _: None)
    assert bench.built("fts5", 40)["index_mb"] > 0


def test_an_index_of_another_version_is_built_again(tmp_path: Path) -> None:
    bench, told = SpeedBench((40,), (), tmp_path, lambda _: None), list[str]()
    bench.built(OURS, 40)
    [current] = tmp_path.rglob("current")
    current.write_bytes(b"[0]")
    SpeedBench((40,), (), tmp_path, told.append).built(OURS, 40)
    assert not any("built before" in line for line in told)
    assert current.read_bytes() != b"[0]"


def test_a_process_that_fails_is_told(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    bench = SpeedBench((40,), (), tmp_path, lambda _: None)
    with pytest.raises(BenchFailed, match="40 papers: lucene"):
        bench.built("lucene", 40)
    assert "no peer named 'lucene'" in capfd.readouterr().err


@pytest.mark.parametrize("sizes", ["", "many", "0", "100,-1"])
def test_sizes_that_are_none_are_refused(sizes: str) -> None:
    result = run("--sizes", sizes)
    assert result.exit_code == 2
    assert "Give sizes as numbers" in result.stderr
