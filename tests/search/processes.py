"""Other processes that use the same index, for the tests of what happens between them."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

_BEGINNING = """
import os, sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from search import *
from search.index import open_index
from tests.search.making import ask, found, make_document
folder = Path(sys.argv[1])
"""


def start(folder: Path, program: str) -> "subprocess.Popen[str]":
    """Run a program in another process; `folder` is the index, and `search` is imported."""
    return subprocess.Popen(
        [sys.executable, "-c", _BEGINNING + program, str(folder), str(ROOT)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(process: "subprocess.Popen[str]") -> str:
    """What the program printed, once it is done; its error if it failed."""
    printed, error = process.communicate(timeout=120)
    assert process.returncode == 0, error
    return printed


def line(process: "subprocess.Popen[str]") -> str:
    """The next line that the program prints."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


def tell(process: "subprocess.Popen[str]", words: str) -> None:
    """Send a line to the program."""
    assert process.stdin is not None
    process.stdin.write(words + "\n")
    process.stdin.flush()
