"""Requests as browsers and programs send them, and the process that sends many at once."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import PIPE
from typing import Any

_HOME = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Load:
    """What many clients saw together."""

    times_ms: list[float]
    statuses: dict[int, int]

    def share(self, status: int) -> float:
        """The share of answers that had a status."""
        return self.statuses.get(status, 0) / max(sum(self.statuses.values()), 1)


def get_request(path: str, *, cookie: str = "", token: str = "") -> str:
    """A GET request on a kept-alive connection, whole."""
    lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1", "Accept: */*", "Accept-Encoding: gzip"]
    if cookie:
        lines.append(f"Cookie: {cookie}")
    if token:
        lines.append(f"Authorization: Bearer {token}")
    return "\r\n".join([*lines, "", ""])


@contextmanager
def under_way(
    port: int, requests: Sequence[Sequence[str]], *, seconds: float, pause_ms: float = 0
) -> Iterator[Callable[[], Load]]:
    """A process whose clients, one for each list of requests, ask until the time is over, waiting
    so long after each answer. Calling what is given waits for them and gives what they saw."""
    task = {
        "port": port,
        "requests": [list(own) for own in requests],
        "seconds": seconds,
        "pause_ms": pause_ms,
    }
    command = (sys.executable, "-m", "app.bench.load")
    with subprocess.Popen(command, cwd=_HOME, stdin=PIPE, stdout=PIPE, text=True) as process:  # noqa: S603
        assert process.stdin is not None
        try:
            json.dump(task, process.stdin)
            process.stdin.close()
            yield lambda: _seen(process)
        finally:
            process.kill()


def load(
    port: int, requests: Sequence[Sequence[str]], *, seconds: float, pause_ms: float = 0
) -> Load:
    """Let the clients ask until the time is over; what they saw."""
    with under_way(port, requests, seconds=seconds, pause_ms=pause_ms) as seen:
        return seen()


def _seen(process: "subprocess.Popen[str]") -> Load:
    assert process.stdout is not None
    said = process.stdout.read()
    if process.wait():
        raise RuntimeError(f"the clients ended with status {process.returncode}")
    found: dict[str, Any] = json.loads(said)
    return Load(found["times_ms"], {int(s): n for s, n in found["statuses"].items()})
