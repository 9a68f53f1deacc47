"""`commonplace bench relevance` as a person runs it, and what it says."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from app.bench.relevance.collection import read_collection
from app.bench.relevance.comparison import Measures, compared
from app.bench.relevance.report import as_json
from app.cli import program
from tests.bench.collections import write_collection


def run(*words: str | Path) -> Result:
    arguments = ["bench", "relevance", *map(str, words)]
    return CliRunner().invoke(program, arguments, catch_exceptions=False)


def test_every_engine_is_measured_on_every_collection(tmp_path: Path) -> None:
    folders = [write_collection(tmp_path / name) for name in ("one", "two")]
    written = tmp_path / "figures.json"
    result = run(*folders, "--against", "whoosh,fts5,tantivy,bm25s", "--json", written)
    assert result.exit_code == 0
    assert "one: 3 documents, 2 queries" in result.stdout
    found = json.loads(written.read_text("utf-8"))["collections"]
    engines = ["commonplace", "whoosh", "fts5", "tantivy", "bm25s"]
    assert {name: list(at["engines"]) for name, at in found.items()} == {
        "one": engines, "two": engines
    }  # fmt: skip
    assert found["one"]["engines"]["commonplace"]["nDCG@10"] == 1


def test_runs_are_written_as_trec_reads_them(tmp_path: Path) -> None:
    folder = write_collection(tmp_path / "small")
    assert run(folder, "--runs", tmp_path / "runs").exit_code == 0
    lines = (tmp_path / "runs" / "small.commonplace.run").read_text("utf-8").splitlines()
    assert [line.split()[:4] for line in lines] == [
        ["1", "Q0", "pump", "1"], ["1", "Q0", "road", "2"], ["2", "Q0", "note", "1"]
    ]  # fmt: skip


def test_queries_are_counted_that_another_answers_better(tmp_path: Path) -> None:
    collection = read_collection(write_collection(tmp_path))
    [ours] = compared(collection, (), lambda _: None)
    other = Measures("other", {}, {"nDCG@10": {"1": 0.5, "2": 1}})
    beside = as_json(collection, [ours, other])["engines"]["other"]
    assert beside["worse_than_ours"] == beside["as_ours"] == 1
    assert beside["better_than_ours"] == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [(("--against", "lucene"), "no peer named 'lucene'"), ((), "corpus.jsonl is missing")],
)
def test_what_cannot_be_compared_is_refused(
    tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    result = run(tmp_path, *words)
    assert result.exit_code == 2
    assert said in result.stderr
