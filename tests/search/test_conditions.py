"""Phrases, fields, beginnings and exclusions narrow what is found, and nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from search import Index, SearchTooLong, open_index
from search.budget import Budget
from search.conditions import passing
from search.grammar import parsed
from search.searching import search
from tests.search.making import ask, found, make_document
from tests.search.ticking import Ticking

DOCUMENTS = [
    make_document(
        "pump", "The heat pump was loud", happened="Screws came loose by hand.",
        team="t1", team_name="Field Operations", author="p1", author_name="Ada Byron",
        topics=("x",), topic_names=("Heating", "Heat pumps"), kind="near_miss", day=1,
    ),
    make_document(
        "turned", "Pump heat away", happened="The heat of the pump. Deployed in winter.",
        team="t2", team_name="Operations", author="p2", author_name="Ben Hand",
        topic_names=("Deployment",), kind="failure", day=2,
    ),
    make_document(
        "apart", "Heat", lesson="Pump", happened="A follow-up was deploying itself: ORA-00054.",
        kind="success", day=3,
    ),
    make_document("none", "Cranes", happened="followup of nothing at all", kind="failure", day=4),
    make_document("secret", "The heat pump", audience="team:x", team_name="Field", day=5),
]  # fmt: skip


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """An index of three segments."""
    with open_index(tmp_path_factory.mktemp("conditions") / "index") as index:
        for part in (DOCUMENTS[:2], DOCUMENTS[2:3], DOCUMENTS[3:]):
            index.index(part)
        yield index


@pytest.mark.parametrize(("text", "ids"), [
    ('"heat pump"', {"pump"}),
    ('"pump heat"', {"turned"}),
    ('"HEAT PUMPS"', {"pump"}),
    ('"the heat of the pump"', {"turned"}),
    ('"heat"', {"pump", "turned", "apart"}),
    ('"came loose" "by hand"', {"pump"}),
    ('"loose came"', set()),
    ("heat -pump", set()),
    ('heat -"heat pump"', {"turned", "apart"}),
    ("deploy*", {"turned", "apart"}),
    ("pump deploy*", {"turned", "apart"}),
    ("heat -deploy*", {"pump"}),
    ("ORA-000*", {"apart"}),
    ('"follow-up"', {"apart"}),
    ('"ora-00054"', {"apart"}),
    ("title:pump", {"pump", "turned"}),
    ('title:"heat pump"', {"pump"}),
    ("title:hea*", {"pump", "turned", "apart"}),
    ("heat -title:pump", {"apart"}),
    ("topic:heating", {"pump"}),
    ("topic:deployments", {"turned"}),
    ("topic:dep*", {"turned"}),
    ("team:operations", {"pump", "turned"}),
    ('team:"field operations"', {"pump"}),
    ("team:oper*", {"pump", "turned"}),
    ("pump -team:field", {"turned", "apart"}),
    ("author:ada", {"pump"}),
    ('author:"ben hand"', {"turned"}),
    ("author:hand", {"turned"}),
    ("kind:near_miss", {"pump"}),
    ("kind:near-miss", {"pump"}),
    ('kind:"near misses"', {"pump"}),
    ("KIND:Successes", {"apart"}),
    ("kind:failure", {"turned", "none"}),
    ("kind:nonsense", set()),
    ("kind:failure heat", {"turned"}),
    ("-kind:failure", {"pump", "apart"}),
    ("-heat", {"none"}),
    ('-"heat pump" -deploy*', {"none"}),
    ("team:operations, kind:failure", {"turned"}),
])  # fmt: skip
def test_a_condition_narrows_what_is_found(filled: Index, text: str, ids: set[str]) -> None:
    results = filled.search(ask(text))
    assert {hit.id for hit in results.hits} == ids
    assert results.total == len(ids)


def test_conditions_alone_list_the_newest_first(filled: Index) -> None:
    assert found(filled, "-deploy*") == ["none", "pump"]
    assert found(filled, "kind:failure") == ["none", "turned"]


def test_a_condition_shows_nobody_what_they_may_not_read(filled: Index) -> None:
    assert "secret" not in found(filled, '"heat pump"')
    assert "secret" not in found(filled, "-crane")
    assert set(found(filled, '"heat pump"', "team:x")) == {"pump", "secret"}


def test_facets_count_what_the_conditions_pass(filled: Index) -> None:
    results = filled.search(ask("heat deploy*"))
    assert results.facets["kind"] == {"failure": 1, "success": 1}


def test_a_condition_that_leaves_nothing_offers_the_words_alone(filled: Index) -> None:
    assert filled.search(ask('"loose came"')).plainly == "loose came"
    assert filled.search(ask("heat -pump")).plainly == "heat"
    assert filled.search(ask('title:"loose screws"')).plainly == "loose screws"
    assert filled.search(ask('"no such words"')).plainly is None
    assert filled.search(ask('"heat pump"')).plainly is None
    assert filled.search(ask("no such words")).plainly is None


def test_another_spelling_is_offered_only_if_it_passes_the_conditions(index: Index) -> None:
    index.index(make_document(f"d{n}", "the heat pump", day=n) for n in range(5))
    assert index.search(ask('"heat pmup"')).suggestion == '"heat pump"'
    assert index.search(ask("title:pmup")).suggestion == "title:pump"
    assert index.search(ask('"pmup heat"')).suggestion is None


def test_what_a_condition_left_out_is_not_marked(index: Index) -> None:
    parts = ["The pump and the valve."]
    marked = [piece for piece, is_marked in index.snippet("pump -valve", parts) if is_marked]
    assert marked == ["pump"]


def test_conditions_that_outlast_the_budget_end_the_search(filled: Index) -> None:
    snapshot = filled._readers.newest()
    conditions = parsed('"heat pump" -title:crane dep*').conditions
    readable = snapshot.readable({"organisation"})
    enough = Ticking()
    passing(snapshot, conditions, readable, Budget(1_000, enough))
    for ticks in range(enough.ticks):
        with pytest.raises(SearchTooLong):
            passing(snapshot, conditions, readable, Budget(ticks, Ticking()))


def test_words_that_outlast_the_budget_are_left_out_and_said_to_be(filled: Index) -> None:
    words = "heat pump loud screws winter"
    whole = Ticking()
    full = search(filled._readers.newest(), ask(words), Budget(1_000, whole))
    assert not full.partial
    cut = search(filled._readers.newest(), ask(words), Budget(2, Ticking()))
    assert cut.partial
    assert cut.total <= full.total


def test_an_index_on_the_disk_answers_the_same(tmp_path: Path, filled: Index) -> None:
    with open_index(tmp_path / "again") as again:
        again.rebuild(DOCUMENTS)
        for text in ('"heat pump"', "deploy*", "team:operations", "-heat"):
            assert again.search(ask(text)) == filled.search(ask(text))
