"""Errors are said on the page, and nothing that somebody types becomes a script."""

from pathlib import Path
from urllib.parse import quote_plus

import pytest

from app.kit.clock import system_clock
from app.people.directory import change_person
from app.people.models import Role
from tests.journeys.conftest import Arrive
from tests.journeys.payloads import PAYLOADS
from tests.journeys.things import posted
from tests.journeys.visitor import Visitor, lesson_fields
from tests.serving import Place, Server

_TEXTS = (
    "context",
    "expected",
    "happened",
    "why",
    "lesson",
    "recommendation",
    "applies_when",
    "not_when",
)
_TOPICS_A_LESSON = 10


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


def _post_all(place: Place) -> list[str]:
    """A lesson for each payload, with it in every field, and topics named like them."""
    addresses = []
    for number, payload in enumerate(PAYLOADS):
        at = number % len(PAYLOADS)
        topics = [" ".join(p.split())[:80] for p in PAYLOADS[at : at + _TOPICS_A_LESSON]]
        lesson = posted(
            place,
            place.cast.ada,
            f"{payload} needle",
            kind="failure",
            topics=topics,
            external_id=f"{payload}-{number}"[:200],
            source_url=f"https://example.org/{quote_plus(payload)}\"'><script>window.broken=1",
            **dict.fromkeys(_TEXTS, payload),
        ).lesson
        addresses.append(lesson.url)
    return addresses


_NEVER_OURS = "main :is(script, iframe, object, img, [onerror], [onload], [hx-get])"


def _code_of_texts(visitor: Visitor, path: str) -> list[str]:
    """What became of texts on a page besides text: scripts that ran, elements, odd links."""
    assert visitor.go(path).status == 200, path
    ran = ["a script ran"] if visitor.page.evaluate("window.broken") is not None else []
    elements = visitor.page.locator(_NEVER_OURS).evaluate_all("all => all.map(e => e.outerHTML)")
    links = visitor.page.locator("main a").evaluate_all("all => all.map(a => a.protocol)")
    return [*ran, *elements, *sorted(set(links) - {"http:", "https:", "mailto:"})]


@pytest.mark.timeout(600)
def test_nothing_that_is_typed_becomes_a_script(
    place: Place, served: Server, arrive: Arrive, tmp_path: Path
) -> None:
    with place.database() as database, database.writing() as session:
        ada = session.merge(place.cast.ada)
        change_person(
            session,
            ada,
            name=PAYLOADS[0],
            title=PAYLOADS[11],
            role=Role.CURATOR,
            by=ada,
            now=system_clock(),
        )
    addresses = _post_all(place)
    visitor = arrive(served, place.cast.ada)
    visitor.finds("needle", " ".join(f"{PAYLOADS[-1]} needle".split()))
    for path in (
        *addresses,
        "/",
        "/lessons",
        "/lessons?page=2",
        "/lessons?page=3",
        "/my/lessons",
        "/topics",
        f"{addresses[0]}/history",
        f"{addresses[11]}/history/1",
        f"{addresses[5]}/edit",
        f"{addresses[11]}/retirement",
        "/people",
        f"/people/{place.cast.ada.id}",
        "/account",
        "/search?q=needle",
        "/search?q=needle&page=2",
    ):
        assert _code_of_texts(visitor, path) == [], path


def test_nothing_in_an_address_becomes_a_script(served: Server, arrive: Arrive) -> None:
    visitor = arrive(served, served.place.cast.ada)
    posted(served.place, served.place.cast.ada, "Loose screws")
    for payload in PAYLOADS:
        sent = quote_plus(payload)
        path = f"/search?q={sent}&kind={sent}&team={sent}&since={sent}&x={sent}"
        assert _code_of_texts(visitor, path) == [], path


def test_nothing_in_a_refused_form_becomes_a_script(served: Server, arrive: Arrive) -> None:
    visitor = arrive(served, served.place.cast.ada)
    for payload in PAYLOADS[::4]:
        visitor.go("/lessons/new")
        visitor.fill(**dict.fromkeys((*_TEXTS, "title", "topics", "source_url"), payload))
        visitor.press("Post the lesson")  # no kind was chosen, and the source is none
        visitor.sees("need another look")
        assert visitor.page.evaluate("window.broken") is None, payload
