"""Log lines, as a process of its own writes them."""

import json
import subprocess
import sys

_PROGRAM = """
import structlog
from app.kit.logs import set_up_logs
set_up_logs(level="info", form="json")
log = structlog.get_logger("test")
log.info("signed in", person="ada\\nlevel=error forged\\u2028line")
log.debug("not said")
try:
    1 / 0
except ZeroDivisionError:
    log.exception("a job failed", job="index")
"""


def test_each_event_is_one_json_line_and_a_failure_brings_its_traceback() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM], capture_output=True, text=True, check=True
    )
    lines = [json.loads(line) for line in done.stderr.split("\n") if line]
    assert [line["event"] for line in lines] == ["signed in", "a job failed"]
    assert lines[0]["person"] == "ada\nlevel=error forged\u2028line"
    assert "\u2028" not in done.stderr
    assert "ZeroDivisionError" in lines[1]["exception"]
