"""What uses showed, and age, move a document among its equals; relevance and tiers come first."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from search import Document, Index, InvalidDocument, open_index
from search.standing import EFFECT_SHARE, STALE_DAYS, STALE_SHARE
from tests.search.making import FIRST_DAY, ask, found, make_document

NOW = FIRST_DAY + timedelta(days=STALE_DAYS)


def alike(id: str, **standing: object) -> Document:
    return make_document(id, "Pump tripped", happened="A strainer was blocked.", **standing)


def scores(index: Index, text: str, today: date | None) -> dict[str, float]:
    return {hit.id: hit.score for hit in index.search(ask(text, today=today)).hits}


def test_effect_and_age_count_on_a_day_and_by_their_share(index: Index) -> None:
    late = FIRST_DAY + timedelta(days=1)
    index.index([alike("none", held_on=late), alike("proven", effect=100, held_on=late),
                 alike("worse", effect=-50, held_on=late), alike("stale")])  # fmt: skip
    plain = scores(index, "pump strainer blocked today", None)
    assert len(set(plain.values())) == 1
    same = plain["none"]
    moved = scores(index, "pump strainer blocked today", NOW + timedelta(days=1))
    assert moved == pytest.approx({
        "none": same, "proven": same * (1 + EFFECT_SHARE), "worse": same * (1 - EFFECT_SHARE / 2),
        "stale": same * STALE_SHARE,
    })  # fmt: skip
    plan = index.matches("We start the pump and clean its strainer.",
                         audiences=ask().audiences, today=NOW + timedelta(days=1))  # fmt: skip
    assert [match.id for match in plan.matches] == ["proven", "none", "stale", "worse"]
    assert scores(index, "pump strainer blocked today", NOW)["stale"] == same


def test_all_words_come_first_whatever_uses_showed(index: Index) -> None:
    index.index([make_document("both", "pump " + "word " * 300 + "crane", effect=-100),
                 make_document("one", "pump pump pump", effect=100)])  # fmt: skip
    assert found(index, "pump crane", today=FIRST_DAY) == ["both", "one"]


def test_what_is_kept_survives_pouring_and_rebuilding(tmp_path: Path) -> None:
    with open_index(tmp_path / "index") as index:
        for n in range(12):
            index.index([alike(f"d{n}", effect=n, held_on=FIRST_DAY + timedelta(days=n))])
        by_effect = [f"d{n}" for n in reversed(range(2, 12))]
        assert found(index, "pump", today=FIRST_DAY) == by_effect
        assert scores(index, "pump", NOW + timedelta(days=6)) != scores(index, "pump", NOW)
        index.rebuild(alike(f"d{n}", effect=n) for n in range(12))
        assert found(index, "pump", today=FIRST_DAY) == by_effect


@pytest.mark.parametrize("wrong", [{"effect": 101}, {"effect": 0.5}, {"held_on": "2025-01-01"}])
def test_a_wrong_standing_is_refused(index: Index, wrong: dict[str, object]) -> None:
    with pytest.raises(InvalidDocument):
        index.index([alike("d", **wrong)])


@pytest.mark.parametrize(("text", "is_answered"), [
    ("pump strainer", True),
    ("vendor", True),  # by another name
    ("it broke down", True),
    ("pmup", True),  # as it was meant
    ("zeppelin", False),
    ("strainer zeppelin quorum", False),
    ("where is the strainer of the pump", True),
    ("title:pump", True),
    ("title:crane", False),
    ("", True),
])  # fmt: skip
def test_results_answer_if_a_hit_holds_half_of_what_was_asked(
    index: Index, text: str, is_answered: bool
) -> None:
    index.index([make_document("a", "Pump of the supplier", happened="A malfunction: strainer."),
                 make_document("b", "Quiet"), make_document("c", "Silence")])  # fmt: skip
    assert index.search(ask(text)).answered is is_answered
    assert index.search(ask(text, sort="newest", page=2)).answered is is_answered
    assert index.search(ask(text, kinds=frozenset({"success"}))).answered is False
