"""The margin beside what is being written: the coach reads along, and like lessons are shown."""

import re
from typing import Any

from tests.calls import questions
from tests.house_fixture import Browser, House

_SCREWS = {
    "kind": "failure",
    "title": "Loose screws let the inverter flicker",
    "lesson": "Screws at the busbar came loose on the road, a quarter turn each.",
}


def _margin(browser: Browser, **typed: Any) -> str:
    answer = browser.send("/drafts/margin", typed, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    return " ".join(answer.text.split())


def test_the_coach_speaks_of_what_was_typed_and_of_nothing_yet_when_little_was(
    house: House,
) -> None:
    browser = house.browser(house.cast.ada)
    said = _margin(browser, **_SCREWS, recommendation="Be more careful.")
    assert "“Be more careful”" in said
    assert "Care wears off" in said
    assert "coach" not in _margin(browser, title="Loose", kind="failure")
    assert "coach" not in _margin(browser)


def test_a_name_is_noticed_only_when_somebody_here_has_it(house: House) -> None:
    browser = house.browser(house.cast.ada)
    person = house.browser(house.cast.root)
    person.send(
        f"/people/{house.cast.otto.id}", {"name": "Otto Brandt", "title": "", "role": "member"}
    )
    assert "“Otto Brandt”" in _margin(browser, **_SCREWS, happened="Otto Brandt saw it at 7:00.")
    assert "A name in a story" not in _margin(browser, **_SCREWS, happened="Green Valley, 7:00.")


def test_lessons_like_it_are_shown_each_with_three_ways_to_stand_to_it(house: House) -> None:
    old = house.post(house.cast.otto, _SCREWS["title"], lesson=_SCREWS["lesson"]).lesson
    said = _margin(house.browser(house.cast.ada), **_SCREWS)
    assert "Somebody wrote this before" in said
    assert f'href="{old.url}" target="_blank"' in said
    assert re.findall(rf'name="relation.{old.id}" value="(\w+)"', said) == [
        "recurrence",
        "corrects",
        "new",
    ]


def test_what_was_said_of_a_lesson_stays_when_the_margin_changes(house: House) -> None:
    old = house.post(house.cast.otto).lesson
    said = _margin(
        house.browser(house.cast.ada),
        title="Something else altogether",
        lesson="Nothing in common with it.",
        **{f"relation.{old.id}": "corrects"},
    )
    assert f'name="relation.{old.id}" value="corrects" checked' in said


def test_no_margin_shows_what_its_reader_may_not_read(house: House) -> None:
    ada, otto = house.cast.ada, house.cast.otto
    hidden = house.post(ada, **_SCREWS, visibility="team", team="Pumps").lesson
    typed = _SCREWS | {f"relation.{hidden.id}": "recurrence"}
    assert hidden.id in _margin(house.browser(house.cast.ben), **typed)
    assert hidden.id not in _margin(house.browser(otto), **typed)


def test_the_margin_asks_as_much_of_the_database_for_many_as_for_one(house: House) -> None:
    browser = house.browser(house.cast.ada)
    house.post(house.cast.otto, **_SCREWS)
    _margin(browser, **_SCREWS)
    with questions(house) as for_one:
        _margin(browser, **_SCREWS)
    for number in range(6):
        house.post(house.cast.otto, f"Loose screws, case {number}", lesson=_SCREWS["lesson"])
    with questions(house) as for_many:
        _margin(browser, **_SCREWS)
    assert len(for_many) == len(for_one) <= 16
