"""Everybody, and one person, in the browser."""

import pytest

from app.people.directory import add_person, disable_person
from app.people.models import Person, TeamRole
from app.people.teams import join_team, the_team
from tests.house_fixture import House
from tests.statements import statements


def test_everybody_is_listed_with_their_teams(house: House) -> None:
    page = house.browser(house.cast.otto).get("/people")
    assert "7 people" in page.text
    assert "Ada Example" in page.text
    assert "Pumps" in page.text


def test_people_asks_who_is_there(house: House) -> None:
    stranger = house.stranger()
    assert stranger.get("/people").url.path == "/sign-in"
    assert stranger.get(f"/people/{house.cast.ada.id}").url.path == "/sign-in"


def test_people_are_searched_by_name(house: House) -> None:
    page = house.browser(house.cast.otto).get("/people?q=ada")
    assert "1 person" in page.text
    assert "Ben Example" not in page.text
    assert 'value="ada"' in page.text


@pytest.mark.parametrize("asked", ["nobody", "%00", "%25"])
def test_a_search_that_finds_nobody_says_so(house: House, asked: str) -> None:
    page = house.browser(house.cast.otto).get(f"/people?q={asked}zzz")
    assert page.status_code == 200
    assert "Nobody by that name" in page.text


def test_a_page_beyond_the_last_leads_back(house: House) -> None:
    assert "There is no such page" in house.browser(house.cast.otto).get("/people?page=9").text


def test_who_left_is_marked_and_their_page_stays(house: House) -> None:
    with house.database.writing() as session:
        ada = session.get_one(Person, house.cast.ada.id)
        disable_person(session, ada, by=None, now=house.clock())
    browser = house.browser(house.cast.otto)
    assert "left" in browser.get("/people?q=ada").text
    assert "Ada Example left on 2 March 2026" in browser.get(ada.url).text


@pytest.mark.parametrize("unknown", ["7k2m9qxw4t8n3vbd", "x", "%00", "..%2f"])
def test_who_is_unknown_is_not_found(house: House, unknown: str) -> None:
    assert house.browser(house.cast.root).get(f"/people/{unknown}").status_code == 404


def test_a_person_s_page_shows_what_they_posted_under_their_name(house: House) -> None:
    house.post(house.cast.ada, "Seals swell in glycol")
    page = house.browser(house.cast.otto).get(house.cast.ada.url)
    assert "Seals swell in glycol" in page.text
    assert "ada@northwind.example" in page.text


def test_a_person_s_page_never_shows_what_they_wrote_as_a_protected_author(house: House) -> None:
    house.post(house.cast.ada, "Seals swell in glycol", author_mode="protected")
    for who in (house.cast.ada, house.cast.otto, house.cast.root):
        page = house.browser(who).get(house.cast.ada.url)
        assert "Seals swell" not in page.text
        assert "No lesson that you can read." in page.text


@pytest.mark.parametrize("who", ["ada", "otto", "root"])
def test_a_draft_is_on_nobody_s_page(house: House, who: str) -> None:
    house.post(house.cast.ada, "Seals swell in glycol", visibility="draft")
    page = house.browser(getattr(house.cast, who)).get(house.cast.ada.url)
    assert "Seals swell" not in page.text


@pytest.mark.parametrize(
    ("who", "seen"), [("ben", True), ("mara", True), ("otto", False), ("root", False)]
)
def test_a_team_only_lesson_is_on_its_author_s_page_for_the_team(
    house: House, who: str, seen: bool
) -> None:
    house.post(house.cast.ada, "Seals swell in glycol", visibility="team", team="Pumps")
    page = house.browser(getattr(house.cast, who)).get(house.cast.ada.url)
    assert ("Seals swell" in page.text) is seen


def test_only_administrators_see_the_forms(house: House) -> None:
    url = house.cast.ada.url
    assert "Make a reset link" in house.browser(house.cast.root).get(url).text
    for who in (house.cast.ada, house.cast.kit, house.cast.mara):
        assert "Make a reset link" not in house.browser(who).get(url).text


def test_the_list_asks_as_often_for_twice_as_many(house: House) -> None:
    browser = house.browser(house.cast.otto)
    browser.get("/people")
    with statements(house.database) as few:
        browser.get("/people")
    with house.database.writing() as session:
        pumps = the_team(session, house.cast.pumps.id)
        for number in range(20):
            email = f"p{number}@northwind.example"
            person = add_person(session, email=email, name=email, by=None, now=house.clock())
            join_team(session, pumps, person, TeamRole.MEMBER, by=None, now=house.clock())
    with statements(house.database) as many:
        page = browser.get("/people")
    assert "27 people" in page.text
    assert len(few) == len(many) <= 8


def test_a_person_s_page_asks_as_often_for_twice_as_many_lessons(house: House) -> None:
    browser = house.browser(house.cast.otto)
    house.post(house.cast.ada, topics=["Seals"], team="Pumps")
    browser.get(house.cast.ada.url)
    with statements(house.database) as few:
        browser.get(house.cast.ada.url)
    for number in range(8):
        house.post(house.cast.ada, f"Lesson {number}", topics=[f"topic {number}"], team="Pumps")
    with statements(house.database) as many:
        browser.get(house.cast.ada.url)
    assert len(few) == len(many) <= 8
