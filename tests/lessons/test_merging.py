"""Many commits end in few segments, without anybody waiting for it."""

from datetime import UTC, date, datetime
from pathlib import Path

from app.lessons.merging import Merging
from search import EVERYONE, Document, Index, open_index


def fill(index: Index, batches: int) -> None:
    for batch in range(batches):
        index.index(
            Document(
                id=f"{batch}-{number}",
                stamp="1",
                audience=EVERYONE,
                kind="failure",
                state="posted",
                title=f"pump of batch {batch}",
                posted_on=date(2026, 1, 1),
                posted_at=datetime(2026, 1, 1, tzinfo=UTC),
            )
            for number in range(260)
        )


def segments(folder: Path) -> int:
    return len(list(folder.glob("builds/*/*.seg")))


def test_segments_are_merged_after_the_index_changed(tmp_path: Path) -> None:
    with open_index(tmp_path / "index") as index:
        merging = Merging(index)
        fill(index, 7)
        merging.step()
        merging.wait()
        assert segments(tmp_path / "index") == 7
        fill(index, 8)
        assert merging.step() is False
        merging.wait()
        assert segments(tmp_path / "index") < 8
        assert len(index.stamps()) == 8 * 260


def test_a_damaged_index_is_left_to_those_who_mend_it(tmp_path: Path) -> None:
    with open_index(tmp_path / "index") as index:
        merging = Merging(index)
        fill(index, 8)
        for path in (tmp_path / "index").glob("builds/*/*.seg"):
            path.write_bytes(b"")
        merging.step()
        merging.wait()
        assert segments(tmp_path / "index") == 8
