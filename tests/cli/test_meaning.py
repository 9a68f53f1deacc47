"""Ranking by meaning on the command line: `reindex --meaning`, and what `check` tells of it."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Terminal
from tests.search.tiny_model import make_model
from tests.transfer.house_files import row, table


@pytest.fixture
def with_model(terminal: Terminal, tmp_path: Path) -> Terminal:
    """Three lessons, and a model named that has learnt none of them."""
    terminal.run("import", table(tmp_path / "a.csv", [row(n) for n in range(3)]))
    terminal.environment["COMMONPLACE_MEANING_MODEL"] = str(make_model(tmp_path / "model"))
    return terminal


def without_vector(terminal: Terminal) -> int:
    found: dict[str, int] = json.loads(terminal.run("check", "--json").stdout)
    return found["without_vector"]


def test_vectors_are_made_at_once_and_check_counts_what_lacks_one(with_model: Terminal) -> None:
    assert without_vector(with_model) == 3
    assert "3 lessons given their vector" in with_model.run("reindex", "--meaning").stderr
    assert without_vector(with_model) == 0
    assert "0 lessons given their vector" in with_model.run("reindex", "--meaning").stderr


def test_a_rebuilt_index_keeps_the_vectors(with_model: Terminal) -> None:
    with_model.run("reindex", "--meaning")
    with_model.run("reindex")
    assert without_vector(with_model) == 0


def test_without_a_model_nothing_is_told_of_vectors_and_none_are_made(terminal: Terminal) -> None:
    assert "without_vector" not in terminal.run("check").stdout
    assert "No model is named" in terminal.run("reindex", "--meaning", status=2).stderr


def test_a_model_that_cannot_be_used_is_told(with_model: Terminal, tmp_path: Path) -> None:
    (tmp_path / "model" / "tokenizer.json").unlink()
    checked = with_model.run("check", "--json")
    assert json.loads(checked.stdout)["without_vector"] == 3
    assert "holds no tokenizer.json" in checked.stderr
    assert "holds no tokenizer.json" in with_model.run("reindex", "--meaning", status=2).stderr


def test_a_folder_that_is_not_there_refuses_to_start(terminal: Terminal, tmp_path: Path) -> None:
    terminal.environment["COMMONPLACE_MEANING_MODEL"] = str(tmp_path / "nowhere")
    told = terminal.run("check", status=2).stderr
    assert "COMMONPLACE_MEANING_MODEL" in told
    assert "folder that is there" in told
