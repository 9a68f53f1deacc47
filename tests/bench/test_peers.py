"""Our search and its peers answer the same questions about the same papers."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar, cast

import pytest

from app.bench.peers.engine import Engine, Measured, Paper
from app.bench.peers.loading import (
    MEASURED,
    OURS,
    RANKING,
    NoSuchPeer,
    measured,
    peers_named,
    ranking,
)
from tests.house.sources import ROOT

PAPERS = (
    Paper("pump", "Pumps freeze in winter", "Ice blocked the pump overnight."),
    Paper("road", "Ice on the road", "A lorry slid; grit was late.", kind="success", team="team1"),
    Paper("note", "", "A note without a title, on restoring backups."),
)


Some = TypeVar("Some", bound=Engine)


@contextmanager
def opened(made: Some, folder: Path) -> Iterator[Some]:
    """The engine over the papers, for a block."""
    made.build(folder, PAPERS)
    made.open(folder)
    yield made
    made.close()


@pytest.fixture(params=[OURS, *RANKING])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    with opened(ranking(request.param), tmp_path) as made:
        yield made


@pytest.fixture(params=[OURS, *MEASURED])
def whole_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Measured]:
    with opened(measured(request.param), tmp_path) as made:
        yield made


def ids(found: object) -> list[str]:
    return [id for id, _ in cast("list[tuple[str, float]]", found)]


def test_any_of_the_words_finds_and_the_best_comes_first(engine: Engine) -> None:
    found = engine.any_of("frozen pump in winter ice", 10)
    assert ids(found) == ["pump", "road"]
    assert found[0].score > found[1].score


@pytest.mark.parametrize("name", RANKING)
def test_no_character_of_a_text_is_an_operator_for_a_peer(name: str, tmp_path: Path) -> None:
    with opened(ranking(name), tmp_path) as peer:
        for text in ('NOT pump"', "pump AND (", "title:pump~9 OR *", "pump -pump ^ +"):
            assert "pump" in ids(peer.any_of(text, 10))


def test_a_text_without_words_finds_nothing(engine: Engine) -> None:
    assert engine.any_of("?!", 10) == engine.any_of("zebra", 10) == []


def test_only_so_many_are_found_as_are_wanted(engine: Engine) -> None:
    assert len(engine.any_of("ice", 1)) == 1


def test_all_of_the_words(whole_engine: Measured) -> None:
    assert ids(whole_engine.all_of("ice lorry", 10))[0] == "road"


def test_documents_of_one_kind(whole_engine: Measured) -> None:
    assert ids(whole_engine.of_kind("ice pump", "success", 10)) == ["road"]


def test_the_total_and_the_counts(whole_engine: Measured) -> None:
    assert whole_engine.counted("ice", 10) == (2, 4)


def test_a_document_is_replaced(whole_engine: Measured) -> None:
    whole_engine.put(Paper("new", "Valve", "leaking"))
    whole_engine.put(Paper("new", "Gasket", "leaking"))
    assert ids(whole_engine.any_of("gasket leaking", 10)) == ["new"]
    assert whole_engine.any_of("valve", 10) == []


def test_an_unknown_peer_is_refused() -> None:
    with pytest.raises(NoSuchPeer, match="Known are: whoosh, fts5"):
        peers_named("whoosh,lucene", RANKING)


def test_peers_are_named_with_commas() -> None:
    assert peers_named(" fts5, whoosh,fts5 ", RANKING) == ("fts5", "whoosh")
    assert peers_named("", RANKING) == ()


def test_no_peer_is_required_by_the_program() -> None:
    for name in ("runtime.txt", "semantic.txt"):
        required = (ROOT / "requirements" / name).read_text("utf-8")
        assert "whoosh==2.7.4" in required
        assert not any(f"\n{peer}==" in required for peer in ("tantivy", "bm25s", "onnx"))
