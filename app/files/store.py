"""Where the contents of attachments lie: a folder of this machine, or a bucket of S3."""

from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO, Protocol

from app.config import Settings
from app.files.bucket import Bucket
from app.files.folder import Folder


class Store(Protocol):
    """Contents by name; a name is an attachment's id, and a content never changes.

    Everything raises FilesUnavailable when the store does not answer, and StorageFull when it has
    no room.
    """

    def put(self, name: str, content: BinaryIO, *, now: datetime) -> None:
        """Keep a content. When this returns it is kept for good, whatever happens."""

    def read(self, name: str) -> Iterator[bytes]:
        """The content in pieces. The first is read at once: raises FileMissing before anything is
        sent on."""

    def remove(self, name: str) -> None:
        """Erase a content; nothing happens where there is none."""

    def names(self) -> Iterator[str]:
        """The names of all that is kept."""


def store_for(settings: Settings) -> Store:
    """The store that the settings name. Raises SettingsError for an address that is none; asks
    nothing of the store yet, so that the program starts while it is away."""
    address = settings.files_url.get_secret_value()
    return Bucket.at(address) if address else Folder(settings.files_folder)
