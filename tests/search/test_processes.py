"""Several processes on one index: one writes, all read, any may die."""

import os
import signal
import threading
from pathlib import Path

import pytest

from search import Index, IndexBusy, open_index
from tests.search.making import ask, found, make_document
from tests.search.processes import finish, line, start, tell

WRITER = """
index = open_index(folder)
for n in range(60):
    index.index([make_document(f"d{n}", "pump"), make_document("same", f"pump turn{n}")])
    if n % 9 == 0:
        index.remove([f"d{n}"])
print(index.search(ask("pump")).total)
"""

READER = """
index = open_index(folder)
last = 0
print("ready", flush=True)
while not (folder / "stop").exists():
    results = index.search(ask("pump", per_page=200))
    ids = [hit.id for hit in results.hits]
    assert len(ids) == len(set(ids)) == results.total, ids
    assert ids.count("same") <= 1
    last += 1
print(last)
"""

HOLDER = """
from search.folder import Folder
from search.lock import WriterLock
with WriterLock(Folder(folder).lock, timeout_seconds=1).held():
    print("held", flush=True)
    sys.stdin.readline()
"""


def test_readers_in_other_processes_meet_no_error_while_one_writes(
    index: Index, tmp_path: Path
) -> None:
    folder = tmp_path / "index"
    readers = [start(folder, READER) for _ in range(2)]
    for reader in readers:
        assert line(reader) == "ready"
    assert finish(start(folder, WRITER)).strip() == "54"
    (folder / "stop").touch()
    assert all(int(finish(reader)) > 0 for reader in readers)
    assert index.search(ask("pump")).total == 54


def test_readers_go_on_while_the_index_is_rebuilt_again_and_again(
    index: Index, tmp_path: Path
) -> None:
    index.index([make_document("same", "pump")])
    reader = start(tmp_path / "index", READER)
    assert line(reader) == "ready"
    for turn in range(8):
        index.rebuild(make_document(f"{turn}-{n}", "pump") for n in range(20))
    (tmp_path / "index" / "stop").touch()
    assert int(finish(reader)) > 0
    assert len(list((tmp_path / "index" / "builds").iterdir())) == 1


def test_a_commit_of_one_process_is_in_the_next_search_of_another(
    index: Index, another: Index
) -> None:
    assert found(another, "pump") == []
    index.index([make_document("a", "pump")])
    assert found(another, "pump") == ["a"]
    index.remove(["a"])
    assert found(another, "pump") == []
    index.rebuild([make_document("b", "pump")])
    assert found(another, "pump") == ["b"]
    another.index([make_document("c", "pump", day=1)])
    assert set(found(index, "pump")) == {"b", "c"}


def test_a_second_writer_waits_and_then_says_that_it_is_busy(
    index: Index, another: Index, tmp_path: Path
) -> None:
    holder = start(tmp_path / "index", HOLDER)
    assert line(holder) == "held"
    with pytest.raises(IndexBusy):
        another.index([make_document("a", "pump")])
    with pytest.raises(IndexBusy):
        another.rebuild([])
    assert found(another, "pump") == []
    tell(holder, "let go")
    finish(holder)
    another.index([make_document("a", "pump")])
    assert found(index, "pump") == ["a"]


def test_a_writer_that_is_killed_leaves_no_lock(another: Index, tmp_path: Path) -> None:
    holder = start(tmp_path / "index", HOLDER)
    assert line(holder) == "held"
    os.kill(holder.pid, signal.SIGKILL)
    holder.communicate()
    another.index([make_document("a", "pump")])
    assert found(another, "pump") == ["a"]


def test_a_writer_killed_at_any_moment_leaves_whole_commits_only(
    index: Index, tmp_path: Path
) -> None:
    program = """
index = open_index(folder)
print("ready", flush=True)
n = int(os.environ.get("FIRST", "0"))
while True:
    n += 1
    index.index([make_document(f"{n}-{m}", "pump", stamp=str(n)) for m in range(3)])
    print(n, flush=True)
"""
    for turn in range(5):
        writer = start(tmp_path / "index", program)
        assert line(writer) == "ready"
        acknowledged = [line(writer) for _ in range(2 + turn)]
        os.kill(writer.pid, signal.SIGKILL)
        writer.communicate()
        stamps = index.stamps()
        assert acknowledged[-1] in stamps.values()
        commits = {id.split("-")[0] for id in stamps}
        assert all({f"{n}-{m}" for m in range(3)} <= stamps.keys() for n in commits)
        index.index([make_document("after", f"turn{turn}")])
        assert found(index, f"turn{turn}") == ["after"]
        index.remove([*stamps, "after"])
    names = [path.name for path in (tmp_path / "index").glob("builds/*/*")]
    assert not [name for name in names if ".toc." in name or name.endswith(".tmp")]


def test_threads_share_one_index(index: Index) -> None:
    index.index(make_document(str(n), f"pump number{n}") for n in range(50))
    wrong: list[object] = []

    def read() -> None:
        for n in range(150):
            if index.search(ask("pump")).total < 50:
                wrong.append(n)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for n in range(50, 70):
        index.index([make_document(str(n), "pump")])
    for thread in threads:
        thread.join()
    assert wrong == []
    assert index.search(ask("pump")).total == 70


def test_two_threads_that_write_take_turns(tmp_path: Path) -> None:
    index = open_index(tmp_path / "index")

    def write(name: str) -> None:
        for n in range(10):
            index.index([make_document(f"{name}{n}", "pump")])

    threads = [threading.Thread(target=write, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert index.search(ask("pump")).total == 20
