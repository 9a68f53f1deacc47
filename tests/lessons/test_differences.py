"""What changed between two versions, word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.lessons.differences import differences

texts = st.text(alphabet="ab \n.é", max_size=40)


def test_only_fields_that_differ_are_named(house_fields: dict[str, str]) -> None:
    changed = house_fields | {"why": "Vibration."}
    assert [change.label for change in differences(house_fields, changed)] == ["Why"]


def test_words_are_kept_added_and_removed() -> None:
    (change,) = differences({"lesson": "Use three screws."}, {"lesson": "Use four long screws."})
    assert list(change.pieces) == [
        ("same", "Use "),
        ("removed", "three"),
        ("added", "four long"),
        ("same", " screws."),
    ]


def test_lists_and_nothing_are_compared_as_text() -> None:
    (change,) = differences({"topics": ["a", "b"]}, {"topics": ["a"]})
    assert ("removed", ", b") in change.pieces
    assert differences({"occurred_on": None}, {"occurred_on": ""}) == []
    assert differences({}, {"context": "New"})[0].pieces == (("added", "New"),)


@given(texts, texts)
def test_the_pieces_give_back_both_texts(old: str, new: str) -> None:
    for change in differences({"lesson": old}, {"lesson": new}):
        before = "".join(text for what, text in change.pieces if what != "added")
        after = "".join(text for what, text in change.pieces if what != "removed")
        assert (before, after) == (old, new)


def test_very_long_texts_are_compared_by_line() -> None:
    old = "".join(f"line {number} of many\n" for number in range(3000))
    (change,) = differences({"lesson": old}, {"lesson": old + "one more\n"})
    assert change.pieces[-1] == ("added", "one more\n")


@pytest.fixture
def house_fields() -> dict[str, str]:
    return {"title": "T", "lesson": "L", "why": ""}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a " * 1990, "a b " * 990),
        ("a b " * 990, "b a " * 990),
        ("a\n" * 50_000, "b\n" + "a\n" * 49_999),
        ("one word " * 5_000, "one word " * 4_999),
    ],
)
def test_what_repeats_itself_is_compared_without_minutes_of_work(before: str, after: str) -> None:
    (change,) = differences({"lesson": before}, {"lesson": after})
    assert "".join(text for what, text in change.pieces if what != "added") == before
    assert "".join(text for what, text in change.pieces if what != "removed") == after
