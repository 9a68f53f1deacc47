"""Lessons said in other words are found, after those that say it as it was asked."""

import re
from collections.abc import Callable

import pytest

from search import Index
from search.framing import unframed
from search.vocabulary import (
    FILES,
    FOLDER,
    MOST,
    MOST_BEARINGS,
    MOST_IN_PLANS,
    SHARES,
    SHARES_IN_PLANS,
    Related,
    related,
    related_widely,
)
from tests.search.making import ask, found, make_document

Fill = Callable[..., Index]


@pytest.mark.parametrize(("typed", "written"), [
    ("subcontractor", "the supplier was late"),
    ("bolts", "loose screws"),
    ("heritage", "reused code"),
    ("fractured", "a crack in the weld"),
    ("near misses", "a close call on the crane"),
    ("close call", "a near miss"),
    ("paperwork", "the documents were lost"),
    ("organisational", "the organizational chart"),
    ("failing", "a failure"),
    ("o-ring", "the seals were cold"),
    ("it broke down", "a malfunction"),
    ("QA", "quality assurance"),
])  # fmt: skip
def test_what_is_written_in_other_words_is_found(lessons: Fill, typed: str, written: str) -> None:
    index = lessons(a=written, b="quiet day", c="another day of quiet work elsewhere")
    assert found(index, typed) == ["a"]


def test_the_word_as_typed_comes_first(lessons: Fill) -> None:
    titles = {f"other{n}": "supplier" for n in range(5)}
    index = lessons(typed="a long story of very many things, and of a vendor", **titles)
    assert found(index, "vendor")[0] == "typed"


def test_other_names_do_not_make_a_lesson_hold_every_word(index: Index) -> None:
    index.index([
        make_document("other", "supplier audit"),
        make_document("both", "a long story", happened=(
            "of very many things and parts and days, of which one was an audit, and there was a "
            "vendor in it among so many other words that each of them counts for little")),
    ])  # fmt: skip
    assert found(index, "vendor audit") == ["both", "other"]


def test_many_names_for_one_word_count_as_the_best_of_them(index: Index) -> None:
    index.index([
        make_document("names", "vendor contractor subcontractor manufacturer"),
        make_document("word", "supplier of many good things"),
    ])  # fmt: skip
    assert found(index, "supplier") == ["word", "names"]


def test_a_word_of_the_vocabulary_is_no_typing_error(lessons: Fill) -> None:
    results = lessons(a="vector", b="vector graphics").search(ask("vendor"))
    assert (results.total, results.suggestion) == (0, None)


def test_what_only_puts_the_question_is_left_out(lessons: Fill) -> None:
    index = lessons(a="watch the clock", b="reused software", c="avoid the stairs")
    assert found(index, "what should we watch out for when reusing software") == ["b"]
    assert found(index, "How can we avoid reusing software?") == ["b"]
    assert found(index, "watch for") == ["a"]


def test_a_frame_is_cut_out_of_a_question_and_nothing_else() -> None:
    assert unframed("lessons learned about pumps").split() == ["pumps"]
    assert unframed("the watch stopped").split() == ["the", "watch", "stopped"]
    assert unframed("What should we do if the pump leaks?").split() == ["the", "pump", "leaks?"]
    assert unframed("why can’t I sign in").split() == ["sign", "in"]
    assert unframed("what the pump should do when we stop").split()[0] == "what"


def test_a_passage_in_other_words_is_marked_where_none_holds_the_word(index: Index) -> None:
    other = index.snippet("vendor", ["Nothing here.", "The supplier was late."])
    assert ("supplier", True) in other
    typed = index.snippet("vendor", ["The supplier was late.", "The vendor was early."])
    assert ("vendor", True) in typed


def test_the_files_read_as_their_readme_says() -> None:
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(FILES)
    for name in FILES:
        for number, line in enumerate((FOLDER / f"{name}.txt").read_text("utf-8").splitlines(), 1):
            group, where = line.partition("#")[0].strip(), f"{name}.txt, line {number}"
            entries = [e.strip() for e in re.split("<>|[=,>~]", group)] if group else []
            assert len(entries) != 1, f"{where} joins nothing"
            assert all(entries), f"{where} has an empty place"
            assert len(set(entries)) == len(entries), f"{where} repeats itself"
            signs = re.findall("<>|[=>~]", group)
            assert len(signs) < 2 or set(signs) == {"="}, f"{where} is two things"
            assert "=" not in signs or "," not in group, f"{where} is two things"
            assert group == group.lower(), f"{where} has capitals"
            assert group.isascii(), f"{where} has odd letters"


def test_each_word_leads_to_a_few_others_the_same_before_the_near() -> None:
    wide = {other.share for other in related_widely(("weld",))}
    assert wide >= {SHARES_IN_PLANS["<>"], SHARES_IN_PLANS["~"]}
    assert len(related_widely(("weld",))) <= MOST_IN_PLANS + MOST_BEARINGS
    others = related(("aeroplan",))
    assert others[0] == Related(("airplan",), SHARES["="])
    shares = [other.share for other in others[1:]]
    assert shares[:3] == [SHARES[","]] * 3
    assert shares == sorted(shares, reverse=True)
    assert set(shares) <= {share for sign, share in SHARES.items() if sign != "="}
    assert all(len(related((stem,))) <= MOST for stem in ("test", "fail", "crack", "program"))
