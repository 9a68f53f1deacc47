"""What administrators do with people, through the doors."""

import re

import pytest

from app.auth.tokens import Scope
from app.mail.models import OutgoingMessage
from app.people.models import Person, Role, TeamRole
from app.people.teams import teams_of
from tests.house_fixture import House

CHANGE = {"name": "Ada B. Example", "title": "Engineer", "role": "curator"}
ACTS = ["", "/departure", "/return", "/reset-link", "/teams"]


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("who", ["otto", "kit", "mara"])
def test_only_administrators_change_people(house: House, act: str, who: str) -> None:
    browser = house.browser(getattr(house.cast, who))
    answer = browser.send(house.cast.ada.url + act, CHANGE)
    assert answer.status_code == 403
    assert "Only an administrator can do this." in answer.text


@pytest.mark.parametrize("act", ACTS)
def test_a_stranger_is_sent_to_sign_in(house: House, act: str) -> None:
    assert house.stranger().send(house.cast.ada.url + act, CHANGE).url.path == "/sign-in"


def test_an_administrator_changes_name_title_and_role(house: House) -> None:
    page = house.browser(house.cast.root).send(house.cast.ada.url, CHANGE)
    assert "Saved." in page.text
    with house.reading() as session:
        ada = session.get_one(Person, house.cast.ada.id)
    assert (ada.name, ada.title, ada.role) == ("Ada B. Example", "Engineer", Role.CURATOR)


def test_a_refused_change_of_a_person_keeps_what_was_typed(house: House) -> None:
    page = house.browser(house.cast.root).send(
        house.cast.ada.url, {"name": "", "title": "typed title", "role": "curator"}
    )
    assert page.status_code == 422
    assert "Please fill this in." in page.text
    assert 'value="typed title"' in page.text
    assert re.search(r'value="curator" selected', page.text)


def test_the_last_administrator_is_told_why_they_stay_one(house: House) -> None:
    browser = house.browser(house.cast.root)
    root = house.cast.root.url
    for act, fields in (("", CHANGE | {"role": "member"}), ("/departure", {})):
        page = browser.send(root + act, fields)
        assert page.status_code == 422
        assert "This is the only administrator." in page.text
    assert browser.get("/admin").status_code == 200


def test_who_left_is_signed_out_at_once_and_can_be_let_in_again(house: House) -> None:
    root, ada = house.browser(house.cast.root), house.browser(house.cast.ada)
    page = root.send(f"{house.cast.ada.url}/departure")
    assert "Ada Example can no longer sign in." in page.text
    assert ada.get("/account").url.path == "/sign-in"
    page = root.send(f"{house.cast.ada.url}/return")
    assert "Ada Example can sign in again." in page.text
    assert ada.get("/account").url.path == "/sign-in"


def test_who_is_disabled_by_a_program_loses_their_sessions_too(house: House) -> None:
    ada, program = house.browser(house.cast.ada), house.api(house.cast.root, Scope.ADMIN)
    for disabled in (True, False):
        url = f"/api/v1/people/{house.cast.ada.id}"
        assert program.patch(url, json={"disabled": disabled}).status_code == 200
    assert ada.get("/account").url.path == "/sign-in"


def test_a_reset_link_is_shown_once_to_the_administrator_who_made_it(house: House) -> None:
    browser = house.browser(house.cast.root)
    page = browser.send(f"{house.cast.ada.url}/reset-link")
    link = re.search(r"http://127\.0\.0\.1:8000(/password-reset/[\w-]+)", page.text)
    assert link
    assert link[1] not in browser.get(house.cast.ada.url).text
    assert "For Ada Example." in house.stranger().get(link[1]).text


def test_an_administrator_puts_people_into_teams_and_takes_them_out(house: House) -> None:
    browser, ada, sales = house.browser(house.cast.root), house.cast.ada, house.cast.sales
    browser.send(f"{ada.url}/teams", {"team": sales.id, "team_role": "manager"})
    with house.reading() as session:
        assert [(t.name, m.role) for t, m in teams_of(session, ada)] == [
            ("Pumps", TeamRole.MEMBER),
            ("Sales", TeamRole.MANAGER),
        ]
    page = browser.send(f"{ada.url}/teams/{sales.id}/removal")
    assert "Ada Example is no longer in Sales." in page.text
    assert browser.send(f"{ada.url}/teams/{sales.id}/removal").status_code == 404


@pytest.mark.parametrize("team", ["", "nothing"])
def test_a_team_must_be_chosen(house: House, team: str) -> None:
    page = house.browser(house.cast.root).send(f"{house.cast.ada.url}/teams", {"team": team})
    assert page.status_code == 422
    assert "Problem" in page.text


def test_administration_is_for_administrators(house: House) -> None:
    assert house.browser(house.cast.kit).get("/admin").status_code == 403
    assert house.stranger().get("/admin").url.path == "/sign-in"
    page = house.browser(house.cast.root).get("/admin")
    for url in ("/people", "/invitations", "/teams", "/topics", "/import"):
        assert f'href="{url}"' in page.text


def test_administration_says_that_no_mail_is_sent_and_what_was_refused(house: House) -> None:
    browser = house.browser(house.cast.root)
    assert "No mail is sent" in browser.get("/admin").text
    with house.database.writing() as session:
        session.add(
            OutgoingMessage(
                to="gone@northwind.example",
                subject="Set a new password",
                text="",
                html="",
                refused_because="550 no such user",
                created_at=house.clock(),
            )
        )
    page = browser.get("/admin").text
    assert "gone@northwind.example" in page
    assert "550 no such user" in page
    assert "given up" in page
