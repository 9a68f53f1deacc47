"""What is offered while a person types."""

from search import EVERYONE, Index, Suggestion
from tests.search.making import make_document

ALL = frozenset({EVERYONE})


def offered(index: Index, prefix: str, limit: int = 8) -> list[str]:
    return [s.id or s.text for s in index.suggest(prefix, audiences=ALL, limit=limit)]


def test_titles_with_words_beginning_so_newest_first(index: Index) -> None:
    index.index([
        make_document("a", "Inverter screws"),
        make_document("b", "An invention", day=1),
        make_document("c", "Screws of a convector", day=2),
    ])  # fmt: skip
    assert offered(index, "inv") == ["b", "a"]
    assert offered(index, "INVERTER scr") == ["a"]
    assert offered(index, "scr inv") == ["a"]


def test_the_body_is_not_completed(index: Index) -> None:
    index.index([make_document("a", "title", happened="inverter")])
    assert offered(index, "inver") == []


def test_names_of_topics_come_first(index: Index) -> None:
    index.index([make_document("a", "Power of habit", topic_names=("Power supplies", "PSU"))])
    assert index.suggest("power", audiences=ALL) == [
        Suggestion("topic", text="Power supplies"),
        Suggestion("lesson", id="a"),
    ]


def test_the_limit_holds(index: Index) -> None:
    index.index(make_document(str(n), "pump") for n in range(20))
    assert len(offered(index, "pu", limit=3)) == 3
    assert offered(index, "pu", limit=0) == []


def test_nothing_typed_offers_nothing(index: Index) -> None:
    index.index([make_document("a", "pump")])
    assert offered(index, "") == []
    assert offered(index, "  !") == []


def test_accents_identifiers_and_removed_titles(index: Index) -> None:
    index.index([
        make_document("a", "Élan vital"),
        make_document("b", "The max_retry setting"),
        make_document("c", "Elandra"),
    ])  # fmt: skip
    index.remove(["c"])
    assert offered(index, "ela") == ["a"]
    assert offered(index, "max_re") == ["b"]
