"""What only a few may read changes nothing for anybody else."""

import random
from datetime import date, timedelta
from pathlib import Path

import pytest

from search import EVERYONE, Document, Index, Query, open_index
from tests.search.making import FIRST_DAY, found, make_document

WORDS = [
    "pump", "valve", "screw", "torque", "inverter", "backup", "restore", "deploy", "queue", "crane",
]  # fmt: skip
#: What outsiders ask for; those inside say the same in other words, and more often.
ASKED = ["supplier", "screws", "broken", "near miss", "it broke down", "restoring", "fastener"]
ASKED += [
    '"near miss"',
    '"pump xyzzyaa"',
    "pump -valve",
    "-xyzzyaa pump",
    "-xyzzyaa",
    "xyz*",
    "pum*",
]
ASKED += [
    "title:xyzzyaa",
    "title:pum*",
    "topic:plans",
    "team:hidden",
    "kind:hidden",
    "-topic:plans",
]
SECRET = [f"xyzzy{letter}{letter}" for letter in "abcdefgh"]
SECRET += ["vendor", "bolt", "fracture", "close", "call", "malfunction", "archive", "inverted"]


def sentence(chance: random.Random, words: list[str], count: int) -> str:
    return " ".join(chance.choices(words, k=count))


def public(chance: random.Random) -> list[Document]:
    return [
        make_document(
            f"p{n}",
            sentence(chance, WORDS, 4),
            happened=sentence(chance, WORDS, 30),
            team=chance.choice(["t1", "t2"]),
            topics=tuple(chance.sample(["x", "y", "z"], 2)),
            topic_names=(chance.choice(["Pumps", "Power"]),),
            applies_when=sentence(chance, WORDS, 3),
            effect=chance.choice([0, 0, 40, -70]),
            day=n % 40,
        )
        for n in range(120)
    ]


def private(chance: random.Random) -> list[Document]:
    return [
        make_document(
            f"s{n}",
            sentence(chance, WORDS + SECRET, 4),
            happened=sentence(chance, WORDS + SECRET, 300),
            audience="team:secret",
            kind="hidden-kind",
            team="hidden-team",
            topics=("x", "hidden-topic"),
            topic_names=("Pumps", "Plans of xyzzyaa"),
            effect=90,
            day=n % 40,
        )
        for n in range(50)
    ]


@pytest.fixture
def without(tmp_path: Path) -> Index:
    index = open_index(tmp_path / "without")
    index.index(public(random.Random(1)))
    return index


@pytest.fixture
def with_secrets(tmp_path: Path) -> Index:
    index = open_index(tmp_path / "with")
    documents, hidden = public(random.Random(1)), private(random.Random(2))
    for start in range(0, 120, 40):
        index.index([*hidden[start // 3 : start // 3 + 17], *documents[start : start + 40]])
    index.index(hidden)
    return index


@pytest.mark.parametrize("audiences", [{EVERYONE}, {EVERYONE, "team:other"}, {"team:other"}])
def test_every_answer_is_the_same_with_and_without_secrets(
    without: Index, with_secrets: Index, audiences: set[str]
) -> None:
    who = frozenset(audiences)
    chance = random.Random(3)
    texts = ["", "the", *ASKED, *WORDS, *SECRET, "xyzzya", "xyzzyab", "pumb", "invertre", "restor"]
    texts += [sentence(chance, WORDS + SECRET, n) for n in (2, 3, 5, 12) for _ in range(8)]
    for text in texts:
        for sort in ("relevance", "newest", "oldest"):
            query = Query(text=text, audiences=who, sort=sort, per_page=50)
            assert with_secrets.search(query) == without.search(query), text
        filtered = Query(text=text, audiences=who, topics=frozenset({"x"}), teams=frozenset({"t1"}))
        assert with_secrets.search(filtered) == without.search(filtered), text
        assert with_secrets.suggest(text[:4], audiences=who, limit=50) == without.suggest(
            text[:4], audiences=who, limit=50
        )
        similar = {"title": text, "text": text, "audiences": who, "limit": 50}
        assert with_secrets.similar(**similar) == without.similar(**similar)
        plan = {"work": text, "audiences": who, "today": FIRST_DAY}
        assert with_secrets.matches(**plan) == without.matches(**plan)


@pytest.mark.parametrize("today", [None, FIRST_DAY + timedelta(days=900)])
def test_a_long_plan_finds_and_lacks_the_same_with_and_without_secrets(
    without: Index, with_secrets: Index, today: date | None
) -> None:
    chance = random.Random(4)
    words = [*WORDS, *SECRET, "supplier", "fastener", "hoist", "zeppelin", "the", "we"]
    for paragraphs in (1, 3, 9, 60):
        work = "\n\n".join(sentence(chance, words, 45) + "." for _ in range(paragraphs))
        for audiences in ({EVERYONE}, {EVERYONE, "team:other"}, {"team:other"}):
            plan = {"work": work, "audiences": frozenset(audiences), "today": today, "limit": 99}
            assert with_secrets.matches(**plan) == without.matches(**plan)
            plan["exclude"] = frozenset({"p1", "p2", "s1"})
            assert with_secrets.matches(**plan) == without.matches(**plan)
    inside = frozenset({EVERYONE, "team:secret"})
    assert any(m.id[0] == "s" for m in with_secrets.matches("xyzzyaa", audiences=inside).matches)


def test_those_who_may_read_it_find_it(with_secrets: Index) -> None:
    assert found(with_secrets, "xyzzyaa") == []
    inside = found(with_secrets, "xyzzyaa", "team:secret")
    assert inside
    assert all(id.startswith("s") for id in inside)
    offered = with_secrets.suggest("xyzzyb", audiences=frozenset({EVERYONE, "team:secret"}))
    assert offered
    assert all(suggestion.id.startswith("s") for suggestion in offered)


def test_a_lesson_made_private_leaves_no_trace(index: Index) -> None:
    index.index([make_document("a", "inverter", team="t9", topic_names=("Inverters",))])
    index.index([make_document("a", "inverter", team="t9", topic_names=("Inverters",),
                               audience="team:secret"), make_document("b", "pump")])  # fmt: skip
    for text in ("inverter", "invertre"):
        results = index.search(Query(text=text, audiences=frozenset({EVERYONE})))
        assert (results.total, results.suggestion) == (0, None)
    everything = index.search(Query(audiences=frozenset({EVERYONE})))
    assert everything.facets["team"] == {}
    assert index.suggest("inv", audiences=frozenset({EVERYONE})) == []


def test_no_audience_at_all_finds_nothing(index: Index) -> None:
    index.index([make_document("a", "pump", topic_names=("Pumps",))])
    nobody = frozenset[str]()
    results = index.search(Query(text="pump", audiences=nobody))
    assert (results.total, results.hits, results.suggestion) == (0, (), None)
    assert not any(results.facets.values())
    assert index.suggest("pu", audiences=nobody) == []
    assert index.similar(title="pump", text="pump", audiences=nobody) == []
