"""Forms are taken from our own pages alone."""

import re

import pytest

from app.kit.csrf import FIELD, HEADER
from tests.house.addresses import page_addresses
from tests.house_fixture import Browser, House

FORM = "/sign-in"


@pytest.fixture
def browser(house: House) -> Browser:
    return house.stranger()


def _is_refused(status: int, text: str) -> bool:
    return status == 403 and "reload the page" in text


def test_a_form_of_our_own_page_is_taken(browser: Browser) -> None:
    assert browser.send(FORM, {"email": "a@b.example", "password": "wrong"}).status_code != 403


def test_a_form_without_the_token_is_refused(browser: Browser) -> None:
    browser.get("/help")
    answer = browser.client.post(FORM, data={"email": "a@b.example"})
    assert _is_refused(answer.status_code, answer.text)


@pytest.mark.parametrize("wrong", ["", "x", "x" * 51, "é" * 51])
def test_a_wrong_token_is_refused(browser: Browser, wrong: str) -> None:
    browser.get("/help")
    answer = browser.client.post(FORM, data={FIELD: wrong})
    assert _is_refused(answer.status_code, answer.text)


def test_another_browsers_token_is_refused(house: House) -> None:
    mine, theirs = house.stranger(), house.stranger()
    mine.get("/help")
    answer = mine.client.post(FORM, data={FIELD: theirs.token})
    assert _is_refused(answer.status_code, answer.text)


def test_a_token_without_the_browsers_cookie_is_refused(browser: Browser) -> None:
    token = browser.token
    browser.client.cookies.clear()
    answer = browser.client.post(FORM, data={FIELD: token})
    assert _is_refused(answer.status_code, answer.text)


@pytest.mark.parametrize(
    "origin", ["https://elsewhere.example", "null", "http://127.0.0.1:9999", "http://127.0.0.1.x"]
)
def test_another_origin_is_refused_whatever_the_token(browser: Browser, origin: str) -> None:
    answer = browser.send(FORM, headers={"Origin": origin})
    assert _is_refused(answer.status_code, answer.text)


def test_our_own_origin_is_taken(browser: Browser) -> None:
    answer = browser.send(
        FORM, {"email": "a@b.example"}, headers={"Origin": "http://127.0.0.1:8000"}
    )
    assert answer.status_code != 403


def test_the_token_may_come_in_a_header(browser: Browser) -> None:
    answer = browser.client.post(FORM, data={}, headers={HEADER: browser.token})
    assert answer.status_code != 403


def test_a_token_looks_different_each_time_and_stays_good(browser: Browser) -> None:
    first, second = browser.token, browser.token
    assert first != second
    for token in (first, second):
        assert browser.client.post(FORM, data={FIELD: token}).status_code != 403


def test_the_cookie_is_for_this_site_and_no_script(browser: Browser) -> None:
    cookie = browser.get("/help").headers["set-cookie"]
    assert cookie.startswith("browser=")
    for part in ("HttpOnly", "SameSite=lax", "Path=/"):
        assert part in cookie
    assert "Domain" not in cookie


def test_every_unsafe_page_refuses_a_foreign_form(house: House) -> None:
    browser = house.browser(house.cast.root)
    unsafe = [(method, path) for method, path in page_addresses() if method != "GET"]
    assert len(unsafe) > 10
    for method, path in unsafe:
        answer = browser.client.request(method, re.sub(r"{\w+}", "1" * 16, path))
        assert answer.status_code == 403, f"{method} {path} answered {answer.status_code}"
