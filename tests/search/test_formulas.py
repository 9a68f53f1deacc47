"""The formulas, against values worked out apart from them."""

import itertools
import math

import numpy as np
import pytest

from search.cards import Cards, card_columns
from search.columns import Columns
from search.ranking import idf, impact, length_norm
from search.scripts import fold, pairs, tokens
from search.spelling import distance
from tests.search.making import make_document


def test_idf_is_lucenes_and_never_negative() -> None:
    assert idf(100, 10) == pytest.approx(math.log(1 + 90.5 / 10.5))
    assert idf(100, 100) > 0
    assert idf(0, 0) == pytest.approx(math.log(2))


def test_impact_is_bm25() -> None:
    lengths = np.array([50.0, 100.0, 200.0], np.float32)
    norms = length_norm(lengths, 100.0)
    assert norms == pytest.approx([1.5 * 0.625, 1.5, 1.5 * 1.75])
    scores = 2.0 * impact(np.array([1, 2, 3], np.float32), norms)
    expected = [2 * 2.5 * w / (w + n) for w, n in zip([1, 2, 3], norms.tolist(), strict=True)]
    assert scores == pytest.approx(expected)


@pytest.mark.parametrize(("one", "other", "edits"), [
    ("pump", "pump", 0), ("pump", "pmup", 1), ("pump", "pumps", 1), ("pump", "ump", 1),
    ("pump", "pimp", 1), ("pump", "pimps", 2), ("pump", "plumb", 2), ("ab", "ba", 1), ("", "a", 1),
])  # fmt: skip
def test_distance_counts_edits_either_way(one: str, other: str, edits: int) -> None:
    assert distance(one, other, 2) == edits
    assert distance(other, one, 2) == edits


def test_distance_beyond_the_limit_is_limit_and_one() -> None:
    assert distance("pump", "valve", 2) == 3
    assert distance("a", "abcdef", 1) == 2


def slow_distance(one: str, other: str) -> int:
    """Optimal string alignment, by the textbook's table."""
    table = {(i, 0): i for i in range(len(one) + 1)} | {(0, j): j for j in range(len(other) + 1)}
    for i, j in itertools.product(range(1, len(one) + 1), range(1, len(other) + 1)):
        cost = min(
            table[i - 1, j] + 1,
            table[i, j - 1] + 1,
            table[i - 1, j - 1] + (one[i - 1] != other[j - 1]),
        )
        if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
            cost = min(cost, table[i - 2, j - 2] + 1)
        table[i, j] = cost
    return table[len(one), len(other)]


def test_distance_agrees_with_the_textbook() -> None:
    words = ["".join(letters) for n in range(5) for letters in itertools.product("ab", repeat=n)]
    for one, other in itertools.product(words, words):
        assert distance(one, other, 2) == min(slow_distance(one, other), 3)


def test_text_is_cut_into_words() -> None:
    assert tokens("Don't, ORA-00054: a.b/c (x)") == ["Don't", "ORA-00054", "a.b/c", "x"]
    assert tokens("pump서버 배포") == ["pump", "서버", "배포"]
    assert pairs("배포실") == ("배포", "포실")
    assert pairs("배") == ("배",)


def test_folding_joins_what_people_type_differently() -> None:
    assert fold("Élan") == fold("E\u0301LAN") == "elan"
    assert fold("Ærø Łódź Straße") == "aero lodz strasse"
    assert fold("ＡＢＣ１２") == "abc12"


def test_facts_come_back_as_they_were() -> None:
    documents = [
        make_document("b", topics=("x", "y", "x"), topic_names=("Ünïcode, [x]\n",), team="t"),
        make_document("a", stamp="two", day=3),
    ]
    cards = Cards(Columns(*card_columns(documents)))
    assert cards.ids() == ["b", "a"]
    assert cards.stamps() == ["1", "two"]
    assert [cards.number(id) for id in ("a", "b", "c", "")] == [1, 0, -1, -1]
    assert cards.tables["topics"] == ["x", "y"]
    assert cards.several("topics").values.tolist() == [0, 1]
    assert cards.several("topics").ends.tolist() == [2, 2]
    assert cards.tables["topic_names"] == ["Ünïcode, [x]\n"]
    assert [cards.tables["team"][code] for code in cards.single("team")] == ["t", ""]
    assert cards.posted_on.tolist() == [d.posted_on.toordinal() for d in documents]
