"""What makes the suite quick without making it weaker: files in memory, the longest first."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

_MEMORY = Path("/dev/shm")
_ENOUGH_BYTES = 2 * 1024**3
# Files of tests are handed out whole, so one that takes a minute must not be the last. Those that
# mostly wait (faults) stand beside those that mostly work (browsers).
_LONG = (
    "tests/journeys/test_every_",
    "tests/faults/",
    "tests/journeys/test_payloads.py",
    "tests/journeys/test_hidden.py",
    "tests/journeys/",
    "tests/test_contract.py",
    "tests/access/",
    "tests/transfer/",
    "tests/bench/",
    "tests/test_",
    "tests/search/test_processes.py",
    "tests/search/test_whoosh_faults.py",
    "tests/uses/test_rank.py",
)


def write_into_memory() -> None:
    """Put every temporary folder of this process, and of those that it starts, into memory where
    the machine has room: thousands of databases and indexes need no disk. Whether what was saved
    outlives a power cut is tested on disks made for it, tests/faults/disks.py."""
    if "TMPDIR" in os.environ or not os.access(_MEMORY, os.W_OK):
        return
    if shutil.disk_usage(_MEMORY).free >= _ENOUGH_BYTES:
        os.environ["TMPDIR"] = tempfile.tempdir = str(_MEMORY)


def longest_first(item: pytest.Item) -> int:
    """Where the file of a test comes in the order in which files are begun."""
    places = (at for at, path in enumerate(_LONG) if item.nodeid.startswith(path))
    return next(places, len(_LONG))
