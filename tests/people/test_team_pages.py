"""Teams in the browser."""

import re

import pytest

from app.people.directory import add_person
from app.people.models import TeamRole
from app.people.teams import create_team, join_team, members_of, team_named, the_team
from tests.house_fixture import House
from tests.statements import statements

TEAM = {"name": "Compressors", "purpose": "Moves air.", "parent": ""}


def manage(house: House, team: str, who: str) -> None:
    with house.database.writing() as session:
        join_team(
            session,
            the_team(session, getattr(house.cast, team).id),
            getattr(house.cast, who),
            TeamRole.MANAGER,
            by=house.cast.root,
            now=house.clock(),
        )


def test_teams_are_shown_as_a_tree_with_how_many_are_in_them(house: House) -> None:
    page = house.browser(house.cast.otto).get("/teams").text
    assert page.index("Engineering") < page.index("Pumps") < page.index("Sales")
    assert "2 people" in page


def test_teams_ask_who_is_there(house: House) -> None:
    for url in ("/teams", house.cast.pumps.url, "/teams/new", f"{house.cast.pumps.url}/edit"):
        assert house.stranger().get(url).url.path == "/sign-in"


def test_a_team_shows_its_people_and_where_it_stands(house: House) -> None:
    page = house.browser(house.cast.otto).get(house.cast.pumps.url).text
    assert "Ada Example" in page
    assert house.cast.engineering.url in page
    assert "Add somebody" not in page


@pytest.mark.parametrize("unknown", ["7k2m9qxw4t8n3vbd", "nothing", "%00"])
def test_an_unknown_team_is_not_found(house: House, unknown: str) -> None:
    assert house.browser(house.cast.root).get(f"/teams/{unknown}").status_code == 404


@pytest.mark.parametrize(
    ("who", "seen"), [("ben", True), ("mara", True), ("otto", False), ("root", False)]
)
def test_a_team_shows_the_lessons_that_one_may_read(house: House, who: str, seen: bool) -> None:
    house.post(house.cast.ada, "For everyone", team="Pumps")
    house.post(house.cast.ada, "For the team alone", team="Pumps", visibility="team")
    page = house.browser(getattr(house.cast, who)).get(house.cast.pumps.url).text
    assert "For everyone" in page
    assert ("For the team alone" in page) is seen


def test_an_administrator_makes_a_team(house: House) -> None:
    browser = house.browser(house.cast.root)
    page = browser.send("/teams", TEAM | {"parent": house.cast.engineering.id})
    assert "Compressors is there." in page.text
    assert "Moves air." in page.text
    with house.reading() as session:
        team = team_named(session, "compressors")
    assert team
    assert team.parent_id == house.cast.engineering.id


@pytest.mark.parametrize("who", ["kit", "mara", "otto"])
def test_only_administrators_make_and_change_teams(house: House, who: str) -> None:
    browser, pumps = house.browser(getattr(house.cast, who)), house.cast.pumps.url
    for answer in (
        browser.get("/teams/new"),
        browser.send("/teams", TEAM),
        browser.get(f"{pumps}/edit"),
        browser.send(pumps, TEAM),
    ):
        assert answer.status_code == 403


@pytest.mark.parametrize(
    ("wrong", "why", "status"),
    [
        ({"name": ""}, "Please fill this in.", 422),
        ({"name": "PUMPS"}, "There is already a team called Pumps.", 409),
        ({"parent": "nothing"}, "There is no such team any more.", 422),
    ],
)
def test_a_refused_team_keeps_what_was_typed(
    house: House, wrong: dict[str, str], why: str, status: int
) -> None:
    page = house.browser(house.cast.root).send("/teams", TEAM | wrong)
    assert page.status_code == status
    assert why in page.text
    assert 'value="Moves air."' in page.text


def test_a_team_is_renamed_and_moved(house: House) -> None:
    browser, pumps = house.browser(house.cast.root), house.cast.pumps
    form = browser.get(f"{pumps.url}/edit").text
    assert 'value="Pumps"' in form
    assert re.search(rf'value="{house.cast.engineering.id}" selected', form)
    page = browser.send(pumps.url, TEAM | {"parent": house.cast.sales.id})
    assert "Saved." in page.text
    with house.reading() as session:
        team = the_team(session, pumps.id)
    assert (team.name, team.parent_id) == ("Compressors", house.cast.sales.id)


def test_a_team_is_not_moved_below_itself(house: House) -> None:
    browser, engineering = house.browser(house.cast.root), house.cast.engineering
    assert f'value="{house.cast.pumps.id}"' not in browser.get(f"{engineering.url}/edit").text
    page = browser.send(engineering.url, TEAM | {"parent": house.cast.pumps.id})
    assert page.status_code == 422
    assert "stands below it." in page.text


@pytest.mark.parametrize("words", ["nora@northwind.example", "nora example", "Nora"])
def test_a_manager_adds_somebody_by_name_or_address(house: House, words: str) -> None:
    manage(house, "pumps", "ben")
    page = house.browser(house.cast.ben).send(
        f"{house.cast.pumps.url}/members", {"person": words, "role": "member"}
    )
    assert "Nora Example is a member of Pumps." in page.text


def test_a_manager_takes_somebody_out(house: House) -> None:
    manage(house, "pumps", "ben")
    browser = house.browser(house.cast.ben)
    removal = f"{house.cast.pumps.url}/members/{house.cast.ada.id}/removal"
    assert removal in browser.get(house.cast.pumps.url).text
    assert "Ada Example is no longer in Pumps." in browser.send(removal).text
    with house.reading() as session:
        members = members_of(session, house.cast.pumps)
    assert [person.name for person, _ in members] == ["Ben Example"]


@pytest.mark.parametrize("who", ["ada", "otto", "mara", "kit"])
def test_others_say_nothing_about_who_is_in_a_team(house: House, who: str) -> None:
    browser, pumps = house.browser(getattr(house.cast, who)), house.cast.pumps.url
    added = browser.send(f"{pumps}/members", {"person": "nora", "role": "member"})
    removed = browser.send(f"{pumps}/members/{house.cast.ada.id}/removal")
    assert added.status_code == removed.status_code == 403
    with house.reading() as session:
        assert len(members_of(session, house.cast.pumps)) == 2


@pytest.mark.parametrize(
    ("person", "why"),
    [("example", "Several people are called"), ("x1", "Nobody here"), ("", "Please fill")],
)
def test_who_is_added_must_be_one_person(house: House, person: str, why: str) -> None:
    page = house.browser(house.cast.root).send(
        f"{house.cast.pumps.url}/members", {"person": person, "role": "manager"}
    )
    assert page.status_code == 422
    assert why in page.text
    assert f'value="{person}"' in page.text
    assert re.search(r'value="manager" selected', page.text)


def test_teams_and_a_team_ask_as_often_for_twice_as_many(house: House) -> None:
    browser, pumps = house.browser(house.cast.otto), house.cast.pumps
    house.post(house.cast.ada, "First", team="Pumps", topics=["Seals"])
    for url in ("/teams", pumps.url):
        browser.get(url)
        with statements(house.database) as few:
            browser.get(url)
        with house.database.writing() as session:
            for number in range(8):
                name = f"{number} {url}"
                below = create_team(session, name, parent=pumps, by=None, now=house.clock())
                person = add_person(
                    session, email=f"{below.id}@n.example", name=name, by=None, now=house.clock()
                )
                for team in (below, pumps):
                    join_team(session, team, person, TeamRole.MEMBER, by=None, now=house.clock())
        house.post(house.cast.ada, url, team="Pumps", topics=["Seals", url])
        with statements(house.database) as many:
            browser.get(url)
        assert len(few) == len(many) <= 8, url
