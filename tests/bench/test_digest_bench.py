"""`commonplace bench digests` at a tiny size: everything is measured, nothing is timed."""

import json
from pathlib import Path

from typer.testing import CliRunner

from app.cli import program


def test_the_digests_of_a_made_up_organisation_are_measured(tmp_path: Path) -> None:
    written = tmp_path / "figures.json"
    sizes = ["--lessons", "40", "--teams", "30", "--uses", "200"]
    words = ["bench", "digests", *sizes, "--json", str(written)]
    result = CliRunner().invoke(program, words, catch_exceptions=False)
    assert result.exit_code == 0
    assert "one team" in result.stdout
    figures = json.loads(written.read_text("utf-8"))
    # Of the organisation, of 30 teams two each, and of the three with teams below one more.
    assert figures["all"]["digests"] == 1 + 30 * 2 + 3
    assert (figures["lessons"], figures["teams"], figures["uses"]) == (40, 30, 200)
    for name in ("one_team", "one_division", "one_above_all", "all"):
        assert set(figures[name]) >= {"seconds", "cpu_seconds"}
