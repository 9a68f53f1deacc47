"""Searching in a real browser: the list under the field by keys, and what stays put."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, Route, expect

from tests.journeys.conftest import Arrive
from tests.journeys.things import posted
from tests.journeys.visitor import Visitor
from tests.serving import Place, Server, place_for, serving, until


@pytest.fixture(scope="module")
def seals(databases: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A place where a few things were learned of seals."""
    place = place_for(databases, tmp_path_factory.mktemp("seals"))
    _stock(place)
    with serving(place, forked=True) as server:
        yield server


def _stock(place: Place) -> None:
    ada = place.cast.ada
    posted(place, ada, "Seals wear out", team="Pumps", topics=["Seals", "Pumps"])
    posted(place, ada, "Seals last", kind="success", team="Pumps", topics=["Seals"])
    posted(place, place.cast.otto, "Seats for valves", team="Sales", topics=["Valves"])


@pytest.fixture
def visitor(seals: Server, arrive: Arrive) -> Visitor:
    visitor: Visitor = arrive(seals, seals.place.cast.otto)
    assert until(20, lambda: len(visitor.titles_for("seals")) == 2)
    return visitor


def _field(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Search lessons")


def _chosen(page: Page) -> str | None:
    """What a screen reader is told is chosen: the words of the active option."""
    name: str | None = page.evaluate(
        "document.getElementById(document.querySelector('#finder')"
        ".getAttribute('aria-activedescendant'))?.querySelector('.option__name').innerText ?? null"
    )
    return name


def test_the_list_under_the_field_is_walked_by_keys(visitor: Visitor) -> None:
    page = visitor.page
    visitor.go("/lessons")
    page.keyboard.press("Control+k")
    page.keyboard.type("sea")
    field = _field(page)
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_text("4 suggestions")).to_be_attached()
    assert _chosen(page) is None
    names = []
    for _ in range(5):
        page.keyboard.press("ArrowDown")
        names.append(_chosen(page))
    assert sorted(names[:3]) == ["Seals last", "Seals wear out", "Seats for valves"]
    assert names[3:] == ["Seals", "All lessons about “sea”"]
    page.keyboard.press("ArrowDown")  # past the end is the field itself
    assert _chosen(page) is None
    page.keyboard.press("ArrowUp")
    assert _chosen(page) == "All lessons about “sea”"
    page.keyboard.press("Home")
    assert _chosen(page) is None
    assert page.evaluate("document.activeElement.selectionStart") == 0
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa"]}})
    assert found.response["violations"] == []
    page.keyboard.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("sea")
    page.keyboard.press("Escape")
    expect(field).to_have_value("")


def test_enter_opens_what_is_chosen_or_else_searches(visitor: Visitor) -> None:
    page = visitor.page
    visitor.go("/lessons")
    _field(page).press_sequentially("wear")
    expect(_field(page)).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Seals wear out", exact=True)).to_be_visible()
    _field(page).fill("seals")
    page.keyboard.press("Enter")
    visitor.arrives("/search?q=seals")
    # There the answers stand beneath it, and the list comes when it is asked for.
    _field(page).press("End")
    page.keyboard.press("ArrowDown")
    expect(_field(page)).to_have_attribute("aria-expanded", "true")
    page.get_by_role("option", name="Seals last").click()
    expect(page.get_by_role("heading", name="Seals last", exact=True)).to_be_visible()


def test_a_late_answer_never_replaces_a_newer_one(visitor: Visitor) -> None:
    page, held = visitor.page, []

    def hold(route: Route) -> None:
        # The first question is answered when the second was.
        if route.request.url.endswith("q=sea"):
            held.append(route)
        else:
            route.continue_()

    page.route("**/suggestions?*", hold)
    page.route("**/search?q=sea", hold)
    visitor.go("/lessons")
    _field(page).press_sequentially("sea")
    assert until(10, lambda: page.evaluate("1") and len(held) == 1)
    _field(page).press_sequentially("ts")
    expect(page.get_by_role("option", name="Seats for valves")).to_be_visible()
    held.pop().continue_()
    page.wait_for_timeout(200)
    expect(page.get_by_role("option")).to_have_count(2)
    visitor.go("/search?q=pumps")
    _field(page).fill("sea")
    assert until(10, lambda: page.evaluate("1") and len(held) == 1)
    _field(page).fill("seats")
    expect(page.locator(".entry__title")).to_have_text(["Seats for valves"])
    held.pop().continue_()
    page.wait_for_timeout(200)
    expect(page.locator(".entry__title")).to_have_text(["Seats for valves"])
    assert visitor.path == "/search?q=seats"


def test_filters_stay_open_and_in_place_and_keep_the_focus(visitor: Visitor) -> None:
    page = visitor.page
    page.set_viewport_size({"width": 390, "height": 800})
    visitor.go("/search?q=seals&sort=newest")
    page.get_by_text("Filters", exact=True).click()
    status = page.get_by_role("status").filter(has_text="lesson").element_handle()
    page.evaluate("window.here = true")
    success = page.locator("#facet-kind-success")
    before = page.locator(".facet").evaluate_all("all => all.map(one => one.id)")
    success.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".entry__title")).to_have_text(["Seals last"])
    expect(success).to_have_attribute("aria-current", "true")
    expect(success).to_be_focused()
    expect(success).to_be_visible()  # the fold is still open
    assert visitor.path == "/search?q=seals&sort=newest&kind=success"
    topics = page.locator(".facet").evaluate_all("all => all.map(one => one.innerText)")
    assert len(before) == len(topics)
    # The number is told by the same live part of the page, so that it is spoken.
    assert status is not None
    assert status.inner_text().strip() == "1 lesson"
    # What is typed next keeps the filters; the words can be taken out one by one.
    _field(page).fill("seals wear")
    page.wait_for_url("**/search?*wear*")
    assert "kind=success" in visitor.path
    page.get_by_role("link", name="Remove the filter Success").click()
    expect(page.locator(".entry__title")).to_have_count(2)
    assert "kind" not in visitor.path
    expect(page.locator("#found")).to_be_focused()  # the word had the focus and is gone
    assert page.evaluate("window.here")  # all this without a new page
    page.go_back()
    expect(success).to_have_attribute("aria-current", "true")


def test_j_and_k_lead_from_lesson_to_lesson(visitor: Visitor) -> None:
    page = visitor.page
    visitor.go("/search?q=seals")
    for key, number in (("j", 0), ("j", 1), ("j", 1), ("k", 0)):
        page.keyboard.press(key)
        if number == 0 or key == "j":
            expect(page.locator(".entry__title a").nth(number)).to_be_focused()
