"""Typing errors are forgiven; words that somebody wrote are left alone."""

from collections.abc import Callable

import pytest

from search import EVERYONE, Index, Query
from tests.search.making import ask, found, make_document

Fill = Callable[..., Index]


@pytest.mark.parametrize("typed", ["invertre", "invetrer", "inverterr", "invrter", "inxerter"])
def test_a_word_one_edit_away_is_found(lessons: Fill, typed: str) -> None:
    index = lessons(a="loose screws in an inverter", b="quiet day")
    assert found(index, typed) == ["a"]


def test_long_words_may_be_two_edits_away_and_short_ones_may_not(lessons: Fill) -> None:
    index = lessons(a="configuration", b="pump")
    assert found(index, "konfiguratian") == ["a"]
    assert found(index, "bumb") == []


def test_the_whole_query_is_respelt_as_a_suggestion(lessons: Fill) -> None:
    index = lessons(a="loose screws in an inverter", b="quiet day")
    assert index.search(ask("Loose invertre, screws")).suggestion == "Loose inverter, screws"


def test_a_query_of_known_words_gets_no_suggestion(lessons: Fill) -> None:
    index = lessons(a="the form was lost", b="from far away", c="farm farm farm")
    assert index.search(ask("form")).suggestion is None
    assert found(index, "form") == ["a"]


def test_a_word_that_is_known_by_its_stem_is_not_respelt(lessons: Fill) -> None:
    index = lessons(a="deploying", b="deplored")
    assert index.search(ask("deployed")).suggestion is None


def test_an_unknown_word_is_asked_about_where_its_near_spelling_is_common(lessons: Fill) -> None:
    pumps = {f"p{n}": "pump" for n in range(5)}
    rare = lessons(a="inverter", **pumps)
    assert rare.search(ask("pump invertre")).suggestion is None
    common = lessons(b="inverter", c="inverter")
    assert common.search(ask("pump invertre")).suggestion == "pump inverter"


def test_where_almost_nothing_is_found_one_near_spelling_is_enough(lessons: Fill) -> None:
    index = lessons(a="inverter", p="pump", q="pump")
    assert index.search(ask("pump invertre")).suggestion == "pump inverter"


def test_a_rare_word_is_found_as_typed_and_a_common_one_asked_about(lessons: Fill) -> None:
    index = lessons(a="the modle", **{f"m{n}": "the module" for n in range(20)})
    results = index.search(ask("modle"))
    assert [hit.id for hit in results.hits] == ["a"]
    assert results.suggestion == "module"
    assert index.search(ask("module")).suggestion is None


def test_the_likeliest_spelling_comes_first(lessons: Fill) -> None:
    titles = {f"s{n}": "string" for n in range(6)}
    index = lessons(a="tring", b="tiring", c="tiring", **titles)
    assert index.search(ask("tsring")).suggestion == "string"
    assert found(index, "tsring")[0].startswith("s")


def test_nothing_near_means_no_suggestion(lessons: Fill) -> None:
    assert lessons(a="pump").search(ask("zzzzzzzz")).suggestion is None


def test_no_suggestion_that_would_find_nothing_under_the_filters(lessons: Fill) -> None:
    index = lessons(a="inverter")
    assert index.search(ask("invertre", kinds=frozenset({"success"}))).suggestion is None


def test_words_of_removed_documents_are_forgotten(lessons: Fill) -> None:
    index = lessons(a="inverter", b="pump")
    index.remove(["a"])
    results = index.search(ask("invertre"))
    assert (results.total, results.suggestion) == (0, None)


def test_misspelt_titles_are_still_found_among_many(index: Index) -> None:
    subjects = ["compressor", "gearbox", "turbine", "database", "pipeline", "scaffold", "antenna"]
    events = ["overheated", "corroded", "collapsed", "leaked", "vibrated", "stalled", "cracked"]
    places = ["harbour", "factory", "warehouse", "laboratory", "refinery", "hangar", "office"]
    titles = {
        f"{s}-{e}-{p}": f"The {s} {e} in the {p}" for s in subjects for e in events for p in places
    }
    index.index(make_document(id, title) for id, title in titles.items())
    lost = 0
    for id, title in list(titles.items())[::7]:
        word = max(title.split(), key=len)
        typed = title.replace(word, word[:2] + word[3:])
        lost += id not in found(index, typed)[:5]
    assert lost == 0


def test_somebody_outside_gets_no_spelling_they_could_not_find(index: Index) -> None:
    index.index([make_document("a", "inverter")])
    outside = Query(text="invertre", audiences=frozenset({"team:elsewhere"}))
    assert index.search(outside).suggestion is None
    assert EVERYONE not in outside.audiences
