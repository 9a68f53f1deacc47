"""Disks to break: an ext4 file system whose power can be cut, a small one that can be filled."""

import errno
import fcntl
import os
import shutil
import struct
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

# EXT4_IOC_SHUTDOWN with EXT4_GOING_FLAGS_NOLOGFLUSH (linux/fs/ext4/ext4.h): from now on nothing
# reaches the disk, not even the journal's buffer: what a power cut leaves.
_SHUTDOWN, _WITHOUT_FLUSHING = 0x8004587D, 2
_CHUNK_BYTES = 64 * 1024


# Where administrators' tools stand is not on everybody's path.
_PATH = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"


def _run(*words: str | Path) -> None:
    found = os.environ | {"PATH": _PATH}
    command = [str(word) for word in words]
    subprocess.run(command, check=True, capture_output=True, text=True, env=found)


def _mount_or_skip(what: str, *words: str | Path) -> None:
    tools = [tool for tool in ("mount", "mkfs.ext4") if shutil.which(tool, path=_PATH) is None]
    if os.geteuid() != 0 or tools:
        missing = f"{', '.join(tools)} is missing" if tools else "this is not root"
        pytest.skip(f"{what} IS NOT TESTED: {missing}")
    try:
        _run(*words)
    except subprocess.CalledProcessError as error:
        pytest.skip(f"{what} IS NOT TESTED: {error.stderr.strip()}")


class PowerCutDisk:
    """An ext4 file system in a file."""

    def __init__(self, image: Path, place: Path) -> None:
        self._image = image
        self.place = place

    def settle(self) -> None:
        """Have all that is there now on the disk."""
        _run("sync", "-f", self.place)

    def cut_power(self) -> None:
        """Lose everything that was not synced; every later access fails."""
        handle = os.open(self.place, os.O_RDONLY)
        try:
            fcntl.ioctl(handle, _SHUTDOWN, struct.pack("I", _WITHOUT_FLUSHING))
        finally:
            os.close(handle)

    def again(self) -> None:
        """Mount what is left."""
        _run("umount", self.place)
        _run("mount", "-o", "loop", self._image, self.place)


@contextmanager
def power_cut_disk(folder: Path, *, megabytes: int = 256) -> Iterator[PowerCutDisk]:
    """A disk below a folder; skips loudly where the machine does not allow it."""
    image, place = folder / "disk.img", folder / "disk"
    place.mkdir()
    with image.open("wb") as file:
        file.truncate(megabytes << 20)
    if shutil.which("mkfs.ext4", path=_PATH):
        _run("mkfs.ext4", "-q", "-F", image)
    _mount_or_skip("A POWER CUT", "mount", "-o", "loop", image, place)
    try:
        yield PowerCutDisk(image, place)
    finally:
        _run("umount", "-l", place)


class SmallDisk:
    """A file system of a few megabytes."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self._filling = place / "filling"

    def fill(self) -> None:
        """Leave no byte free."""
        with self._filling.open("ab", buffering=0) as file:
            size = _CHUNK_BYTES
            while size:
                try:
                    file.write(b"\0" * size)
                except OSError as error:
                    if error.errno != errno.ENOSPC:
                        raise
                    size //= 2

    def free(self) -> None:
        """Give the room back."""
        self._filling.unlink()


@contextmanager
def small_disk(place: Path, *, megabytes: int = 16) -> Iterator[SmallDisk]:
    """A disk at a place; skips loudly where the machine does not allow it."""
    place.mkdir(parents=True, exist_ok=True)
    size = f"size={megabytes}m"
    _mount_or_skip("A FULL DISK", "mount", "-t", "tmpfs", "-o", size, "tmpfs", place)
    try:
        yield SmallDisk(place)
    finally:
        _run("umount", "-l", place)
