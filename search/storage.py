"""How the index gets to the disk: written through, in an order that a power cut cannot break.

Whoosh never calls `fsync`. Its storage is mended here by a subclass.
"""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from .engine import FileStorage


def sync(path: Path | str) -> None:
    """Have the content of a file, or the names in a folder, on the disk before going on."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def replace_durably(path: Path, content: bytes) -> None:
    """Put a file in place whole or not at all, also through a power cut."""
    beside = path.with_name(f"{path.name}.new")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, path)
    sync(path.parent)


def write_synced(path: Path, pieces: Iterable[bytes | memoryview]) -> None:
    """Write a new file piece by piece and have it on the disk."""
    with path.open("wb") as file:
        for piece in pieces:
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())


class DurableStorage(FileStorage):  # type: ignore[misc]
    """A folder in which segments are on the disk before the table of contents names them.

    It remembers the files it opened, so that a writer that fails midway leaves none of them open.
    """

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self._opened: list[Any] = []
        self._unsynced: list[str] = []

    def create_file(self, name: str, **options: Any) -> Any:
        """A new file, as Whoosh asks for it."""
        file = super().create_file(name, **options)
        self._opened.append(file)
        if name.endswith(".seg"):
            self._unsynced.append(name)
        return file

    def open_file(self, name: str, **options: Any) -> Any:
        """A file to read, as Whoosh asks for it."""
        file = super().open_file(name, **options)
        self._opened.append(file)
        return file

    def temp_storage(self, name: str | None = None) -> "DurableStorage":
        """A folder within for what is not kept, whose files are remembered too."""
        within = DurableStorage(str(Path(self.folder) / (name or "temporary.tmp")))
        within._opened = self._opened
        within.create()
        return within

    def close_all(self) -> None:
        """Close what is still open; what cannot be written any more is lost."""
        for file in self._opened:
            with suppress(OSError, ValueError):
                file.raw_file().close()
        self._opened.clear()

    def sync_segments(self) -> None:
        """Have every segment made here on the disk."""
        while self._unsynced:
            sync(Path(self.folder) / self._unsynced.pop())

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Sync new segments and the renamed file, rename, sync the folder."""
        folder = Path(self.folder)
        if safe and (folder / newname).exists():
            raise NameError(f"{newname} exists")
        self.sync_segments()
        sync(folder / oldname)
        os.replace(folder / oldname, folder / newname)
        sync(folder)
