"""The page of a lesson: what stands on it, beside it and under it."""

from pathlib import Path

import pytest

from app.lessons.access import reader
from app.lessons.models import Lesson, RelationKind
from app.lessons.relations import relate
from app.responses.asking import answer, ask
from app.responses.schemas import Words
from app.responses.thanking import thank
from tests.house_fixture import House
from tests.lessons.acting import retired, spoil
from tests.lessons.test_questions import MOST, counted

SCREWS = "Screws without thread lock come loose in a vibrating inverter housing"


def _relate(house: House, newer: str, older: str, kind: RelationKind) -> None:
    with house.database.writing() as session:
        who = reader(session, house.cast.ada)
        lesson = session.get_one(Lesson, newer)
        relate(session, lesson, {older: kind}, who=who, now=house.clock())


def _page(house: House, lesson_id: str, person: str = "otto") -> str:
    text = house.browser(house.cast.people[person]).get(f"/lessons/{lesson_id}").text
    return text.partition("<main")[2]


def test_it_says_how_old_it_is_and_what_to_make_of_that(house: House) -> None:
    lesson = house.post(house.cast.ada).lesson
    assert "Nobody has had time to try it." in _page(house, lesson.id)
    house.clock.turn(days=200)
    page = _page(house, lesson.id)
    assert "Posted in March; nobody has confirmed it since." in page
    assert "Look twice before relying on it." in page


def test_others_like_it_stand_beside_it_but_none_that_is_hidden_or_retired(house: House) -> None:
    lesson = house.post(house.cast.ada, f"{SCREWS} one").lesson
    house.post(house.cast.ada, f"{SCREWS} two")
    house.post(house.cast.ada, f"{SCREWS} three", team="Pumps", visibility="team")
    for number in range(16):  # what most lessons have in common tells nothing
        house.post(house.cast.ada, f"Invoice {number} was counted twice")
    gone = house.post(house.cast.ada, f"{SCREWS} four").lesson
    retired(house, gone.id, by=house.cast.ada)
    page = _page(house, lesson.id)
    assert f"{SCREWS} two" in page
    assert f"{SCREWS} three" not in page
    assert f"{SCREWS} four" not in page
    assert f"{SCREWS} three" in _page(house, lesson.id, "ben")


def test_it_is_read_without_the_index_as_well(house: House, tmp_path: Path) -> None:
    lesson = house.post(house.cast.ada, f"{SCREWS} one", recommendation="Use lock.").lesson
    house.post(house.cast.ada, f"{SCREWS} two")
    spoil(house.index, tmp_path / "data" / "index")
    page = _page(house, lesson.id)
    assert "Use lock." in page
    assert "Like this one" not in page


def test_what_it_says_of_others_and_they_of_it_is_told_to_those_who_may_read(house: House) -> None:
    old, again, better = (
        house.post(house.cast.ada, title, team="Pumps", visibility=shared).lesson
        for title, shared in (
            ("The first time", "organisation"),
            ("The second time", "organisation"),
            ("What was really so", "team"),
        )
    )
    _relate(house, again.id, old.id, RelationKind.RECURRENCE)
    _relate(house, better.id, old.id, RelationKind.CORRECTS)
    page = _page(house, old.id)
    assert "It happened again:" in page
    assert "What was really so" not in page
    assert "Corrected by a newer lesson" in _page(house, old.id, "ben")
    assert "It had happened before:" in _page(house, again.id)
    assert "Corrects:" in _page(house, better.id, "ben")


def _talk(house: House, lesson_id: str, times: int) -> None:
    cast, now = house.cast, house.clock()
    with house.database.writing() as session:
        lesson = session.get_one(Lesson, lesson_id)
        for person in (cast.ben, cast.mara, cast.kit)[:times]:
            thank(session, lesson, by=person, now=now)
        for number in range(times):
            words = Words(text=f"What of {number}?")
            asked = ask(session, lesson, words, by=cast.ben, now=now)
            for person in (cast.ada, cast.kit, cast.mara)[:times]:
                answer(session, lesson, asked, words, by=person, now=now)


@pytest.mark.parametrize("person", ["otto", "mara"])
def test_it_takes_at_most_eight_questions_however_much_was_said(house: House, person: str) -> None:
    """For a manager, too, whose teams below are asked for, and though it is retired."""
    lesson = house.post(house.cast.ada, f"{SCREWS} one", team="Pumps", topics=["a", "b"]).lesson
    others = [house.post(house.cast.ada, f"{SCREWS} {n}").lesson for n in range(6)]
    browser = house.browser(house.cast.people[person])
    browser.get("/help")
    asked = []
    for times in (0, 1, 3):
        _talk(house, lesson.id, times)
        for other in others[: 2 * times]:
            _relate(house, other.id, lesson.id, RelationKind.RECURRENCE)
        with counted(house) as said:
            assert browser.get(f"/lessons/{lesson.id}").status_code == 200
        asked.append(said)
    retired(house, lesson.id, by=house.cast.ada)
    with counted(house) as said:
        assert "Retired on" in browser.get(f"/lessons/{lesson.id}").text
    assert {len(said) for said in asked} == {len(said)}
    assert len(said) <= MOST, "\n".join(said)
