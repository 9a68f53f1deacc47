"""Faults of Whoosh 2.7.4 in opening what was written, shown to be hidden."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from search import Index, IndexDamaged, open_index
from search.engine import TOC
from search.folder import Current, Folder
from search.readers import INDEX_NAME, toc_file
from search.schema import schema
from search.storage import DurableStorage
from tests.search.making import ask, make_document
from tests.search.processes import ROOT, finish, start


def test_a_search_after_a_commit_opens_no_segment_again(index: Index, tmp_path: Path) -> None:
    index.index(make_document(str(n), f"pump word{n}") for n in range(300))
    program = """
opened = []
index = open_index(folder)
assert len(found(index, "pump")) == 10
(large,) = {p.name.partition(".")[0] for p in folder.glob("builds/*/*.seg")}
sys.addaudithook(lambda event, facts: opened.append(str(facts[0])) if event == "open" else None)
for n in range(3):
    index.index([make_document(f"new{n}", "pump valve")])
    assert len(found(index, "valve")) == n + 1
again = len(opened)
found(index, "valve")
print([Path(p).name for p in opened if large in p], [p for p in opened[again:] if ".seg" in p])
"""
    assert finish(start(tmp_path / "index", program)).strip() == "[] []"


def test_an_index_that_changes_while_it_is_opened_is_opened_as_it_then_is(
    index: Index, tmp_path: Path
) -> None:
    index.index([make_document("old", "pump")])
    program = """
writer, reader = open_index(folder), open_index(folder)
writer.stamps()
done = []
def change(event, facts):
    if event == "open" and ".toc" in str(facts[0]) and not done:
        done.append(str(facts[0]))  # what is about to be opened goes
        for n in range(9):
            writer.index([make_document(f"new{n}", "pump")])
        assert not Path(done[0]).exists()
sys.addaudithook(change)
print(reader.search(ask("pump")).total, len(done))
"""
    assert finish(start(tmp_path / "index", program)).strip() == "10 1"


class _Malice:
    """Something whose unpickling does harm."""

    def __init__(self, harm: Path) -> None:
        self._harm = harm

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self._harm),)


def test_nothing_is_unpickled_that_is_not_what_was_written(tmp_path: Path) -> None:
    folder, harm = tmp_path / "index", tmp_path / "harm"
    with open_index(folder) as index:
        index.index([make_document("a", "pump")])
    place = Folder(folder)
    current = Current.from_bytes(place.content())
    build = place.build(current.build)
    (build / toc_file(current.toc)).unlink()
    TOC(schema(), [_Malice(harm)], current.toc).write(DurableStorage(str(build)), INDEX_NAME)
    assert str(harm).encode() in (build / toc_file(current.toc)).read_bytes()
    with open_index(folder) as index, pytest.raises(IndexDamaged):
        index.search(ask("pump"))
    assert not harm.exists()


def test_importing_it_warns_of_nothing_even_when_it_is_compiled(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-X", f"pycache_prefix={tmp_path}", "-c", "import search"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
