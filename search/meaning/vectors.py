"""The vectors of lessons, in one file for each model: appended to, wiped from, made anew.

A vector is found by a digest of its lesson's id and stamp, so that one made from an older text is
never met. The file is disposable, as the index is. One process writes; the others look at the size
of the file before each search. Whoever looks meets a record whole or not at all (`records.py`).
"""

import os
import threading
from pathlib import Path

import numpy as np

from ..lock import WriterLock
from ..storage import replace_durably, sync
from .held import Held, Mask, OpenFile, Rows, Vectors32
from .records import Keys, header, sound, written

#: Rows without use that are borne before the file is made anew; more where it is large.
_BORNE_ROWS = 1000


class Vectors:
    """The vectors that one model made. Threads may share one; processes open one each.

    Writing raises `IndexBusy` if another process writes for too long, and OSError.
    """

    def __init__(self, folder: Path, fingerprint: str, *, lock_timeout_seconds: float = 10) -> None:
        self._folder = folder
        self._fingerprint = fingerprint
        self._path = folder / f"{fingerprint}.vectors"
        self._lock = WriterLock(folder / "lock", timeout_seconds=lock_timeout_seconds)
        self._looking = threading.Lock()
        self._held: Held | None = None

    def fetch(self, keys: Keys) -> tuple[Mask, Vectors32]:
        """Which of the keys have a vector, and these in order, float32 (m, d)."""
        held = self._newest()
        if held is None:
            return np.zeros(len(keys), np.bool_), np.zeros((0, 0), np.float32)
        return held.fetch(keys)

    def holding(self, keys: Keys) -> Mask:
        """Which of the keys have a vector."""
        held = self._newest()
        return np.zeros(len(keys), np.bool_) if held is None else held.places(keys)[0]

    def look_again(self) -> None:
        """Read the whole file again; what was damaged meanwhile is found absent."""
        with self._looking:
            self._held = None

    def add(self, keys: Keys, vectors: Vectors32) -> None:
        """Append vectors (n, d), durably."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with self._lock.held():
            held = self._newest()
            if held is None:
                replace_durably(self._path, header(vectors.shape[1], self._fingerprint))
                held = Held.nothing_of(OpenFile(self._path, self._fingerprint))
            # What a writer left half done behind the last whole record is written over.
            self._write({held.file.offset(held.rows_read): written(keys, vectors)})
        self._newest()

    def keep_only(self, keys: Keys) -> int:
        """Wipe all other vectors off the disk, and those of other models; how many of ours went."""
        if not self._folder.is_dir():
            return 0
        with self._lock.held():
            for path in self._folder.glob("*.vectors"):
                if path != self._path:
                    path.unlink()
            held = self._newest()
            if held is None:
                return 0
            gone = ~np.isin(held.keys, keys)
            if gone.any():
                self._wipe(held, held.rows_of(gone))
                held = self._hold(held.without(gone))
            useless = held.rows_read - len(held.keys)
            if useless > max(_BORNE_ROWS, len(held.keys) // 2):
                self._make_anew(held)
        return int(np.count_nonzero(gone))

    def _wipe(self, held: Held, rows: Rows) -> None:
        nothing = bytes(held.file.form.itemsize)
        self._write({held.file.offset(row): nothing for row in rows.tolist()})

    def _write(self, pieces: dict[int, bytes]) -> None:
        with self._path.open("r+b") as file:
            for offset, content in pieces.items():
                file.seek(offset)
                file.write(content)
            file.flush()
            os.fsync(file.fileno())

    def _make_anew(self, held: Held) -> None:
        """Leave the rows without use behind; readers go on with the file that they have open."""
        beside = self._path.with_suffix(".new")
        with beside.open("wb") as file:
            file.write(header(held.file.dimensions, self._fingerprint))
            for _, records in held.file.records(0, held.rows_read):
                file.write(records[sound(records)].tobytes())
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, self._path)
        sync(self._folder)

    def _newest(self) -> Held | None:
        """The file as it is now; None if there is none, or none of ours."""
        held = self._held
        try:
            if held is not None and held.is_all_of(os.stat(self._path)):
                return held
            with self._looking:
                return self._look()
        except FileNotFoundError:
            return None

    def _look(self) -> Held | None:
        held, now = self._held, os.stat(self._path)
        if held is None or not held.is_beginning_of(now):
            held = Held.nothing_of(OpenFile(self._path, self._fingerprint))
        self._held = held.grown() if held.file.dimensions else None
        return self._held

    def _hold(self, held: Held) -> Held:
        with self._looking:
            self._held = held
        return held
