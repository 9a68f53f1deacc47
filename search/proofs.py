"""Which files of the index are what was written, and which changed since that was last proven."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .errors import IndexDamaged
from .folder import Current, Folder, digest

_TRIES = 20
Look = tuple[int, int, int]


class Proofs:
    """What one process has proven: how each file looked just before its digest was found right.

    Nothing else counts as known, so that a file which changes between its writing and the first
    look at it is read, too.
    """

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._proven: dict[Path, tuple[Look, str]] = {}

    def verify(self, *, again: bool = True) -> None:
        """Read every file, or if not `again` those that are not proven as they look now.

        `IndexDamaged` unless each is what was written.
        """
        if again:
            self._proven.clear()
        for _ in range(_TRIES):
            content = self._folder.content()
            try:
                self._prove(Current.from_bytes(content))
            except FileNotFoundError as error:
                # A writer may have gone on meanwhile: what it removed is not in the next `current`.
                if content == self._folder.content():
                    raise IndexDamaged("files of the search index are missing") from error
            else:
                return

    def _prove(self, current: Current) -> None:
        build = self._folder.build(current.build)
        named = {build / name: written for name, written in current.digests.items()}
        for path, written in named.items():
            found = look(path), written
            if self._proven.get(path) != found:
                self._proven.pop(path, None)
                verify(build, path.name, current)
                self._proven[path] = found
        for path in list(self._proven):  # other threads may prove, too
            if path not in named:
                self._proven.pop(path, None)


def look(path: Path) -> Look:
    """Inode, length and time of change of a file; they differ when it was written to."""
    with _a_disk_that_fails_told(path.name):
        found = os.stat(path)
    return found.st_ino, found.st_size, found.st_mtime_ns


def verify(build: Path, name: str, current: Current) -> None:
    """`IndexDamaged` unless a file is what was written; Whoosh unpickles it only then."""
    with _a_disk_that_fails_told(name):
        found = digest(build / name)
    if found != current.digests.get(name):
        raise IndexDamaged(f"{name} of the search index is not what was written")


def intact(build: Path, name: str, current: Current) -> bool:
    """Whether a file is there, and what was written."""
    try:
        verify(build, name, current)
    except (IndexDamaged, FileNotFoundError):
        return False
    return True


@contextmanager
def _a_disk_that_fails_told(name: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno != errno.EIO:  # no rights, no descriptors left: not for a rebuild to mend
            raise
        raise IndexDamaged(f"{name} of the search index cannot be read") from error
