"""Pages, redirects, and what is said once."""

import base64
import json

import pytest
from fastapi import Request, Response

from app.kit.web import own_path, redirect
from tests.house_fixture import Browser, House

SAID = "The lesson was saved."


@pytest.fixture
def browser(house: House) -> Browser:
    """A browser of a house with one more page, which sends on with something to say."""

    def go(request: Request) -> Response:
        return redirect(request, "/help", notice=SAID, problem=request.query_params.get("problem"))

    house.app.add_api_route("/go", go, methods=["GET"])
    return house.stranger()


@pytest.mark.parametrize("path", ["/", "/lessons", "/lessons/7k2m?page=2#top", "/search?q=a//b"])
def test_paths_of_this_site_are_followed(path: str) -> None:
    assert own_path(path) == path


@pytest.mark.parametrize(
    "url",
    [
        "",
        "lessons",
        "https://elsewhere.example",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "javascript:alert(1)",
        "/\telsewhere",
        "/a\r\nSet-Cookie: x=y",
        "\\\\elsewhere",
        " /lessons",
    ],
)
def test_nothing_leads_elsewhere(url: str) -> None:
    assert own_path(url, "/home") == "/home"


def test_what_is_said_is_shown_on_the_next_page_once(browser: Browser) -> None:
    assert SAID in browser.get("/go").text
    assert SAID not in browser.get("/help").text


def test_problems_and_notices_are_told_apart(browser: Browser) -> None:
    text = browser.get("/go", params={"problem": "It was not."}).text
    assert 'flash--notice" role="status"' in text
    assert 'flash--problem" role="alert"' in text


def test_what_is_said_is_never_markup(browser: Browser) -> None:
    text = browser.get("/go", params={"problem": "<b>bold</b>"}).text
    assert "&lt;b&gt;bold&lt;/b&gt;" in text
    assert "<b>bold" not in text


@pytest.mark.parametrize("junk", ["x", "%%%", base64.b64encode(b"[1]").decode(), "bnVsbA=="])
def test_a_spoilt_cookie_is_no_trouble(browser: Browser, junk: str) -> None:
    browser.client.cookies.set("flash", junk)
    assert browser.get("/help").status_code == 200


def test_a_long_saying_is_cut(browser: Browser) -> None:
    said = json.dumps([["notice", "x" * 2000]]).encode()
    browser.client.cookies.set("flash", base64.urlsafe_b64encode(said).decode())
    assert "x" * 501 not in browser.get("/help").text


def test_redirects_fetch_the_next_page_anew(browser: Browser) -> None:
    answer = browser.get("/go", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/help")


def test_pages_are_kept_by_nobody(browser: Browser) -> None:
    headers = browser.get("/help").headers
    assert headers["cache-control"] == "no-store"
    assert "Cookie" in headers["vary"]
