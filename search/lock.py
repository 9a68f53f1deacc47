"""One writer at a time among all processes, by a lock that dies with its holder."""

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .errors import IndexBusy

_PAUSE_SECONDS = 0.01


class WriterLock:
    """An advisory lock on a file (flock(2)) and, among threads of this process, a mutex.

    The kernel releases a flock when the process ends, however it ends.
    """

    def __init__(self, path: Path, *, timeout_seconds: float) -> None:
        self._path = path
        self._timeout_seconds = timeout_seconds
        self._among_threads = threading.Lock()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock for a block; `IndexBusy` if it cannot be had in time."""
        until = time.monotonic() + self._timeout_seconds
        if not self._among_threads.acquire(timeout=self._timeout_seconds):
            raise IndexBusy("another thread writes to the search index")
        try:
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                _lock(handle, until)
                yield
            finally:
                os.close(handle)
        finally:
            self._among_threads.release()


def _lock(handle: int, until: float) -> None:
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() >= until:
                raise IndexBusy("another process writes to the search index") from error
            time.sleep(_PAUSE_SECONDS)
        else:
            return
