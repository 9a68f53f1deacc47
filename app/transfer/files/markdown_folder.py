"""Rows of a folder of Markdown pages, or of a zip of one: a page is a lesson."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from app.transfer.files.markdown_page import PageError, parse_page
from app.transfer.files.packed import MAX_ENTRIES, open_zip, read_entry
from app.transfer.files.rows import BrokenRow, Row, Source, SourceRefused

_ENDINGS = (".md", ".markdown")
_MAX_PAGE_BYTES = 4_000_000
_SHOWN_CHARS = 500


@dataclass(frozen=True)
class _Pages:
    names: tuple[str, ...]
    load: Callable[[str], bytes | None]
    """The bytes of a page, or None when there are too many."""
    root: str = ""
    """The one folder at the top of a zip, which is no topic."""

    def read(self) -> Iterator[Row | BrokenRow]:
        for number, name in enumerate(self.names, 1):
            yield self._row(number, name)

    def _row(self, number: int, name: str) -> Row | BrokenRow:
        data = self.load(name)
        if data is None:
            return BrokenRow(number, 1, f"“{name}” is longer than any lesson", ())
        try:
            text = data.decode("utf-8-sig")
            values = parse_page(text, PurePosixPath(name).stem)
        except UnicodeDecodeError:
            return BrokenRow(number, 1, f"“{name}” is not UTF-8 text; save it as UTF-8", ())
        except PageError as error:
            return BrokenRow(number, 1, f"“{name}”: {error}", (text[:_SHOWN_CHARS],))
        return Row(
            number, 1, {"path": name, "folder": _folder(name.removeprefix(self.root)), **values}
        )


def open_folder(path: Path) -> Source:
    """Open a folder of *.md files, whatever folders they lie in; hidden ones are left out."""

    def load(name: str) -> bytes | None:
        with (path / name).open("rb") as file:
            data = file.read(_MAX_PAGE_BYTES + 1)
        return data if len(data) <= _MAX_PAGE_BYTES else None

    found: list[str] = []
    for folder, folders, files in os.walk(path):
        folders[:] = [name for name in folders if not name.startswith(".")]
        inside = Path(folder).relative_to(path).as_posix()
        found += [str(PurePosixPath(inside, name)) for name in files]
        if len(found) > MAX_ENTRIES:
            raise SourceRefused(
                f"“{path.name}” holds more than {MAX_ENTRIES:,} files. Import a folder inside it."
            )
    return _source(path, "Markdown folder", found, load)


def open_packed_folder(path: Path, held: ExitStack) -> Source:
    """Open a zip of a folder of *.md files; `held` closes it."""
    archive = held.enter_context(open_zip(path))
    names = [info.filename for info in archive.infolist() if not info.is_dir()]
    return _source(
        path,
        "zip of Markdown",
        names,
        lambda name: read_entry(archive, name, _MAX_PAGE_BYTES),
        _common_root([name for name in names if _is_page(name)]),
    )


def _source(
    path: Path, form: str, found: list[str], load: Callable[[str], bytes | None], root: str = ""
) -> Source:
    pages = sorted(name for name in found if _is_page(name))
    left_out = [n for n in pages if n.removeprefix(root).casefold() == "readme.md"]
    pages = [name for name in pages if name not in left_out]
    if not pages:
        raise SourceRefused(
            f"“{path.name}” holds no Markdown pages (*.md). Import a CSV, JSON Lines or .xlsx "
            "file by its own name, or a folder with a page for each lesson."
        )
    source = _Pages(tuple(pages), load, root)
    columns: dict[str, None] = {}
    for row in source.read():
        if isinstance(row, Row):
            columns.update(dict.fromkeys(row.values))
    notes = tuple(f"“{name}” at the top was left out: it speaks of the folder" for name in left_out)
    return Source(form, tuple(columns), len(pages), source.read, notes)


def _is_page(name: str) -> bool:
    parts = PurePosixPath(name).parts
    hidden = any(part.startswith((".", "__MACOSX")) for part in parts)
    return not hidden and name.lower().endswith(_ENDINGS)


def _common_root(names: list[str]) -> str:
    """The one folder that all lie in, as in a zip of a folder; it is no topic."""
    tops = {name.split("/", 1)[0] for name in names if "/" in name}
    if len(tops) == 1 and all("/" in name for name in names):
        return tops.pop() + "/"
    return ""


def _folder(name: str) -> str:
    return name.split("/", 1)[0].replace("-", " ") if "/" in name else ""
