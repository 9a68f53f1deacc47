"""Putting documents in, taking them out, and comparing what is there with what should be."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from search import Index, InvalidDocument, Query, open_index
from tests.search.making import ask, found, make_document


def test_a_document_is_found_by_every_part_of_it(index: Index) -> None:
    parts = (
        "context", "expected", "happened", "why", "lesson", "recommendation", "applies_when",
        "not_when", "team_name", "author_name",
    )  # fmt: skip
    words = {part: f"word{number}" for number, part in enumerate(parts)}
    index.index([make_document("a", "kiwi", topic_names=("lemon", "mango grove"), **words)])
    for word in (*words.values(), "kiwi", "lemon", "mango"):
        assert found(index, word) == ["a"]


def test_the_title_counts_more_than_the_body(index: Index) -> None:
    index.index([
        make_document("body", "a quiet day", happened="the pump broke and it was loud", day=1),
        make_document("title", "the pump broke", happened="and it was a quiet loud day"),
    ])  # fmt: skip
    assert found(index, "pump") == ["title", "body"]


def test_indexing_again_replaces(index: Index) -> None:
    index.index([make_document("a", "old title")])
    index.index([make_document("a", "new title", stamp="2")])
    assert found(index, "old") == []
    assert found(index, "new") == ["a"]
    assert index.stamps() == {"a": "2"}


def test_of_one_id_twice_in_a_batch_the_last_wins(index: Index) -> None:
    index.index([make_document("a", "first"), make_document("b", "other"),
                 make_document("a", "last", stamp="2")])  # fmt: skip
    assert index.stamps() == {"a": "2", "b": "1"}
    assert found(index, "first") == []
    assert index.search(ask()).total == 2


def test_removed_documents_are_gone_and_unknown_ids_are_no_error(index: Index) -> None:
    index.index([make_document("a", "pump"), make_document("b", "pump")])
    index.remove(["a", "never there"])
    assert found(index, "pump") == ["b"]
    assert index.stamps() == {"b": "1"}


def test_an_empty_batch_commits_nothing(index: Index) -> None:
    before = index.generation()
    index.index([])
    index.remove([])
    assert index.generation() == before


def test_each_commit_raises_the_generation(index: Index) -> None:
    before = index.generation()
    index.index([make_document("a")])
    index.remove(["a"])
    assert index.generation() == before + 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": ""},
        {"audience": ""},
        {"happened": None},
        {"id": "\ud800"},
        {"topics": (1,)},
        {"posted_at": datetime(2025, 1, 1)},
        {"posted_on": "2025-01-01"},
    ],
)
def test_a_wrong_document_refuses_its_batch_and_the_next_batch_works(
    index: Index, wrong: dict[str, object]
) -> None:
    good = make_document("a", "pump")
    with pytest.raises(InvalidDocument):
        index.index([good, make_document(**{"id": "b", **wrong})])
    assert index.stamps() == {}
    index.index([good])
    assert found(index, "pump") == ["a"]


def test_a_source_of_documents_that_fails_midway_changes_nothing(index: Index) -> None:
    def source():
        yield make_document("a")
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError):
        index.index(source())
    assert index.stamps() == {}
    index.index([make_document("a")])
    assert index.stamps() == {"a": "1"}


def test_check_tells_missing_stale_and_extra(index: Index) -> None:
    index.index([make_document(i) for i in ("same", "changed", "gone")])
    told = index.check({"same": "1", "changed": "2", "new": "1"})
    assert (told.missing, told.stale, told.extra) == (("new",), ("changed",), ("gone",))
    assert not told.clean
    assert index.check({"same": "1", "changed": "1", "gone": "1"}).clean


def test_rebuild_holds_what_it_was_given_and_nothing_else(index: Index) -> None:
    index.index([make_document("old", "pump")])
    heard: list[int] = []
    documents = [make_document(str(n), "valve") for n in range(30)]
    assert index.rebuild(documents, progress=heard.append) == 30
    assert heard[-1] == 30
    assert found(index, "pump") == []
    assert index.search(ask("valve")).total == 30
    assert index.check({str(n): "1" for n in range(30)}).clean


def test_a_rebuild_of_nothing_leaves_an_empty_index(index: Index) -> None:
    index.index([make_document("a")])
    assert index.rebuild([]) == 0
    assert index.stamps() == {}


def test_rebuild_keeps_the_identity_and_raises_the_generation(index: Index, another: Index) -> None:
    before = index.generation()
    index.rebuild([make_document("a")])
    assert another.identity == index.identity
    assert another.generation() > before


def test_a_rebuild_that_fails_leaves_the_old_index_and_no_rubbish(
    index: Index, tmp_path: Path
) -> None:
    index.index([make_document("a", "pump")])
    builds = sorted((tmp_path / "index" / "builds").iterdir())

    def source():
        yield make_document("b")
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError):
        index.rebuild(source())
    assert found(index, "pump") == ["a"]
    assert sorted((tmp_path / "index" / "builds").iterdir()) == builds


def test_indexes_in_different_folders_have_different_identities(tmp_path: Path) -> None:
    with open_index(tmp_path / "one") as one, open_index(tmp_path / "two") as two:
        assert one.identity != two.identity


def test_what_was_indexed_is_there_after_closing_and_opening(tmp_path: Path) -> None:
    with open_index(tmp_path / "index") as index:
        index.index([make_document("a", "pump")])
        identity = index.identity
    with open_index(tmp_path / "index") as index:
        assert found(index, "pump") == ["a"]
        assert index.identity == identity


def test_many_small_commits_are_merged_and_all_is_found(index: Index, tmp_path: Path) -> None:
    for n in range(70):
        index.index([make_document(str(n), f"pump no{n}", topics=("t",), day=n)])
    assert index.search(ask("pump")).total == 70
    assert found(index, "no33") == ["33"]
    assert index.search(ask()).facets["topic"] == {"t": 70}
    assert len(list((tmp_path / "index").glob("builds/*/*.seg"))) < 24


def test_a_document_with_awkward_text_is_indexed(index: Index) -> None:
    index.index([
        make_document("long", "x" * 11_106, happened="y " * 40_000),
        make_document("odd", "\ud800 nul \x00 \ufffe", team="\ud800", happened="ﬁne ½ ①"),
        make_document("none"),
        make_document("marks", "'' __ -- ... @@ ''s _'_"),
    ])  # fmt: skip
    assert index.search(ask()).total == 4
    assert found(index, "nul") == ["odd"]
    assert found(index, "fine") == ["odd"]


def test_times_in_other_zones_are_ordered_rightly(index: Index) -> None:
    early = datetime.fromisoformat("2025-03-01T10:00:00+05:00")
    late = datetime(2025, 3, 1, 6, tzinfo=UTC)
    index.index([make_document("late", posted_at=late), make_document("early", posted_at=early)])
    newest = index.search(Query(audiences=frozenset({"organisation"}), sort="newest"))
    assert [hit.id for hit in newest.hits] == ["late", "early"]


def test_a_rebuild_takes_the_last_of_an_id_also_far_apart(index: Index) -> None:
    def source():
        yield make_document("a", "first", stamp="1")
        yield from (make_document(f"n{n}", "other") for n in range(5000))
        yield make_document("a", "last", stamp="2")

    assert index.rebuild(source()) == 5001
    assert index.stamps()["a"] == "2"
    assert found(index, "first") == []
    assert found(index, "last") == ["a"]
