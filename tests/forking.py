"""Servers that are there at once: forked from a process that has read the program already, which
takes ten times as long as serving a page."""

import multiprocessing
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from sqlalchemy.orm import configure_mappers

from app.cli import program

# Read before anything is forked, in the process that forks and in no other.
_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload([__name__, "app.main"])

configure_mappers()


class Forked:
    """`commonplace …` in a process of its own, with what is asked of a `subprocess.Popen`."""

    def __init__(self, words: Sequence[str], environment: Mapping[str, str], log: Path) -> None:
        self._process = _context.Process(target=_run, args=(words, dict(environment), str(log)))
        self._process.start()

    def poll(self) -> int | None:
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        assert self._process.pid is not None
        os.kill(self._process.pid, number)

    def wait(self, timeout: float) -> int | None:
        self._process.join(timeout)
        assert self._process.exitcode is not None, "it does not end"
        return self._process.exitcode


def _run(words: Sequence[str], environment: Mapping[str, str], log: str) -> None:
    os.environ.clear()
    os.environ.update(environment)
    handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(handle, 1)
    os.dup2(handle, 2)
    program(list(words), prog_name="commonplace")
