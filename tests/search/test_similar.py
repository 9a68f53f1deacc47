"""Lessons like a draft."""

from search import EVERYONE, Index
from tests.search.making import make_document

ALL = frozenset({EVERYONE})
STORIES = {
    "screws": "Mounting screws of the inverter came loose since nobody specified a torque.",
    "queue": "The queue of messages grew because a consumer crashed without an alarm.",
    "paint": "Paint peeled off the hull after the primer had been applied in rain.",
    "permit": "Work on the pipe began before the permit was signed by the shift leader.",
    "backup": "The backup could not be restored because nobody had ever tried it.",
    "crane": "The crane tipped when its outrigger stood on soft ground.",
}


def filled(index: Index) -> Index:
    index.index(make_document(id, text[:30], happened=text) for id, text in STORIES.items())
    return index


def test_a_draft_in_other_words_finds_the_lesson_like_it(index: Index) -> None:
    hits = filled(index).similar(
        title="Loose mounting screws", text="No torque was given for the inverter.", audiences=ALL
    )
    assert hits[0].id == "screws"


def test_the_limit_and_the_excluded_are_obeyed(index: Index) -> None:
    every = " ".join(STORIES.values())
    hits = filled(index).similar(title="", text=every, audiences=ALL, limit=2)
    assert len(hits) == 2
    left = filled(index).similar(
        title="", text=every, audiences=ALL, limit=9, exclude=frozenset({hits[0].id})
    )
    assert {hit.id for hit in left} == STORIES.keys() - {hits[0].id}


def test_words_that_nobody_wrote_are_like_nothing(index: Index) -> None:
    assert filled(index).similar(title="zzz", text="qqq the of", audiences=ALL) == []


def test_a_very_long_draft_is_no_trouble(index: Index) -> None:
    text = STORIES["crane"] * 5000
    assert filled(index).similar(title="", text=text, audiences=ALL)[0].id == "crane"
