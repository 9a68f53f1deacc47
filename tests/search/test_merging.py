"""Segments become one behind the commits, and nobody notices but the clock."""

import threading
from pathlib import Path

from search import Index, open_index
from search.merging import FACTOR, LARGEST, SMALL, alike, due
from tests.search.making import ask, found, make_document


class Counted:
    """A segment, as far as choosing looks at it."""

    def __init__(self, documents: int, deleted: int = 0) -> None:
        self.documents, self.deleted = documents, deleted

    def doc_count(self) -> int:
        return self.documents - self.deleted

    def doc_count_all(self) -> int:
        return self.documents

    def deleted_count(self) -> int:
        return self.deleted


def fill(index: Index, batches: int, size: int = SMALL) -> None:
    for batch in range(batches):
        index.index(make_document(f"{batch}-{n}", f"pump w{n}") for n in range(size))


def segments(folder: Path) -> int:
    return len(list(folder.glob("builds/*/*.seg")))


def test_eight_small_segments_are_poured_together_by_the_commit() -> None:
    small = [Counted(3) for _ in range(FACTOR)]
    assert alike(small) == small
    assert alike(small[1:]) == []
    assert alike([*small[1:], Counted(300)]) == []


def test_eight_larger_ones_are_due_and_one_of_which_much_is_deleted() -> None:
    larger = [Counted(SMALL + n) for n in range(FACTOR)]
    assert due(larger) == larger
    assert due([*larger[1:], Counted(20 * SMALL)]) == []
    assert due([Counted(1000, 10), sparse := Counted(1000, 400)]) == [sparse]
    assert due([Counted(1000, 1000)]) != []


def test_no_merge_makes_a_segment_larger_than_the_largest() -> None:
    huge = [Counted(LARGEST // 2 + 1) for _ in range(FACTOR)]
    assert due(huge) == []
    large = [Counted(30_000) for _ in range(20)]
    assert sum(segment.documents for segment in due(large)) <= LARGEST


def test_merging_changes_nothing_but_the_number_of_segments(index: Index, tmp_path: Path) -> None:
    fill(index, FACTOR)
    index.remove(["0-5", "3-7"])
    before = index.search(ask("w7", per_page=50)), index.stamps()
    assert segments(tmp_path / "index") == FACTOR
    assert index.merge()
    assert segments(tmp_path / "index") == 1
    assert (index.search(ask("w7", per_page=50)), index.stamps()) == before
    assert not index.merge()
    index.verify()


def test_what_is_changed_while_segments_are_merged_stays_changed(
    index: Index, tmp_path: Path
) -> None:
    fill(index, FACTOR)
    with open_index(tmp_path / "index") as other:
        # The merge waits for the writer's lock, which is ours until all is changed.
        with other._lock.held():
            thread = threading.Thread(target=index.merge)
            thread.start()
            other._writing.apply([make_document("2-3", "crane")], ["5-1"])
            other._writing.apply([make_document("new", "crane")])
        thread.join()
        assert sorted(found(other, "crane")) == ["2-3", "new"]
        assert "5-1" not in other.stamps()
        assert len(other.stamps()) == FACTOR * SMALL
        assert other.search(ask("w3", per_page=1)).total == FACTOR - 1
        other.verify()


def test_a_merge_while_another_is_under_way_leaves_it_alone(index: Index, another: Index) -> None:
    fill(index, FACTOR)
    with index._merging.held():
        assert not another.merge()
    assert another.merge()


def test_a_merge_of_what_was_rebuilt_meanwhile_is_given_up(index: Index, another: Index) -> None:
    fill(index, FACTOR)
    seen, chosen = index._writing._state()
    another.rebuild([make_document("only", "crane")])
    index._writing._replace(seen, chosen, None)
    assert list(another.stamps()) == ["only"]


def test_columns_that_were_damaged_are_made_again_before_they_are_merged(
    index: Index, tmp_path: Path
) -> None:
    fill(index, FACTOR)
    for path in (tmp_path / "index").glob("builds/*/*.cols"):
        content = bytearray(path.read_bytes())
        content[-500:-400] = bytes(100)
        path.write_bytes(content)
    assert index.merge()
    with open_index(tmp_path / "index") as again:
        assert again.search(ask("w3")).total == FACTOR
        again.verify()
