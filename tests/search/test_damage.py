"""A damaged index says so, never answers wrongly, and a rebuild mends it."""

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from search import Index, IndexDamaged, open_index
from tests.search.making import ask, found, make_document

DOCUMENTS = [make_document(str(n), f"pump no{n}", happened="valve " * n) for n in range(50)]


def one(folder: Path, pattern: str) -> Path:
    (path,) = folder.glob(f"builds/*/{pattern}")
    return path


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def both(folder: Path) -> list[Path]:
    """The record of the one segment, and the columns beside it."""
    return [one(folder, "*.seg"), one(folder, "*.cols")]


DAMAGES: dict[str, Callable[[Path], object]] = {
    "both files flipped": lambda folder: [flip(path) for path in both(folder)],
    "both files cut": lambda folder: [cut(path) for path in both(folder)],
    "both files emptied": lambda folder: [path.write_bytes(b"") for path in both(folder)],
    "both files missing": lambda folder: [path.unlink() for path in both(folder)],
    "contents flipped": lambda folder: flip(one(folder, "*.toc")),
    "contents cut": lambda folder: cut(one(folder, "*.toc")),
    "contents missing": lambda folder: one(folder, "*.toc").unlink(),
    "pointer flipped": lambda folder: flip(folder / "current"),
    "pointer cut": lambda folder: cut(folder / "current"),
    "pointer emptied": lambda folder: (folder / "current").write_bytes(b""),
    "pointer missing": lambda folder: (folder / "current").unlink(),
    "pointer of another version": lambda folder: (folder / "current").write_bytes(
        b'[0,"x",1,1,{}]'
    ),
    "pointer of another shape": lambda folder: (folder / "current").write_bytes(b"{}"),
    "builds missing": lambda folder: shutil.rmtree(folder / "builds"),
}


@pytest.fixture
def damaged(tmp_path: Path) -> Callable[[str], Index]:
    folder = tmp_path / "index"
    with open_index(folder) as index:
        index.index(DOCUMENTS)

    def damage(how: str) -> Index:
        DAMAGES[how](folder)
        return open_index(folder)

    return damage


@pytest.mark.parametrize("how", DAMAGES)
def test_a_damaged_index_says_so_and_a_rebuild_mends_it(
    damaged: Callable[[str], Index], how: str
) -> None:
    index = damaged(how)
    with pytest.raises(IndexDamaged):
        index.search(ask("pump"))
    with pytest.raises(IndexDamaged):
        index.stamps()
    with pytest.raises(IndexDamaged):
        index.verify()
    assert index.generation() >= 0
    assert index.rebuild(DOCUMENTS) == 50
    assert found(index, "no33") == ["33"]
    index.verify()
    index.index([make_document("new", "valve")])
    assert index.search(ask()).total == 51
    index.close()


@pytest.mark.parametrize("how", ["contents flipped", "pointer cut", "builds missing"])
def test_nothing_is_written_into_a_damaged_index(damaged: Callable[[str], Index], how: str) -> None:
    index = damaged(how)
    with pytest.raises(IndexDamaged):
        index.index([make_document("a")])


@pytest.mark.usefixtures("damaged")
@pytest.mark.parametrize("how", [flip, cut, Path.unlink])
def test_columns_that_are_lost_or_damaged_are_made_again_from_the_record(
    tmp_path: Path, how: Callable[[Path], None]
) -> None:
    folder = tmp_path / "index"
    path = one(folder, "*.cols")
    before = path.read_bytes()
    how(path)
    with open_index(folder) as index:
        assert found(index, "no33") == ["33"]
        index.verify()
    assert path.read_bytes() == before


@pytest.mark.usefixtures("damaged")
@pytest.mark.parametrize("how", [flip, cut, Path.unlink])
def test_a_damaged_record_is_found_by_verifying_and_not_written_on(
    tmp_path: Path, how: Callable[[Path], None]
) -> None:
    how(one(tmp_path / "index", "*.seg"))
    with open_index(tmp_path / "index") as index:
        assert found(index, "no33") == ["33"]
        with pytest.raises(IndexDamaged):
            index.verify()


@pytest.mark.parametrize("how", [cut, lambda path: path.write_bytes(b"")])
def test_a_file_cut_short_while_it_is_open_ends_no_process(
    index: Index, tmp_path: Path, how: Callable[[Path], None]
) -> None:
    index.index(DOCUMENTS)
    assert index.search(ask("pump")).total == 50
    how(one(tmp_path / "index", "*.cols"))
    with pytest.raises(IndexDamaged):
        index.search(ask("valve"))
    with pytest.raises(IndexDamaged):
        index.search(ask("mo33"))
    with pytest.raises(IndexDamaged):
        index.verify()


def test_damage_that_comes_while_a_segment_is_open_is_found_by_verifying(
    index: Index, tmp_path: Path
) -> None:
    index.index(DOCUMENTS)
    index.verify()
    flip(one(tmp_path / "index", "*.seg"))
    with pytest.raises(IndexDamaged):
        index.verify()


def test_what_was_found_right_is_read_again_only_when_it_looks_otherwise(
    index: Index, tmp_path: Path
) -> None:
    index.index(DOCUMENTS)
    path = one(tmp_path / "index", "*.seg")
    index.verify(again=False)
    times, right = (path.stat().st_atime_ns, path.stat().st_mtime_ns), path.read_bytes()
    flip(path)
    os.utime(path, ns=times)  # as a disk does it: no time of change is noted
    index.verify(again=False)
    for again in (True, False):  # what was found wrong is no longer known
        with pytest.raises(IndexDamaged):
            index.verify(again=again)
    path.write_bytes(right)
    index.verify(again=False)


def test_what_changes_between_its_writing_and_the_first_look_at_it_is_found(
    index: Index, tmp_path: Path
) -> None:
    index.index(DOCUMENTS)
    index.verify()
    known = one(tmp_path / "index", "*.seg")
    index.index([make_document("new", "valve")])
    (new,) = set(tmp_path.glob("index/builds/*/*.seg")) - {known}
    flip(new)
    with pytest.raises(IndexDamaged):
        index.verify(again=False)


def test_columns_full_of_nonsense_are_told_as_damage_and_nothing_worse(
    index: Index, tmp_path: Path
) -> None:
    index.index(DOCUMENTS)
    assert index.search(ask("pump")).total == 50
    path = one(tmp_path / "index", "*.cols")
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (size - 4096))
    for text in ("pump", "valve", "no7", "mo8", ""):
        with suppress(IndexDamaged):
            index.search(ask(text))
    with pytest.raises(IndexDamaged):
        index.verify()
