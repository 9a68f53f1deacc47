"""Saved searches: kept under a name, each once, only for oneself."""

import re

from app.searches.saved import MOST_SAVED, tidy
from tests.house_fixture import Browser, House


def _names(browser: Browser) -> list[str]:
    found = r'<a class="rows__name" href="[^"]+">([^<]+)</a>'
    return re.findall(found, browser.get("/my/searches").text)


def _save(browser: Browser, name: str, address: str, **more: str) -> str:
    return browser.send("/my/searches", {"name": name, "address": address} | more).text


def test_a_search_is_saved_from_its_page_and_opened_from_the_list(house: House) -> None:
    house.post(house.cast.ada, "Loose screws")
    browser = house.browser(house.cast.otto)
    page = browser.get("/search?kind=failure&q=loose++screws&page=1").text
    address = re.findall(r'name="address" value="([^"]+)"', page)[0].replace("&amp;", "&")
    assert address == "q=loose+screws&kind=failure"
    assert 'name="name" type="text" value="loose  screws"' in page
    answer = browser.send("/my/searches", {"name": "Screws", "address": address})
    assert answer.url.path == "/search"
    assert "Saved." in answer.text
    assert _names(browser) == ["Screws"]
    assert "“loose screws”, 1 filter, saved" in browser.get("/my/searches").text
    again = browser.get("/search?kind=failure&q=loose+screws").text
    assert 'aria-current="true">Screws</a>' in again
    assert "Save this search" not in again


def test_the_same_search_is_not_kept_twice_and_nothing_is_no_search(house: House) -> None:
    browser = house.browser(house.cast.otto)
    _save(browser, "Pumps", "q=pump&team=b&team=a")
    assert "as “Pumps”" in _save(browser, "Again", "team=a&q=pump&page=3&all=topic&team=b")
    for name, address in (
        ("Empty", "sort=newest"),
        ("Empty", "/search?x=1"),
        ("  ", "q=pump+seal"),
    ):
        answer = browser.send("/my/searches", {"name": name, "address": address})
        assert answer.status_code == 422
        assert 'class="problems"' in answer.text
    assert _names(browser) == ["Pumps"]
    assert tidy("/search?q=%3Cb%3E&posted=week") == "q=%3Cb%3E&posted=week"


def test_a_removed_search_comes_back_by_undo(house: House) -> None:
    browser = house.browser(house.cast.otto)
    _save(browser, "Pumps", "q=pump")
    page = browser.get("/my/searches").text
    removal = re.findall(r'action="(/my/searches/\w+/removal)"', page)[0]
    removed = browser.send(removal).text
    assert "“Pumps” is removed." in removed
    undo = dict(re.findall(r'name="(name|address|back)" value="([^"]+)"', removed))
    assert _names(browser) == []
    browser.send("/my/searches", undo)
    assert _names(browser) == ["Pumps"]
    assert browser.send(removal).status_code == 404


def test_nobody_elses_searches_are_seen_or_removed(house: House) -> None:
    browser, other = house.browser(house.cast.otto), house.browser(house.cast.root)
    _save(browser, "Mine alone", "q=pump")
    removal = re.findall(r'action="(/my/searches/\w+/removal)"', browser.get("/my/searches").text)[
        0
    ]
    assert other.send(removal).status_code == 404
    for path in ("/my/searches", "/search"):
        assert "Mine alone" not in other.get(path).text


def test_so_many_searches_can_be_kept(house: House) -> None:
    browser = house.browser(house.cast.otto)
    token = browser.token
    for number in range(MOST_SAVED):
        fields = {"name": f"S {number}", "address": f"q=s{number}", "csrf_token": token}
        browser.client.post("/my/searches", data=fields, follow_redirects=False)
    answer = browser.send("/my/searches", {"name": "More", "address": "q=more"})
    assert answer.status_code == 409
    assert "Remove one that you no longer need" in answer.text
