"""`commonplace bench attack` and `bench product` as a person runs them, small."""

import json
from pathlib import Path

from typer.testing import CliRunner

from app.bench.place import furnish
from app.cli import program


def test_an_attack_is_measured_from_both_sides(tmp_path: Path) -> None:
    words = ["bench", "attack", "--lessons", "40", "--seconds", "0.4"]
    words += ["--json", str(tmp_path / "figures.json")]
    result = CliRunner().invoke(program, words, catch_exceptions=False)
    assert result.exit_code == 0
    found = json.loads((tmp_path / "figures.json").read_text("utf-8"))
    assert found["alone"]["count"] > 0
    assert found["under_attack"]["count"] > 0
    assert found["person_refused"] == 0
    assert sum(found["attack_answers"].values()) > 0
    assert "p95 times slower" in result.stdout


def test_further_people_are_signed_in_apart(tmp_path: Path) -> None:
    place = furnish(tmp_path, 1, lambda _: None, others=2)
    assert len({place.cookie, *place.others}) == 3
