"""One's own account, through the doors."""

import re

import pytest

from app.auth.links import reset_link
from app.auth.shut_out import shut_out
from app.people.directory import enable_person
from app.people.models import Person
from tests.auth.conftest import PASSWORD
from tests.house_fixture import House

NEW = "copper kettle seven owls"
CHANGE = {"current": PASSWORD, "password": NEW}


@pytest.mark.parametrize(
    "url", ["/account", "/account/password", "/account/sessions", "/account/tokens"]
)
def test_the_account_asks_who_is_there(house: House, url: str) -> None:
    assert house.stranger().get(url).url.path == "/sign-in"
    assert house.browser(house.cast.ada).get(url).status_code == 200


def test_people_change_their_own_name_and_title(house: House) -> None:
    browser = house.browser(house.cast.ada)
    page = browser.send("/account", {"name": "Ada  B. Example", "title": "process engineer"})
    assert "Saved." in page.text
    assert 'value="Ada B. Example"' in page.text
    assert 'value="process engineer"' in page.text


def test_nobody_changes_their_own_role(house: House) -> None:
    browser = house.browser(house.cast.ada)
    browser.send("/account", {"name": "Ada", "title": "", "role": "administrator"})
    assert browser.get("/admin").status_code == 403


def test_a_refused_change_keeps_what_was_typed(house: House) -> None:
    page = house.browser(house.cast.ada).send("/account", {"name": " ", "title": "typed title"})
    assert page.status_code == 422
    assert "Please fill this in." in page.text
    assert 'value="typed title"' in page.text


def test_a_changed_password_signs_out_every_other_browser(house: House, ada: Person) -> None:
    here, elsewhere = house.browser(ada), house.browser(ada)
    page = here.send("/account/password", CHANGE)
    assert "Your password is changed." in page.text
    assert here.get("/account").url.path == "/account"
    assert elsewhere.get("/account").url.path == "/sign-in"
    stranger = house.stranger()
    stranger.send("/sign-in", {"email": ada.email, "password": NEW})
    assert stranger.get("/account").url.path == "/account"


def test_changing_the_password_needs_the_current_one(house: House, ada: Person) -> None:
    browser = house.browser(ada)
    page = browser.send("/account/password", CHANGE | {"current": "a guess of mine"})
    assert page.status_code == 422
    assert "This is not your current password." in page.text
    assert "a guess of mine" not in page.text


def test_guesses_at_the_current_password_are_counted(house: House, ada: Person) -> None:
    browser = house.browser(ada)
    for _ in range(5):
        browser.send("/account/password", CHANGE | {"current": "a guess of mine"})
    page = browser.send("/account/password", CHANGE)
    assert page.status_code == 429
    assert "Too many wrong passwords." in page.text


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("tooshort", "Use at least 12 characters."),
        ("password1234", "among the first passwords"),
        ("ada example 12", "mostly your name or address"),
        ("x" * 257, "Use at most 256 characters."),
    ],
)
def test_a_weak_password_is_refused(house: House, ada: Person, password: str, why: str) -> None:
    page = house.browser(ada).send("/account/password", CHANGE | {"password": password})
    assert page.status_code == 422
    assert why in page.text


def test_a_password_is_taken_with_the_spaces_around_it(house: House, ada: Person) -> None:
    house.browser(ada).send("/account/password", CHANGE | {"password": f"  {NEW} "})
    without, as_typed = house.stranger(), house.stranger()
    assert without.send("/sign-in", {"email": ada.email, "password": NEW}).status_code == 422
    as_typed.send("/sign-in", {"email": ada.email, "password": f"  {NEW} "})
    assert as_typed.get("/account").url.path == "/account"


def test_a_reset_link_ends_when_the_password_is_changed(house: House, ada: Person) -> None:
    with house.database.writing() as session:
        token = reset_link(session, ada, by=None, now=house.clock())
    house.browser(ada).send("/account/password", CHANGE)
    assert house.stranger().get(f"/password-reset/{token}").status_code == 404


def test_sessions_are_listed_and_ended_one_by_one(house: House) -> None:
    ada = house.cast.ada
    here, elsewhere = house.browser(ada), house.browser(ada)
    page = here.get("/account/sessions")
    ends = re.findall(r'action="(/account/sessions/\w+/removal)"', page.text)
    assert len(ends) == 1
    assert "this one" in page.text
    here.send(ends[0])
    assert elsewhere.get("/account").url.path == "/sign-in"
    assert here.get("/account").url.path == "/account"


def test_all_other_sessions_end_at_once(house: House) -> None:
    here, *others = [house.browser(house.cast.ada) for _ in range(3)]
    here.send("/account/sessions/removal")
    assert {other.get("/account").url.path for other in others} == {"/sign-in"}
    assert here.get("/account").url.path == "/account"


def test_nobody_ends_the_session_of_another(house: House) -> None:
    ben = house.browser(house.cast.ben)
    ben_again = house.browser(house.cast.ben)
    end = re.findall(r'action="(/account/sessions/\w+/removal)"', ben.get("/account/sessions").text)
    assert house.browser(house.cast.ada).send(end[0]).status_code == 404
    assert ben_again.get("/account").url.path == "/account"


def test_who_is_shut_out_has_no_way_back_in_when_enabled_again(house: House, ada: Person) -> None:
    browser, program = house.browser(ada), house.api(ada)
    with house.database.writing() as session:
        person = session.get_one(Person, ada.id)
        token = reset_link(session, person, by=None, now=house.clock())
        shut_out(session, person, by=house.cast.root, now=house.clock())
    assert browser.get("/account").url.path == "/sign-in"
    assert house.stranger().get(f"/password-reset/{token}").status_code == 404
    with house.database.writing() as session:
        person = session.get_one(Person, ada.id)
        enable_person(session, person, by=house.cast.root, now=house.clock())
    assert browser.get("/account").url.path == "/sign-in"
    assert house.stranger().get(f"/password-reset/{token}").status_code == 404
    assert program.get("/api/v1/people").status_code == 401


def test_people_choose_their_time_zone_from_a_list(house: House) -> None:
    browser, typed = house.browser(house.cast.ada), {"name": "Ada", "title": ""}
    assert "As in the organisation (UTC)" in browser.get("/account").text
    page = browser.send("/account", typed | {"time_zone": "Asia/Kathmandu"})
    assert "<option selected>Asia/Kathmandu</option>" in page.text
    refused = browser.send("/account", typed | {"time_zone": "Europe/Atlantis"})
    assert refused.status_code == 422
    assert "Choose a time zone from the list" in refused.text
    with house.reading() as session:
        assert session.get_one(Person, house.cast.ada.id).time_zone == "Asia/Kathmandu"
    browser.send("/account", typed | {"time_zone": ""})
    with house.reading() as session:
        assert session.get_one(Person, house.cast.ada.id).time_zone == ""
