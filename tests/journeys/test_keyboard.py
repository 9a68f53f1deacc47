"""Everything by the keyboard alone."""

import pytest

from tests.journeys.conftest import Arrive
from tests.journeys.things import posted
from tests.journeys.visitor import Visitor
from tests.serving import Server

pytestmark = pytest.mark.looks


def _focused(visitor: Visitor) -> str:
    """What has the focus: its name, or else its words."""
    found: str = visitor.page.evaluate(
        "() => { const e = document.activeElement;"
        " return e.name || (e !== document.body && e.innerText.trim()) || e.tagName }"
    )
    return " ".join(found.split())


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


def _sees_focus(visitor: Visitor) -> None:
    """What has the focus shows it: a line around it, or beneath."""
    shown = visitor.page.evaluate(
        "() => { const s = getComputedStyle(document.activeElement);"
        " return (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2)"
        " || s.boxShadow !== 'none' }"
    )
    assert shown, _focused(visitor)


def test_a_lesson_is_found_thanked_for_and_asked_about_without_a_mouse(
    served: Server, arrive: Arrive
) -> None:
    cast = served.place.cast
    posted(served.place, cast.ada, "Loose screws")
    visitor = arrive(served, cast.otto)
    keys = visitor.page.keyboard
    visitor.go("/lessons")
    keys.press("j")
    assert _focused(visitor) == "Loose screws"
    _sees_focus(visitor)
    keys.press("Enter")
    visitor.page.wait_for_url("**/lessons/*")
    _tab_to(visitor, "Thank you for this")
    _sees_focus(visitor)
    keys.press("Enter")
    visitor.sees("Take my thanks back")
    assert _focused(visitor) == "Take my thanks back"  # what was pressed is where one still is
    visitor.go(visitor.path)
    keys.press("a")
    visitor.page.wait_for_function("document.activeElement.id === 'ask-text'")
    _sees_focus(visitor)
    keys.type("Which thread lock? / n")
    _tab_to(visitor, "Ask", most=2)
    keys.press("Enter")
    visitor.sees("Which thread lock? / n")


def test_following_keeps_the_focus_where_it_was(served: Server, arrive: Arrive) -> None:
    cast = served.place.cast
    visitor = arrive(served, cast.otto)
    visitor.go(f"/people/{cast.ada.id}")
    _tab_to(visitor, f"Follow {cast.ada.name}")
    _sees_focus(visitor)
    visitor.page.keyboard.press("Enter")
    visitor.sees("You follow this.")
    assert visitor.page.evaluate("!!document.activeElement.closest('.follow')"), _focused(visitor)
    visitor.page.keyboard.press("i")
    visitor.arrives("/inbox")


def test_a_question_mark_shows_every_key_and_escape_leads_back(
    served: Server, arrive: Arrive
) -> None:
    visitor = arrive(served, served.place.cast.ada)
    visitor.go("/lessons")
    _tab_to(visitor, "Topics")
    visitor.page.keyboard.press("?")
    visitor.page.get_by_role("dialog", name="Keys").wait_for()
    for _ in range(3):
        visitor.page.keyboard.press("Tab")
        # The map, its button, the browser's own; never what lies beneath.
        assert _focused(visitor).startswith(("Keys Anywhere", "Close", "BODY"))
    visitor.page.keyboard.press("Escape")
    visitor.page.get_by_role("dialog").wait_for(state="detached")
    assert _focused(visitor) == "Topics"


def test_files_drafts_and_the_margin_are_reached_by_tab(served: Server, arrive: Arrive) -> None:
    cast = served.place.cast
    posted(served.place, cast.ada, "Loose screws let the inverter flicker")
    visitor = arrive(served, cast.ben)
    visitor.finds("flicker", "Loose screws let the inverter flicker")
    keys = visitor.page.keyboard
    visitor.go("/lessons/new")
    visitor.page.wait_for_function("document.activeElement.name === 'title'")
    keys.type("Loose screws let the inverter flicker")
    _tab_to(visitor, "lesson")
    keys.type("We should be more careful.")
    visitor.page.locator(".alike__choice").first.wait_for()
    passed = _tab_to(visitor, "Keep as a draft")
    assert "file" in passed
    for _ in range(30):
        keys.press("Tab")
        if visitor.page.evaluate("document.activeElement.name.startsWith?.('relation.')"):
            break
    keys.press("Space")
    assert visitor.page.locator(".alike__choice :checked").input_value() == "recurrence"


def test_single_keys_can_be_switched_off(served: Server, arrive: Arrive) -> None:
    visitor = arrive(served, served.place.cast.ada)
    visitor.go("/help/keyboard")
    visitor.page.get_by_label("Single keys work in this browser").uncheck()
    visitor.go("/lessons")
    for key in ("n", "/", "j", "?"):
        visitor.page.keyboard.press(key)
    assert (visitor.path, _focused(visitor)) == ("/lessons", "BODY")
    visitor.page.keyboard.press("Control+k")
    assert _focused(visitor) == "q"
    visitor.go("/help/keyboard")
    visitor.page.get_by_label("Single keys work in this browser").check()
    visitor.page.locator("h1").click()
    visitor.page.keyboard.press("n")
    visitor.arrives("/lessons/new")
