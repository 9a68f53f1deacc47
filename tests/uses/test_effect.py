"""The stated formula: what uses showed, as one number; and the words that are said of it."""

from datetime import date

import pytest

from app.lessons.models import LessonStanding
from app.lessons.worth import age_in_words, effect_in_words, sign_of, standing_in_words
from app.uses.effect import confidence_in_words, effect, wilson_lower
from app.uses.words import worth_in_words

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("better", "same", "worse", "failed", "again", "said"),
    [
        (0, 0, 0, 0, 0, 0),
        (1, 0, 0, 0, 0, 38),
        (3, 0, 0, 0, 0, 65),
        (9, 0, 1, 0, 0, 69),  # as docs/effect.md has it
        (1, 0, 1, 0, 0, 0),
        (0, 5, 0, 0, 0, 0),
        (0, 0, 2, 0, 0, -55),
        (3, 0, 0, 0, 1, 49),
        (0, 0, 0, 1, 0, -38),
        (0, 0, 0, 0, 1, -23),
        (1000, 0, 0, 0, 0, 100),
        (0, 0, 1000, 0, 0, -100),
    ],
)
def test_effect_is_the_lower_end_of_better_less_that_of_worse(
    better: int, same: int, worse: int, failed: int, again: int, said: int
) -> None:
    given = {"better": better, "same": same, "worse": worse, "failed": failed, "again": again}
    assert effect(**given) == said


def test_more_evidence_for_the_same_share_counts_more() -> None:
    lower = [wilson_lower(n * 0.8, n) for n in (5, 10, 100, 10_000)]
    assert lower == sorted(lower)
    assert lower[-1] == pytest.approx(0.8, abs=0.01)
    assert wilson_lower(0, 0) == wilson_lower(0, 7) == 0


def _standing(**facts: object) -> LessonStanding:
    return LessonStanding(lesson_id="x", **facts)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, ""),
        ({"uses": 2}, "Used twice, by no other team yet."),
        ({"uses": 1, "reach": 1}, "Used by one other team, too early to say what came of it."),
        (
            {"uses": 5, "reach": 4, "better": 3, "effect": 65},
            "Used by 4 other teams, better for 3: it is well proven.",
        ),
        (
            {"uses": 4, "reach": 4, "better": 3, "worse": 1, "effect": 40, "recurrences": 2}
            | {"last_again_on": date(2026, 10, 3)},
            "Used by 4 other teams, better for 3, worse for one. "
            "Happened again twice, most recently in October: confidence is lower.",
        ),
        (
            {"recurrences": 1, "effect": -23, "last_again_on": TODAY},
            "Happened again once, today: confidence is lower.",
        ),
        (
            {"uses": 2, "reach": 2, "worse": 2, "effect": -55},
            "Used by 2 other teams, worse for 2: it does not hold up.",
        ),
    ],
)
def test_what_came_of_a_lesson_is_said_in_words(facts: dict[str, object], words: str) -> None:
    assert worth_in_words(_standing(**facts), TODAY) == words
    assert worth_in_words(None, TODAY) == standing_in_words(None) == ""


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, ""),
        ({"better": 1, "effect": 38}, "better for one team"),
        ({"better": 2, "effect": 55}, "better for 2 teams"),
        ({"better": 3, "effect": 65}, "proven: better for 3 teams"),
        ({"better": 3, "worse": 1, "effect": 42}, "better for 3 teams, worse for one"),
        ({"worse": 2, "effect": -55}, "made it worse for 2 teams"),
        ({"recurrences": 1, "effect": -23}, "happened again"),
        ({"recurrences": 3, "effect": -50}, "happened again 3 times"),
    ],
)
def test_a_list_says_why_a_lesson_moved(facts: dict[str, object], words: str) -> None:
    assert effect_in_words(_standing(**facts)) == words


def test_only_what_nobody_stood_by_for_two_years_is_stale() -> None:
    assert age_in_words(date(2024, 11, 22), TODAY) == ""
    assert age_in_words(date(2024, 11, 20), TODAY) == "stale: nobody stood by it for 2 years"
    used, confirmed = date(2026, 1, 2), date(2026, 3, 4)
    assert sign_of(_standing(used_on=used, confirmed_on=confirmed)) == ("confirmed", confirmed)
    assert sign_of(_standing(used_on=used)) == ("used", used)
    assert sign_of(_standing()) is sign_of(None) is None


@pytest.mark.parametrize(
    ("effect", "recurrences", "words"),
    [
        (0, 0, ""),
        (38, 0, "it has helped so far"),
        (55, 0, "it has helped so far"),
        (65, 0, "it is well proven"),
        (65, 1, "confidence is lower"),
        (-20, 0, "it is doubtful"),
        (-60, 3, "it does not hold up"),
    ],
)
def test_confidence_is_said_without_a_number(effect: int, recurrences: int, words: str) -> None:
    assert confidence_in_words(effect, recurrences) == words
