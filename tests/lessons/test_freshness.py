"""How old a lesson is, in words that say what to make of it."""

from datetime import date, timedelta

import pytest

from app.lessons.freshness import Sign, freshness, state_in_words
from app.lessons.models import State

TODAY = date(2026, 11, 22)


def _said(
    state: State = State.POSTED,
    posted: date = TODAY,
    changed: date | None = None,
    occurred: date | None = None,
    last: Sign | None = None,
) -> tuple[str, str, str]:
    return freshness(
        state, posted=posted, changed=changed or posted, occurred=occurred, today=TODAY, last=last
    )


@pytest.mark.parametrize(
    ("days", "age", "words", "advice"),
    [
        (0, "new", "Posted today.", "Nobody has had time to try it."),
        (30, "new", "Posted 4 weeks ago.", "Nobody has had time to try it."),
        (31, "fresh", "Posted 4 weeks ago; nobody has confirmed it since.", ""),
        (90, "fresh", "Posted in August; nobody has confirmed it since.", ""),
        (
            118,
            "ageing",
            "Posted in July; nobody has confirmed it since.",
            "Look twice before relying on it.",
        ),
        (
            730,
            "ageing",
            "Posted in November 2024; nobody has confirmed it since.",
            "Look twice before relying on it.",
        ),
        (
            731,
            "old",
            "Posted in November 2024; nobody has confirmed it since.",
            "Ask whether it still holds before relying on it.",
        ),
    ],
)
def test_the_older_a_lesson_the_plainer_the_warning(
    days: int, age: str, words: str, advice: str
) -> None:
    assert _said(posted=TODAY - timedelta(days=days)) == (age, words, advice)


def test_what_a_human_did_last_makes_it_younger() -> None:
    old = date(2021, 3, 1)
    assert _said(posted=old, last=Sign("used", date(2026, 9, 10))) == (
        "fresh",
        "Posted in March 2021; used in September.",
        "",
    )
    assert _said(posted=old, last=Sign("confirmed", TODAY)).advice == ""
    assert _said(posted=old, last=Sign("confirmed", date(2023, 1, 1))).age == "old"


def test_an_edit_is_told_but_makes_nothing_younger() -> None:
    said = _said(posted=date(2026, 2, 3), changed=date(2026, 11, 20))
    assert said[:2] == (
        "ageing",
        "Posted in February, edited 2 days ago; nobody has confirmed it since.",
    )
    assert "edited" not in _said(posted=date(2026, 7, 3), changed=date(2026, 7, 30)).words


def test_what_happened_long_before_it_was_told_is_dated() -> None:
    assert _said(occurred=date(2019, 5, 4)).words == "Happened in May 2019, posted today."
    assert "Happened" not in _said(occurred=date(2026, 5, 4)).words


def test_a_draft_has_no_age_and_a_retired_lesson_is_history() -> None:
    assert _said(State.DRAFT) == ("draft", "", "")
    assert _said(State.RETIRED, posted=date(2026, 7, 1)) == (
        "retired",
        "Posted in July.",
        "Read it as history.",
    )


def test_every_state_is_said_in_words() -> None:
    assert len({state_in_words(state) for state in State}) == len(State)
