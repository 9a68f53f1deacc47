"""`commonplace bench briefs` as a person runs it, and what it says."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from app.bench.briefs.comparison import Place, Tried
from app.bench.briefs.memories import FILES
from app.bench.briefs.plans import Plan
from app.bench.briefs.report import as_json, times
from app.bench.briefs.speed import LONG, SHORT, BriefSpeed, plans
from app.cli import program

PUMP = {"id": "L-1", "title": "Frost", "lesson": "A pump out of doors bursts in a cold night."}
ROAD = {"id": "L-2", "title": "Grit", "lesson": "A lorry slid where the road was not treated."}


def run(*words: str | Path) -> Result:
    arguments = ["bench", "briefs", *map(str, words)]
    return CliRunner().invoke(program, arguments, catch_exceptions=False)


def plans_in(folder: Path, *plans: dict[str, object]) -> Path:
    path = folder / "plans.jsonl"
    path.write_text("".join(json.dumps(plan) + "\n" for plan in plans), "utf-8")
    return path


def test_plans_are_tried_on_lessons_that_were_brought_in(tmp_path: Path) -> None:
    [file] = FILES["nasa"]
    (tmp_path / file).write_text("".join(json.dumps(one) + "\n" for one in (PUMP, ROAD)), "utf-8")
    work = "We mount a pump in the yard before the cold season."
    plans = plans_in(tmp_path, {"work": work, "ids": ["L-1"], "from": "nasa", "held_out": False})
    written = tmp_path / "figures.json"
    result = run("--plans", plans, "--data", tmp_path, "--json", written)
    assert result.exit_code == 0
    assert "til is left out" in result.stderr
    found = json.loads(written.read_text("utf-8"))["briefs"]["nasa"]
    assert found["lessons"] == 2
    assert found["held out"] == {}
    engines = ["commonplace", "index alone", "whoosh", "fts5", "tantivy"]
    assert list(found["both"]) == engines
    assert all(found["both"][engine]["first 1"] == 1 for engine in engines)


def test_places_become_shares_and_a_mean_rank() -> None:
    plan, held_out = (Plan("work", ("a",), "sample", out) for out in (False, True))
    places = (Place(plan, "ours", 1), Place(plan, "ours", 0), Place(held_out, "ours", 4))
    found = as_json(Tried(places, {"sample": 9}))["all"]
    assert found["development"]["ours"] == {
        "plans": 2, "first 1": 0.5, "first 3": 0.5, "first 5": 0.5, "first 7": 0.5, "MRR": 0.5
    }  # fmt: skip
    assert found["held out"]["ours"]["first 3"] == 0
    assert found["held out"]["ours"]["first 5"] == 1
    assert found["both"]["ours"]["MRR"] == round(1.25 / 3, 4)


def test_making_briefs_is_timed_for_short_and_long_plans() -> None:
    found = BriefSpeed((4,), lambda _: None, briefs=6).run()
    assert {length: row["count"] for length, row in found["4"].items()} == {SHORT: 6, LONG: 1}
    assert len(plans(LONG, 1)[0].split()) == 10_000
    assert times(found).row_count == 2


@pytest.mark.parametrize(
    ("plan", "words", "said"),
    [
        ({"ids": ["nobody"]}, (), "holds no lesson nobody"),
        ({}, ("--against", "lucene"), "no peer named 'lucene'"),
        ({"ids": []}, (), "is not a plan"),
    ],
)
def test_what_cannot_be_tried_is_refused(
    tmp_path: Path, plan: dict[str, object], words: tuple[str, ...], said: str
) -> None:
    whole = {"work": "Anything.", "ids": ["a"], "from": "sample", "held_out": False} | plan
    result = run("--plans", plans_in(tmp_path, whole), *words)
    assert result.exit_code == 2
    assert said in result.stderr
