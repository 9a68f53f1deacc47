"""What lies in the folder of an index, and which of it counts.

    identity        random id of this index; survives rebuilds
    lock            held by the one writer
    merging         held by whoever makes several segments one
    current         small JSON: the build in use, its table of contents, and a digest of each file
    builds/<name>/  Whoosh's files, and columns beside them

`current` is the only truth. It is replaced whole, after everything it names is on the disk; what
it does not name was never acknowledged and is swept away by the next writer.
"""

import hashlib
import json
import os
import re
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

from .errors import IndexDamaged
from .schema import FORMAT
from .storage import replace_durably, sync

_CHUNK_BYTES = 1 << 20
_NAME = re.compile(rb"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Current:
    """The state of an index as `current` tells it.

    `generation` grows by one with every commit and rebuild; `toc` is Whoosh's own number;
    `digests` maps the names of files in the build to their SHA-256.
    """

    build: str
    generation: int
    toc: int
    digests: dict[str, str]

    def to_bytes(self) -> bytes:
        """As it is written."""
        facts = [FORMAT, self.build, self.generation, self.toc, self.digests]
        return json.dumps(facts, separators=(",", ":")).encode()

    @classmethod
    def from_bytes(cls, content: bytes) -> "Current":
        """As it was written; `IndexDamaged` for anything else."""
        try:
            form, build, generation, toc, digests = json.loads(content)
        except (ValueError, TypeError) as error:
            raise IndexDamaged("the pointer to the search index cannot be read") from error
        if form != FORMAT:
            raise IndexDamaged("the search index was made by another version")
        return cls(str(build), int(generation), int(toc), dict(digests))


class Folder:
    """The paths of an index, and the few steps that touch them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.lock = root / "lock"
        self.merging = root / "merging"
        self._current = root / "current"
        self._identity = root / "identity"
        self._builds = root / "builds"

    def exists(self) -> bool:
        """Whether an index was ever made here."""
        return self._identity.exists() or self._current.exists()

    def prepare(self) -> None:
        """Make the folders of a new index."""
        self._builds.mkdir(parents=True, exist_ok=True)

    def name(self) -> None:
        """Give a new index its identity: the last step of making it."""
        replace_durably(self._identity, secrets.token_hex(16).encode())

    def identity(self) -> str:
        """The random id of this index; a new one where it was lost: it is only a name."""
        if not _NAME.fullmatch(self._name()):
            self.name()
        return self._name().decode()

    def _name(self) -> bytes:
        return self._identity.read_bytes() if self._identity.exists() else b""

    def content(self) -> bytes:
        """The raw pointer: cheap to read, and different whenever anything was committed."""
        try:
            handle = os.open(self._current, os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError as error:
            raise IndexDamaged("the pointer to the search index is missing") from error
        try:
            return os.read(handle, os.fstat(handle).st_size)
        finally:
            os.close(handle)

    def signature(self) -> tuple[int, int, int]:
        """Cheaper than the content, and different whenever that is.

        Every commit puts a new file in place; two of them take longer than the clock of a file
        system ticks, so that none has both the inode and the moment of one before.
        """
        try:
            found = os.stat(self._current)
        except FileNotFoundError as error:
            raise IndexDamaged("the pointer to the search index is missing") from error
        return found.st_ino, found.st_mtime_ns, found.st_size

    def generation(self) -> int:
        """The last generation, or 0 where the pointer cannot be read."""
        try:
            return Current.from_bytes(self.content()).generation
        except IndexDamaged:
            return 0

    def publish(self, current: Current) -> None:
        """Make a state the one that counts, durably."""
        replace_durably(self._current, current.to_bytes())

    def withdraw(self) -> None:
        """Have no state count any more: whoever reads finds the index damaged until the next."""
        self._current.unlink(missing_ok=True)
        sync(self.root)

    def build(self, name: str) -> Path:
        """The folder of a build."""
        return self._builds / name

    def new_build(self) -> str:
        """An empty folder for a new build; its name."""
        name = secrets.token_hex(8)
        self.build(name).mkdir(parents=True)
        sync(self._builds)
        return name

    def remove_build(self, name: str) -> None:
        """Remove a build that was not finished."""
        shutil.rmtree(self.build(name), ignore_errors=True)

    def remove_builds(self, *, but: str) -> None:
        """Remove every build but one; readers that have files of it mapped keep them."""
        for name in os.listdir(self._builds):
            if name != but:
                self.remove_build(name)


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            found.update(chunk)
    return found.hexdigest()
