"""Everything by the keyboard alone."""

from tests.journeys.conftest import Arrive
from tests.journeys.things import posted
from tests.journeys.visitor import Visitor
from tests.serving import Server


def _focused(visitor: Visitor) -> str:
    """What has the focus: its name, or else its words."""
    found: str = visitor.page.evaluate(
        "() => { const e = document.activeElement;"
        " return e.name || e.innerText.trim() || e.tagName }"
    )
    return found


def _tab_to(visitor: Visitor, what: str, most: int = 40) -> list[str]:
    """Press Tab until `what` has the focus; everything passed on the way."""
    passed: list[str] = []
    for _ in range(most):
        visitor.page.keyboard.press("Tab")
        passed.append(_focused(visitor))
        if passed[-1] == what:
            return passed
    raise AssertionError(f"{what} is not reached by Tab: {passed}")


def test_a_lesson_is_posted_and_found_without_a_mouse(served: Server, arrive: Arrive) -> None:
    visitor = arrive(served, served.place.cast.ada)
    keys = visitor.page.keyboard
    visitor.go("/lessons")
    keys.press("n")
    visitor.arrives("/lessons/new")
    visitor.page.wait_for_function("document.activeElement.name === 'title'")
    keys.type("Loose screws / news")  # neither / nor n is taken for a shortcut while one writes
    _tab_to(visitor, "kind")
    keys.press("Space")
    keys.press("ArrowRight")  # of the kinds, the second
    _tab_to(visitor, "lesson")
    keys.type("They rattled for nights.")
    passed = _tab_to(visitor, "Post the lesson")
    assert "visibility" in passed
    assert "topics" in passed
    keys.press("Enter")
    visitor.sees("Posted. It can be found now.")
    visitor.sees("Failure")
    visitor.finds("rattled", "Loose screws / news")


def test_a_slash_leads_to_the_search_field(served: Server, arrive: Arrive) -> None:
    posted(served.place, served.place.cast.ada, "Loose screws")
    visitor = arrive(served, served.place.cast.otto)
    for path in ("/", "/lessons", "/search"):
        visitor.go(path)
        visitor.page.keyboard.press("/")
        assert _focused(visitor) == "q"
    visitor.finds("screws", "Loose screws")
    visitor.go("/lessons")
    visitor.page.keyboard.press("/")
    visitor.page.keyboard.type("loose screws")
    visitor.page.keyboard.press("Enter")
    visitor.arrives("/search?q=loose+screws")
    visitor.sees("Loose screws")


def test_the_first_tab_skips_to_the_page(served: Server, arrive: Arrive) -> None:
    visitor = arrive(served, served.place.cast.ada)
    visitor.go("/lessons")
    visitor.page.keyboard.press("Tab")
    assert _focused(visitor) == "Skip to the page"
    visitor.page.keyboard.press("Enter")
    assert visitor.page.evaluate("document.activeElement.id") == "main"


def test_the_account_menu_opens_and_closes_by_keys(served: Server, arrive: Arrive) -> None:
    visitor = arrive(served, served.place.cast.ada)
    visitor.go("/lessons")
    menu = visitor.page.locator("details.menu")
    menu.locator("summary").focus()
    visitor.page.keyboard.press("Enter")
    assert menu.get_attribute("open") is not None
    visitor.page.keyboard.press("Tab")
    visitor.page.keyboard.press("Escape")
    assert menu.get_attribute("open") is None
    assert visitor.page.evaluate("document.activeElement.tagName") == "SUMMARY"
