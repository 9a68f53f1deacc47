"""`commonplace reindex` and `commonplace check`."""

import json
import shutil
from pathlib import Path
from typing import Any

from tests.cli.conftest import Terminal
from tests.transfer.house_files import row, table


def checked(terminal: Terminal, status: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(terminal.run("check", "--json", status=status).stdout)
    return found


def imported(terminal: Terminal, folder: Path, count: int = 3) -> None:
    terminal.run("import", table(folder / "a.csv", [row(n) for n in range(count)]))


def test_an_empty_memory_is_clean(empty_terminal: Terminal) -> None:
    found = checked(empty_terminal)
    assert (found["clean"], found["lessons"]) == (True, 0)
    assert found["database"] == found["index"]


def test_what_was_imported_is_in_the_index(terminal: Terminal, tmp_path: Path) -> None:
    imported(terminal, tmp_path)
    found = checked(terminal)
    assert (found["clean"], found["lessons"]) == (True, 3)
    assert found["database"] == found["index"]
    assert "clean: True" in terminal.run("check").stdout


def test_a_lost_index_is_told_and_made_anew(terminal: Terminal, tmp_path: Path) -> None:
    imported(terminal, tmp_path)
    shutil.rmtree(Path(terminal.environment["COMMONPLACE_DATA_DIR"]) / "index")
    found = checked(terminal, status=1)
    assert (found["clean"], found["missing"]) == (False, 3)
    assert found["database"] != found["index"]
    assert "The index differs" in terminal.run("check", status=1).stderr
    assert "3 lessons indexed" in terminal.run("reindex").stderr
    assert checked(terminal)["clean"]


def test_reindexing_twice_changes_nothing(terminal: Terminal, tmp_path: Path) -> None:
    imported(terminal, tmp_path)
    before = checked(terminal)
    terminal.run("reindex")
    terminal.run("reindex")
    assert checked(terminal) == before


def test_damage_is_told_and_made_good(terminal: Terminal, tmp_path: Path) -> None:
    imported(terminal, tmp_path)
    folder = Path(terminal.environment["COMMONPLACE_DATA_DIR"]) / "index"
    (segment,) = folder.glob("builds/*/*.seg")
    segment.write_bytes(segment.read_bytes()[:-1])
    found = checked(terminal, status=1)
    assert (found["clean"], found["missing"]) == (False, 3)
    assert "not what was written" in found["damage"]
    assert "The index is damaged" in terminal.run("check", status=1).stderr
    terminal.run("reindex")
    assert checked(terminal)["damage"] is None
