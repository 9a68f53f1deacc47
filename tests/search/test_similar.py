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


LONG = (
    "During the night shift the coolant pump tripped because its strainer was blocked by fibres "
    "from cleaning cloths that had been left in the sump after the overhaul in spring"
)


def same(index: Index, title: str, text: str) -> dict[str, bool]:
    return {hit.id: hit.same for hit in index.similar(title=title, text=text, audiences=ALL)}


def test_the_same_again_is_told_apart_from_what_is_alike(index: Index) -> None:
    other_words = (
        "A strainer blocked with fibres of cloths stopped the pump of the coolant in spring, "
        "when the night crew had overhauled the sump"
    )
    index.index([make_document("old", "Coolant pump tripped", happened=LONG)])
    filled(index)
    assert same(index, "Coolant pump tripped", LONG)["old"]
    assert same(index, "", " ".join(LONG.split()[:12]))["old"]
    changed = LONG.replace("night", "day").replace("spring", "March")
    assert same(index, "The pump again", changed)["old"]
    assert same(index, "Pump of the coolant", other_words)["old"] is False


def test_a_draft_of_a_word_or_two_is_never_the_same_again(index: Index) -> None:
    index.index([make_document("old", "Coolant pump tripped", happened=LONG)])
    assert same(index, "Coolant pump", "") == {"old": False}


def test_runs_do_not_reach_from_one_part_into_the_next(index: Index) -> None:
    index.index([make_document("a", "one apple two", happened="pears three plums four")])
    assert same(index, "", "one apple two pears three plums four") == {"a": False}


def test_words_that_nobody_wrote_take_no_place_of_those_that_tell(index: Index) -> None:
    unheard = " ".join(f"zq{letter}x" for letter in "abcdefghijklmnopqrstuvwxyz")
    assert "crane" in same(filled(index), "", f"{unheard} {unheard} crane outrigger")
