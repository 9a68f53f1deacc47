"""Several processes search the index while one writes: no error, and no answer that is wrong."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from search import open_index
from tests.faults.lengths import length, tell

SECONDS = length("STRESS_SECONDS", short=3, long=600)
READERS = 3
_ROOT = Path(__file__).parents[2]


def _start(folder: Path, *words: object) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "tests.faults.stress", str(folder), *map(str, words)],
        cwd=_ROOT,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


@pytest.mark.timeout(SECONDS + 120)
def test_readers_meet_no_error_and_no_wrong_answer_while_one_writes(tmp_path: Path) -> None:
    open_index(tmp_path / "index").close()
    readers = [_start(tmp_path, "read", number) for number in range(READERS)]
    printed, error = _start(tmp_path, "write", SECONDS).communicate()
    (tmp_path / "stop").touch()
    ended = [reader.communicate(timeout=60) for reader in readers]
    assert error == ""
    assert [said for _, said in ended] == [""] * READERS
    answers = [int(answered) for answered, _ in ended]
    tell(
        f"{SECONDS} s of stress: {sum(answers)} answers to {READERS} processes, none wrong, beside "
        + ", ".join(f"{count} times {act}" for act, count in json.loads(printed).items())
    )
    assert min(answers) > 0
