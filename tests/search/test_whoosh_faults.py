"""Each fault of Whoosh 2.7.4 that is hidden, shown to be hidden."""

import gc
import os
import resource
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from search import Index, open_index
from search.batches import Pile, written
from search.engine import FileStorage
from search.folder import Current, Folder
from search.inplace import InPlaceReader
from search.readers import read_toc
from search.schema import schema
from search.storage import DurableStorage
from tests.search.making import ask, found, make_document
from tests.search.processes import finish, start


def descriptors() -> int:
    gc.collect()
    return len(os.listdir("/proc/self/fd"))


def readers(folder: Path) -> list[InPlaceReader]:
    """Whoosh's readers of the segments in use, opened anew."""
    place = Folder(folder)
    current = Current.from_bytes(place.content())
    build = place.build(current.build)
    segments = read_toc(build, current).segments
    return [InPlaceReader(FileStorage(str(build)), schema(), segment) for segment in segments]


@contextmanager
def files_no_longer_than(length: int) -> Iterator[None]:
    """As on a full disk, writing beyond a length fails (RLIMIT_FSIZE)."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (length, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("length", [0, 50, 1000, 4000, 16_000])
def test_a_commit_that_fails_for_lack_of_space_leaves_all_as_it_was(
    index: Index, another: Index, length: int
) -> None:
    index.index([make_document("a", "pump")])
    many = [make_document(f"n{n}", f"pump and word{n}", happened="x " * n) for n in range(200)]
    with files_no_longer_than(length), pytest.raises(OSError, match="too large"):
        index.index(many)
    assert found(index, "pump") == ["a"]
    another.index(many)
    assert index.search(ask("pump")).total == 201


def test_one_id_twice_in_a_batch_leaves_one_document(index: Index) -> None:
    index.index([make_document("a", "pump"), make_document("a", "pump"), make_document("b")])
    index.index([make_document("a", "pump"), make_document("a", "pump")])
    assert index.search(ask()).total == 2


def test_segments_are_read_in_place(index: Index, tmp_path: Path) -> None:
    index.index(make_document(str(n), f"pump word{n}") for n in range(300))
    (reader,) = readers(tmp_path / "index")
    opened = reader._storage.open_file(f"{reader._segment.segment_id()}.trm")
    assert isinstance(opened._buf, memoryview)
    assert opened._buf.obj is reader._storage._source
    reader.close()


def test_commits_and_searches_leak_no_descriptors(index: Index, another: Index) -> None:
    for n in range(70):
        if n == 10:
            before = descriptors()
        index.index([make_document(f"d{n % 20}", f"pump turn{n}")])
        found(index, "pump")
        found(another, "pump turm5")
    assert descriptors() <= before + 30
    index.close()
    another.close()
    assert descriptors() < before


def test_a_closed_index_holds_no_descriptor(tmp_path: Path) -> None:
    before = descriptors()
    for n in range(5):
        with open_index(tmp_path / "index") as index:
            index.index([make_document(str(n), "pump")])
            assert index.search(ask("pump")).total == n + 1
    assert descriptors() == before


def test_decomposed_unicode_matches_composed(index: Index) -> None:
    index.index([make_document("a", unicodedata.normalize("NFD", "Müller Café"))])
    assert found(index, unicodedata.normalize("NFC", "Müller Café")) == ["a"]


def test_everything_is_synced_before_it_is_named(index: Index, tmp_path: Path) -> None:
    """Syncing opens a file by its descriptor alone, which the interpreter's audit tells."""
    program = """
steps = []
def heard(event, facts):
    if event == "open" and facts[1] is None:
        steps.append(("sync", str(facts[0])))
    elif event == "os.rename":
        steps.append(("name", str(facts[1])))
index = open_index(folder)
sys.addaudithook(heard)
index.index([make_document("a", "pump")])
for step, path in list(steps):
    print(step, Path(path).suffix or Path(path).name)
"""
    steps = finish(start(tmp_path / "index", program)).splitlines()
    segment, contents, pointer = map(steps.index, ("sync .seg", "name .toc", "name current"))
    assert segment < contents < pointer
    build = next((tmp_path / "index" / "builds").iterdir()).name
    assert f"sync {build}" in steps[contents:pointer]
    assert "sync index" in steps[pointer:]


def test_a_name_that_is_taken_is_not_overwritten_by_a_safe_rename(tmp_path: Path) -> None:
    storage = DurableStorage(str(tmp_path))
    (tmp_path / "one").write_bytes(b"one")
    (tmp_path / "two").write_bytes(b"two")
    with pytest.raises(NameError):
        storage.rename_file("one", "two", safe=True)
    storage.rename_file("one", "two")
    assert (tmp_path / "two").read_bytes() == b"one"


def test_a_repeated_word_of_the_query_counts(index: Index) -> None:
    index.index([make_document("a", "pump")])
    (once,) = index.search(ask("pump")).hits
    (twice,) = index.search(ask("pump pump")).hits
    assert twice.score == pytest.approx(2 * once.score)


def test_a_long_question_finds_something(index: Index) -> None:
    index.index([make_document("a", "Screws came loose in a power inverter"), make_document("b")])
    question = "has anybody ever seen that an inverter of some supplier arrived with loose screws"
    assert found(index, question) == ["a"]


def test_a_segment_that_is_given_up_leaves_the_next_one_free(index: Index, tmp_path: Path) -> None:
    place = Folder(tmp_path / "index")
    build = place.build(Current.from_bytes(place.content()).build)
    pile = Pile(build)
    pile.add([make_document("lost", "pump")])
    with written(build, pile):
        pass
    index.index([make_document("a", "pump")])
    assert found(index, "pump") == ["a"]
    assert not any(path.is_dir() for path in build.iterdir())
