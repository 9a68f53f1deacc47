"""Thanking for a lesson: one click, undone by one, counted in words."""

import re

import pytest
from sqlmodel import select

from app.events.models import Event
from app.responses.models import Thanks
from app.responses.said import Thanked
from tests.house_fixture import Browser, House


def _thanks(house: House) -> list[str]:
    with house.reading() as session:
        return [row.person_id for row in session.exec(select(Thanks))]


def _events(house: House) -> list[tuple[str, str | None]]:
    with house.reading() as session:
        found = session.exec(select(Event).where(Event.subject_kind == "thanks"))
        return sorted((event.kind, event.actor_id) for event in found)


def _claimed(house: House, posted: object) -> Browser:
    browser = house.browser(house.cast.ada)
    code = {"claim_code": posted.claim_code}
    browser.send(f"/lessons/{posted.lesson.id}/claim", code)
    return browser


def test_thanks_are_given_once_and_taken_back(house: House) -> None:
    ben, url = house.cast.ben, f"/lessons/{house.post(house.cast.ada).lesson.id}"
    browser = house.browser(ben)
    assert "Thank you for this" in browser.get(url).text
    for _ in range(2):
        page = browser.send(f"{url}/thanks").text
    assert "Thanked by you." in page
    assert "Take my thanks back" in page
    assert _thanks(house) == [ben.id]
    assert "Thanked by Ben Example." in house.browser(house.cast.ada).get(url).text
    for _ in range(2):
        page = browser.send(f"{url}/thanks/removal").text
    assert "Thanked by" not in page
    assert _thanks(house) == []
    assert _events(house) == [("thanks.given", ben.id), ("thanks.taken_back", ben.id)]


def test_a_part_of_the_page_is_swapped_in_place(house: House) -> None:
    url = f"/lessons/{house.post(house.cast.ada).lesson.id}"
    answer = house.browser(house.cast.ben).send(f"{url}/thanks", headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert re.match(r'<div class="thanks" id="thanks">', answer.text.strip())
    assert "Thanked by you." in answer.text
    assert "<html" not in answer.text


def test_nobody_thanks_for_their_own_lesson_or_for_a_draft(house: House) -> None:
    named = house.post(house.cast.ada).lesson
    draft = house.post(house.cast.ada, visibility="draft").lesson
    protected = house.post(house.cast.ada, author_mode="protected")
    browser = house.browser(house.cast.ada)
    for lesson, status in ((named, 403), (draft, 422)):
        assert "Thank you for this" not in browser.get(f"/lessons/{lesson.id}").text
        assert browser.send(f"/lessons/{lesson.id}/thanks").status_code == status
    claimed = _claimed(house, protected)
    assert "Thank you for this" not in claimed.get(f"/lessons/{protected.lesson.id}").text
    assert claimed.send(f"/lessons/{protected.lesson.id}/thanks").status_code == 403
    assert _thanks(house) == []


@pytest.mark.parametrize(
    ("names", "mine", "words"),
    [
        ([], False, ""),
        ([], True, "Thanked by you"),
        (["Mara"], False, "Thanked by Mara"),
        (["Mara"], True, "Thanked by you and Mara"),
        (["Mara", "Ben", "Kit"], False, "Thanked by Mara, Ben and Kit"),
        (["Mara", "Ben", "Kit"], True, "Thanked by you, Mara and 2 others"),
        (["Mara", "Ben", "Kit", "Otto", "Nora"], False, "Thanked by Mara, Ben and 3 others"),
    ],
)
def test_thanks_are_counted_in_words(names: list[str], mine: bool, words: str) -> None:
    assert Thanked(names, mine).in_words == words
