"""What the coach says of good and bad examples, which are fixed; and that it knows its place."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from app.coach.reading import MOST_REMARKS, RULES, remarks_on
from app.coach.writing import READ, Writing, full_names_in
from app.demo.content import load

_CORPUS = yaml.safe_load((Path(__file__).parent / "corpus.yaml").read_text(encoding="utf-8"))
_KNOWN = frozenset({"Ada Lovell", "Jan van Houten"})
# A lesson of which the coach has nothing to say; a case changes some of its parts.
_SOUND = {
    "kind": "failure",
    "title": "Fine filters clog in 3 days where the water is hard",
    "context": "District heating, 40 houses.",
    "happened": "Flow fell to 60 % on the third day.",
    "lesson": "If the water is over 20 °dH, lime closes the fine filter before the month is over.",
    "recommendation": "Fit the coarse filter, part 4471.",
    "applies_when": "Hard water and a filter finer than 50 µm.",
}


def _writing(case: dict[str, Any]) -> Writing:
    said = {name: text for name, text in case.items() if name not in ("says", "only")}
    parts = said if case.get("only") else _SOUND | said
    return Writing(
        {name: parts.get(name, "") for name in READ},
        parts.get("kind", ""),
        people=full_names_in(parts) & _KNOWN,
    )


@pytest.mark.parametrize("case", _CORPUS, ids=lambda case: " ".join(map(str, case.values()))[:70])
def test_the_coach_says_what_the_corpus_expects(case: dict[str, Any]) -> None:
    said = {remark.rule for remark in remarks_on(_writing(case), most=len(RULES))}
    assert said == set(case["says"])


def test_every_rule_has_cases_that_it_speaks_of_and_there_are_as_many_that_are_sound() -> None:
    spoken = [rule for case in _CORPUS for rule in case["says"]]
    assert len(set(spoken)) == len(RULES)
    assert min(spoken.count(rule) for rule in set(spoken)) >= 2
    assert sum(not case["says"] for case in _CORPUS) >= len(_CORPUS) / 3


def test_the_words_in_question_are_named_as_they_were_written() -> None:
    writing = _writing({"happened": "It leaked. The operator forgot to open the valve, 3 times."})
    (remark,) = remarks_on(writing)
    assert (remark.field, remark.words) == ("happened", "The operator forgot")


def test_whoever_writes_hears_three_things_at_most_and_the_gravest_first() -> None:
    everything_at_once = _writing(
        {
            "title": "Problem",
            "context": "password: Winter2024!",
            "happened": "Ada Lovell forgot it.",
            "why": "Human error.",
            "recommendation": "Be more careful.",
            "applies_when": "",
        }
    )
    remarks = remarks_on(everything_at_once)
    assert len(remarks) == MOST_REMARKS
    assert remarks[0].rule == "secret"


def test_names_are_looked_for_among_words_with_capitals() -> None:
    found = full_names_in(
        {"happened": "With Jan van Houten and Ada Lovell.\nIn Mid March Ada left."}
    )
    assert {"Ada Lovell", "Jan van Houten"} <= found
    assert "Lovell In" not in found


def test_the_sample_organisation_writes_as_the_coach_would_have_it() -> None:
    """Lessons that were written with care get a word now and then, not at every turn."""
    lessons = load().lessons
    grave = [
        (lesson.title, remark)
        for lesson in lessons
        for remark in remarks_on(_of(lesson), most=len(RULES))
        if remark.rule in ("blame", "good will", "restated", "secret", "title")
    ]
    assert len(grave) <= len(lessons) // 20, grave


def _of(lesson: Any) -> Writing:
    return Writing({name: getattr(lesson, name) or "" for name in READ}, lesson.kind)
