"""Effect moves rank, popularity does not; and the list says why."""

import re

from app.lessons.capture import post
from app.lessons.models import Lesson
from app.people.directory import add_person
from app.people.models import Person
from app.responses.thanking import thank
from app.uses.recurrence import report_again
from app.uses.report import report
from app.uses.schemas import RecurrenceInput, UseInput
from tests.house_fixture import House
from tests.lessons.acting import written
from tests.uses.acting import again, own_team, standing, team_with, used

WORDS = "compressor seized frost"


def _equals(house: House, number: int) -> list[str]:
    """Lessons that say the same in the same words, among others."""
    seized = ["The compressor seized in the frost"] * number
    # What most lessons have in common tells nothing.
    invoices = [f"Invoice {number} was counted twice" for number in range(12)]
    with house.database.writing() as session:
        posted = [
            post(session, written(title=title, team="Pumps"), by=house.cast.ada, now=house.clock())
            for title in (*seized, *invoices)
        ]
    return [it.lesson.id for it in posted[:number]]


def _found(house: House, among: list[str]) -> list[str]:
    """Those of the lessons that are found, in their order."""
    house.follow()
    text = house.browser(house.cast.otto).get(f"/search?q={WORDS}").text
    found = re.findall(r'entry__title"><a href="/lessons/(\w+)"', text)
    return [lesson_id for lesson_id in found if lesson_id in among]


def _row(house: House, lesson_id: str) -> str:
    """What the list says of one lesson."""
    text = house.browser(house.cast.otto).get(f"/search?q={WORDS}").text
    (entry,) = [part for part in text.split('<li class="entry') if f"/lessons/{lesson_id}" in part]
    found = re.search(r'entry__worth">([^<]*)<', entry)
    return found[1] if found else ""


def _teams(house: House, number: int) -> list[tuple[Person, str]]:
    with house.database.writing() as session:
        people = [
            add_person(session, email=f"p{n}@x.example", name=f"P {n}", by=None, now=house.clock())
            for n in range(number)
        ]
    return [(p, team_with(house, f"Team {n}", p).id) for n, p in enumerate(people)]


def test_what_helped_rises_what_made_it_worse_sinks_and_both_say_why(house: House) -> None:
    ids = _equals(house, 4)
    before = _found(house, ids)
    assert sorted(before) == sorted(ids)
    last, first, third = before[-1], before[0], before[1]
    for person, team in _teams(house, 3):
        used(house, last, person, team=team)
        used(house, first, person, team=team, result="worse")
        again(house, third, person, team=team)
    after = _found(house, ids)
    assert sorted(after) == sorted(ids)  # nothing is lost
    assert (after[0], after[-1]) == (last, first)
    assert after.index(third) > after.index(before[2])
    assert _row(house, last) == "proven: better for 3 teams"
    assert _row(house, first) == "made it worse for 3 teams"
    assert _row(house, third) == "happened again 3 times"
    assert _row(house, before[2]) == ""
    house.browser(house.cast.ada).send(f"/lessons/{last}/confirmations")
    assert _found(house, ids) == after


def test_what_nobody_stood_by_for_years_sinks_and_is_found_and_says_so(house: House) -> None:
    (old,) = _equals(house, 1)
    house.clock.turn(days=1500)
    (new, *_) = _equals(house, 1)
    assert _found(house, [old, new]) == [new, old]
    assert _row(house, old) == "stale: nobody stood by it for 4 years"
    page = house.browser(house.cast.otto).get(f"/search?q={WORDS}&sort=newest").text
    assert "stale" not in page  # where age moved nothing, nothing is said of it
    house.browser(house.cast.otto).send(f"/lessons/{old}/confirmations")
    house.follow()
    assert _row(house, old) == ""


def test_popularity_cannot_fake_it(house: House) -> None:
    """Fifty of anything but other teams' results change nothing; nor does what few may read."""
    ids, cast = _equals(house, 3), house.cast
    before = _found(house, ids)
    first, _, last = before
    otto, people = house.browser(cast.otto), _teams(house, 50)
    for _ in range(50):
        assert otto.get(f"/lessons/{last}").status_code == 200
    with house.database.writing() as session:
        lesson = session.get_one(Lesson, last)
        for number, (person, _) in enumerate(people):
            thank(session, lesson, by=person, now=house.clock())
            for by, team in ((cast.ben, "Pumps"), (cast.nora, "")):
                said = {"manner": "applied", "result": "better", "work": f"Line {number}"}
                use = UseInput(team=team, **said)
                report(session, lesson, use, by=by, now=house.clock())
    for number in range(3):
        form = {"kind": "failure", "title": f"Seized {number}", "lesson": "In the frost."}
        said = {"team": "Pumps", "visibility": "team", "key": f"k{number}"}
        told = {f"relation.{first}": "recurrence"}
        assert house.browser(cast.ben).send("/lessons", form | said | told).status_code == 200
    assert standing(house, last).uses == 100
    assert (_found(house, ids), _row(house, last), _row(house, first)) == (before, "", "")
    assert standing(house, last).effect == standing(house, first).effect == 0


def test_a_team_that_says_it_fifty_times_has_said_it_once(house: House) -> None:
    lesson = house.post(house.cast.ada).lesson
    used(house, lesson.id, house.cast.otto)
    again(house, lesson.id, house.cast.kit)
    once = standing(house, lesson.id).effect
    with house.database.writing() as session:
        here = session.get_one(Lesson, lesson.id)
        for number in range(50):
            use = UseInput(manner="applied", result="better", team="Sales", work=f"Line {number}")
            report(session, here, use, by=house.cast.otto, now=house.clock())
            told = RecurrenceInput(broke="not_found", team="Valves", cost=f"{number} days")
            report_again(session, here, told, by=house.cast.kit, now=house.clock())
    assert standing(house, lesson.id).recurrences == 51
    assert standing(house, lesson.id).effect == once


def test_the_index_equals_the_database_after_what_came_of_it(house: House) -> None:
    lesson = house.post(house.cast.ada).lesson
    again(house, lesson.id, house.cast.otto)
    used(house, lesson.id, house.cast.otto, team=own_team(house, house.cast.otto))
    assert list(house.follower.difference().stale) == [lesson.id]
    house.follow()
    assert house.follower.difference().clean
