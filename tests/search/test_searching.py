"""What a query finds, in which order, and how it is counted."""

import random
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from search import Index
from tests.search.making import FIRST_DAY, ask, found, make_document

Fill = Callable[..., Index]


def test_any_of_the_words_finds(lessons: Fill) -> None:
    index = lessons(a="pump failed", b="valve stuck", c="quiet day")
    assert set(found(index, "the pump or perhaps the valve was replaced on a monday")) == {"a", "b"}


def test_up_to_three_words_all_of_them_come_first(index: Index) -> None:
    index.index([
        make_document("one", "torque torque torque"),
        make_document("both", "a long story of many other things and parts", happened=(
            "somewhere a screw was given a torque among very many other words of no interest "
            "that make this a long document which scores low for each of its words")),
    ])  # fmt: skip
    assert found(index, "torque screw") == ["both", "one"]


def test_a_repeated_word_weighs_more(index: Index) -> None:
    index.index([make_document("a", "apple"), make_document("b", "birch", day=1)])
    assert found(index, "apple birch")[0] == "b"
    assert found(index, "apple apple apple birch")[0] == "a"


def test_a_query_of_stop_words_alone_falls_back_to_them(lessons: Fill) -> None:
    index = lessons(a="to be or not to be", b="pump")
    assert found(index, "to be or not to be") == ["a"]
    assert found(index, "the pump") == ["b"]


def test_no_text_lists_the_newest(index: Index) -> None:
    index.index(make_document(str(n), day=n) for n in range(5))
    assert found(index) == ["4", "3", "2", "1", "0"]
    assert found(index, "   ") == ["4", "3", "2", "1", "0"]


def test_text_without_any_word_finds_nothing(lessons: Fill) -> None:
    assert found(lessons(a="pump"), "!!! ???") == []


def test_sorting_by_date_both_ways(index: Index) -> None:
    index.index(make_document(f"d{n}", "pump", day=n) for n in (3, 1, 2))
    assert found(index, "pump", sort="newest") == ["d3", "d2", "d1"]
    assert found(index, "pump", sort="oldest") == ["d1", "d2", "d3"]


def test_pages_partition_the_results(index: Index) -> None:
    index.index(make_document(str(n), "pump", day=n % 3) for n in range(25))
    pages = [found(index, "pump", page=page, per_page=10) for page in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [10, 10, 5, 0]
    assert len({id for page in pages for id in page}) == 25


def test_pages_out_of_range_are_empty_and_no_error(lessons: Fill) -> None:
    index = lessons(a="pump")
    assert found(index, page=0) == ["a"]
    assert found(index, page=10**12) == []
    assert found(index, per_page=0) == []


@pytest.mark.parametrize("hostile", [
    "deployment~9", "*", "a*", "?ump", "/(a+)+$/", "title:pump", "(" * 2000, '"' * 301,
    "pump AND NOT (", "pump^1e400", "[a TO z]", "\x00", "\ud800", "a" * 100_000, "-" * 5000,
    "a.b" * 5000, "AaAa" * 5000, "가나다" * 5000, "1.2" * 5000,
])  # fmt: skip
def test_hostile_text_is_plain_words(lessons: Fill, hostile: str) -> None:
    index = lessons(a="pump deployment", b="something else")
    assert index.search(ask(hostile)).total <= 2


def test_filters_by_each_fact(index: Index) -> None:
    index.index([
        make_document("a", kind="success", state="learned", team="t1", topics=("x", "y"),
                      author="ann", day=0),
        make_document("b", kind="failure", state="posted", team="t2", topics=("y",), author="ben",
                      day=10),
        make_document("c", kind="failure", state="posted", day=20),
    ])  # fmt: skip
    one = frozenset
    assert found(index, kinds=one({"success"})) == ["a"]
    assert found(index, states=one({"posted"})) == ["c", "b"]
    assert found(index, teams=one({"t1", "t2"})) == ["b", "a"]
    assert found(index, topics=one({"x"})) == ["a"]
    assert found(index, topics=one({"y", "unheard of"})) == ["b", "a"]
    assert found(index, author="ben") == ["b"]
    assert found(index, since=FIRST_DAY + timedelta(10)) == ["c", "b"]
    assert found(index, until=FIRST_DAY + timedelta(10)) == ["b", "a"]
    assert found(index, since=date(2030, 1, 1)) == []
    assert found(index, kinds=one({"unheard of"})) == []


def test_documents_without_an_author_cannot_be_listed_by_that(index: Index) -> None:
    index.index([make_document("protected")])
    assert found(index, author="") == []


def test_a_facet_ignores_its_own_filter_and_obeys_the_others(index: Index) -> None:
    index.index([
        make_document("a", "pump", kind="success", team="t1"),
        make_document("b", "pump", kind="failure", team="t1"),
        make_document("c", "pump", kind="failure", team="t2"),
        make_document("d", "valve", kind="failure", team="t1"),
    ])  # fmt: skip
    results = index.search(ask("pump", kinds=frozenset({"success"}), teams=frozenset({"t1"})))
    assert results.total == 1
    assert results.facets["kind"] == {"success": 1, "failure": 1}
    assert results.facets["team"] == {"t1": 1}
    assert results.facets["state"] == {"posted": 1}


def test_filters_facets_and_totals_agree_with_counting_by_hand(index: Index) -> None:
    chance = random.Random(7)
    documents = [
        make_document(
            f"d{n}", chance.choice(["pump", "valve", "pump valve"]), day=chance.randrange(30),
            kind=chance.choice("sfn"), team=chance.choice(["", "t1", "t2"]),
            topics=tuple(chance.sample("vwxyz", chance.randrange(4))),
            audience=chance.choice(["organisation", "team:a", "team:b"]),
        )
        for n in range(200)
    ]  # fmt: skip
    for start in range(0, 200, 50):
        index.index(documents[start : start + 50])
    gone = {f"d{n}" for n in range(0, 200, 9)}
    index.remove(gone)
    for _ in range(30):
        kinds = frozenset(chance.sample("sfn", chance.randrange(3)))
        topics = frozenset(chance.sample("vwxyz", chance.randrange(3)))
        since = FIRST_DAY + timedelta(chance.randrange(20))
        passing = [
            d for d in documents
            if d.id not in gone and d.audience in {"organisation", "team:a"}
            and "pump" in d.title and d.posted_on >= since
        ]  # fmt: skip
        by_topic = [d for d in passing if not kinds or d.kind in kinds]
        by_kind = [d for d in passing if not topics or topics & set(d.topics)]
        results = index.search(
            ask("pump", "team:a", kinds=kinds, topics=topics, since=since, per_page=500)
        )
        both = {d.id for d in by_topic} & {d.id for d in by_kind}
        assert {hit.id for hit in results.hits} == both
        assert results.total == len(both)
        assert results.facets["kind"] == Counter(d.kind for d in by_kind)
        assert results.facets["topic"] == Counter(t for d in by_topic for t in d.topics)


def test_words_that_mostly_build_sentences_move_scores_and_nothing_else(index: Index) -> None:
    index.index([
        make_document("a", "Pump tripped"),
        make_document("b", "Pump tripped, little to do about it"),
    ])  # fmt: skip
    assert found(index, "how little the pump tripped")[0] == "b"
    assert found(index, "little")[0] == "b"
    assert index.search(ask("pump knew")).suggestion is None
    marked = [piece for piece, hit in index.snippet("little pump", ["A little pump"]) if hit]
    assert marked == ["pump"]
