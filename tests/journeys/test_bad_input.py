"""Errors are said on the page, with what was typed kept."""

import pytest

from tests.journeys.conftest import Arrive
from tests.journeys.visitor import lesson_fields
from tests.serving import Server


def test_what_is_not_there_is_said_so(served: Server, arrive: Arrive) -> None:
    visitor = arrive(served, served.place.cast.ada)
    for path in ("/nowhere", f"/lessons/{'0' * 16}"):
        assert visitor.go(path).status == 404
        visitor.sees("There is nothing here")
        visitor.press("Go to the first page")
        visitor.arrives("/")


def test_what_is_not_allowed_is_said_so(served: Server, arrive: Arrive) -> None:
    visitor = arrive(served, served.place.cast.ada)
    assert visitor.go("/invitations").status == 403
    visitor.sees("Only an administrator can do this.")


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no javascript"])
def test_a_refused_form_says_what_is_missing_and_keeps_what_was_typed(
    served: Server, arrive: Arrive, javascript: bool
) -> None:
    visitor = arrive(served, served.place.cast.ada, java_script_enabled=javascript)
    visitor.go("/lessons/new")
    visitor.fill(
        **lesson_fields(title="", kind="near_miss"),
        visibility="team",
        topics="fasteners, inverter",
        recommendation="Use thread lock.",
    )
    visitor.fill(context="On the test bench", source_url="not an address")
    visitor.press("Post the lesson")
    visitor.sees("2 things need another look")
    if javascript:
        assert visitor.page.evaluate("document.activeElement.id") == "problems"
    kept = {
        name: visitor.page.locator(f'main [name="{name}"]').input_value()
        for name in ("lesson", "topics", "recommendation", "context", "source_url")
    }
    assert kept == {
        "lesson": lesson_fields()["lesson"],
        "topics": "fasteners, inverter",
        "recommendation": "Use thread lock.",
        "context": "On the test bench",
        "source_url": "not an address",
    }
    for name, value in (("kind", "near_miss"), ("visibility", "team")):
        assert visitor.page.locator(f'[name="{name}"][value="{value}"]').is_checked()
    visitor.page.locator("#problems a").first.click()
    assert visitor.page.evaluate("document.activeElement.id") == "title"
    visitor.fill(title="Loose screws", source_url="https://example.org/report")
    visitor.press("Post the lesson")
    visitor.sees("Posted. It can be found now.")
