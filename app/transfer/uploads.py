"""Uploaded files, each in a folder of its own: read as data, never served and never executed."""

import re
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from app.transfer.models import FILE_NAME_LENGTH

_REJECTS = "_rejected.csv"


def safe_name(name: str) -> str:
    """A file name without folders, leading dots and whatever a file system or page may stumble
    over; its ending stays, since it helps to tell the format."""
    last = PurePosixPath(name.replace("\\", "/")).name
    plain = re.sub(r"[^\w.() -]+", "-", last).strip(" .-_")
    stem, dot, ending = plain.rpartition(".")
    room = FILE_NAME_LENGTH - len(dot + ending)
    cut = (stem[:room] + dot + ending) if stem and room > 0 else plain[:FILE_NAME_LENGTH]
    return cut.strip() or "upload"


@dataclass(frozen=True, slots=True)
class Uploads:
    """The files below `folder`, on this machine."""

    folder: Path

    def keep(self, run_id: str, name: str, content: BinaryIO) -> Path:
        """Write an upload to its folder, which nobody else may read."""
        folder = self.folder / run_id
        folder.mkdir(parents=True, mode=0o700)
        path = folder / name
        with path.open("wb") as file:
            shutil.copyfileobj(content, file)
        return path

    def file_of(self, run_id: str, name: str) -> Path:
        """Where an upload lies, if it is on this machine."""
        return self.folder / run_id / name

    def rejects_of(self, run_id: str) -> Path:
        """Where the rejected rows of a run are written."""
        return self.folder / run_id / _REJECTS

    def discard(self, run_id: str) -> None:
        """Remove an upload with its rejected rows; nothing happens where there is none."""
        shutil.rmtree(self.folder / run_id, ignore_errors=True)

    def present(self) -> list[str]:
        """Ids of the runs whose files are on this machine."""
        return [entry.name for entry in self.folder.iterdir()] if self.folder.is_dir() else []

    def kept_since(self, run_id: str) -> datetime:
        """When a folder was made or last changed."""
        return datetime.fromtimestamp((self.folder / run_id).stat().st_mtime, UTC)


def uploads_in(data_dir: Path) -> Uploads:
    """Where uploads lie below the folder of data."""
    return Uploads(data_dir / "uploads")
