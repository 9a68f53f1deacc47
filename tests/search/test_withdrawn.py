"""What is known to be damaged answers nobody any more; what is only a name is made again."""

from pathlib import Path

import pytest

from search import Index, IndexDamaged, open_index
from tests.search.making import ask, found, make_document
from tests.search.test_damage import DOCUMENTS, flip, one


def test_while_a_damaged_index_is_built_anew_no_process_answers_from_it(
    index: Index, another: Index, tmp_path: Path
) -> None:
    index.index(DOCUMENTS)
    assert another.search(ask("pump")).total == 50
    flip(one(tmp_path / "index", "*.cols"))
    generation = index.generation()

    def documents():
        with pytest.raises(IndexDamaged):
            another.search(ask("pump"))
        yield from DOCUMENTS

    assert index.rebuild(documents()) == 50
    assert another.search(ask("pump")).total == 50
    assert index.generation() == generation + 1


def test_an_intact_index_answers_while_it_is_built_anew(index: Index, another: Index) -> None:
    index.index(DOCUMENTS)

    def documents():
        assert another.search(ask("pump")).total == 50
        yield make_document("only", "pump")

    assert index.rebuild(documents()) == 1
    assert found(another, "pump") == ["only"]


@pytest.mark.parametrize("left", [None, b"", b"\xff" * 32, b"x"])
def test_an_index_that_lost_its_name_keeps_all_else(tmp_path: Path, left: bytes | None) -> None:
    folder = tmp_path / "index"
    with open_index(folder) as index:
        index.index(DOCUMENTS)
    if left is None:
        (folder / "identity").unlink()
    else:
        (folder / "identity").write_bytes(left)
    with open_index(folder) as index, open_index(folder) as again:
        assert index.search(ask("pump")).total == 50
        assert index.identity == again.identity
        assert len(index.identity) == 32
