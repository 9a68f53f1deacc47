"""A zip of Markdown pages made while it is sent, so that no whole export is ever held."""

import io
import zipfile
from collections.abc import Iterable, Iterator

from app.transfer.exported import ExportedLesson
from app.transfer.writers import markdown_pages


class _Outlet(io.RawIOBase):
    """What is written to it can be taken away; it cannot be read or gone back in."""

    def __init__(self) -> None:
        self._written = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: "bytes | bytearray | memoryview") -> int:  # type: ignore[override]
        self._written += data
        return len(data)

    def taken(self) -> bytes:
        data = bytes(self._written)
        self._written.clear()
        return data


def zip_chunks(lessons: Iterable[ExportedLesson]) -> Iterator[bytes]:
    """The bytes of a zip with a page for each lesson, page by page."""
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in markdown_pages(lessons):
            archive.writestr(name, content)
            yield outlet.taken()
    yield outlet.taken()
