"""API tokens on the account page."""

import re

import pytest

from app.auth.tokens import Scope, person_with_token
from tests.house_fixture import Browser, House

TOKEN = {"name": "Nightly export", "scopes": "read", "days": "30"}


def _made(browser: Browser, **facts: str) -> str:
    page = browser.send("/account/tokens", TOKEN | facts)
    assert page.status_code == 200, page.text
    found = re.search(r'id="token">([^<]+)<', page.text)
    assert found, page.text
    return found[1]


def test_a_token_is_shown_once_and_works(house: House) -> None:
    browser = house.browser(house.cast.ada)
    secret = _made(browser)
    later = browser.get("/account/tokens").text
    assert secret not in later
    assert "Nightly export" in later
    assert "never used" in later
    with house.reading() as session:
        found = person_with_token(session, secret, now=house.clock())
    assert found
    assert (found[0].id, found[1].scopes) == (house.cast.ada.id, "read")


def test_a_token_ends_by_itself(house: House) -> None:
    secret = _made(house.browser(house.cast.ada))
    house.clock.turn(days=30)
    with house.reading() as session:
        assert person_with_token(session, secret, now=house.clock()) is None


def test_a_token_is_ended_by_its_owner(house: House) -> None:
    browser = house.browser(house.cast.ada)
    secret = _made(browser)
    end = re.search(r'action="(/account/tokens/\w+/removal)"', browser.get("/account/tokens").text)
    assert end
    assert house.browser(house.cast.ben).send(end[1]).status_code == 404
    assert "no longer works" in browser.send(end[1]).text
    with house.reading() as session:
        assert person_with_token(session, secret, now=house.clock()) is None


def test_a_refused_token_keeps_what_was_typed(house: House) -> None:
    page = house.browser(house.cast.ada).send(
        "/account/tokens", {"name": "", "scopes": "write", "days": "90"}
    )
    assert page.status_code == 422
    assert "Please fill this in." in page.text
    assert re.search(r'value="write" checked', page.text)
    assert re.search(r'value="90" selected', page.text)


@pytest.mark.parametrize("scopes", ["admin", "everything", ""])
def test_a_member_gets_no_scope_beyond_theirs(house: House, scopes: str) -> None:
    page = house.browser(house.cast.ada).send("/account/tokens", TOKEN | {"scopes": scopes})
    assert page.status_code == 422
    assert "Problem" in page.text


def test_an_administrator_may_make_a_token_that_administers(house: House) -> None:
    assert "Administer" not in house.browser(house.cast.ada).get("/account/tokens").text
    secret = _made(house.browser(house.cast.root), scopes=Scope.ADMIN.value)
    assert secret.startswith("cp_")
