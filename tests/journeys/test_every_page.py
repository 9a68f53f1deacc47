"""Every page: nothing for axe to find, nothing beyond the edge of a phone, nothing heavy."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from sqlmodel import select

from app.auth.sessions import open_session
from app.demo.content import load
from app.demo.stage import put_on_stage
from app.kit.clock import system_clock
from app.kit.migrate import bring_up_to_date
from app.lessons.models import Lesson, State
from app.people.models import Person, Role, Team
from app.topics.models import Topic
from tests.databases import Databases
from tests.journeys.visitor import Visitor
from tests.serving import Place, Server, place_for, serving

PHONE, DESK = {"width": 320, "height": 800}, {"width": 1280, "height": 900}
_LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_MOST_BYTES = 100 * 1024
_MOST_WAYS = 4

PLAIN = (
    "/sign-in",
    "/password-reset",
    f"/lessons/{'0' * 16}",
    "/help",
    "/help/protected-authors",
    "/help/keyboard",
)
PAGES = (
    "/",
    "/search",
    "/lessons",
    "/my/lessons",
    "/lessons/new",
    "/topics",
    "/teams",
    "/people",
    "/account",
    "/account/password",
    "/account/sessions",
    "/account/tokens",
    "/admin",
    "/invitations",
    "/teams/new",
    "/import",
)
FULL = (
    "/search?q=what+went+wrong+with+the+pump&kind=failure",
    "/search?q=zeppelin",
    "/lessons/{lesson}",
    "/lessons/{lesson}/edit",
    "/lessons/{lesson}/history",
    "/lessons/{lesson}/history/1",
    "/lessons/{lesson}/retirement",
    "/lessons/{protected}",
    "/lessons/{protected}/claim",
    "/lessons/{retired}",
    "/topics/{topic}",
    "/topics/{topic}/edit",
    "/teams/{team}",
    "/teams/{team}/edit",
    "/people/{person}",
)


@pytest.fixture(scope="module")
def full(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The sample organisation, served."""
    place = _staged(databases, tmp_path_factory.mktemp("full"))
    with serving(place) as server:
        yield server


def _staged(databases: Databases, folder: Path) -> Place:
    place = place_for(databases, folder, empty=True)
    with place.database() as database:
        bring_up_to_date(database.engine, backups=folder)
        with database.writing() as session:
            put_on_stage(session, load(), now=system_clock())
    return place


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Any]:
    """`visit(server, person)`: a visitor whose troubles fail the test."""
    visitors: list[Visitor] = []

    def _visit(server: Server, person: Person | None) -> Visitor:
        context = chromium.new_context(base_url=server.url, viewport=PHONE)
        if person:
            with server.place.database() as database, database.writing() as session:
                token = open_session(session, person, device="x", now=system_clock(), days=1)
            context.add_cookies([{"name": "session", "value": token, "url": server.url}])
        visitors.append(Visitor(context.new_page(), server.url))
        return visitors[-1]

    yield _visit
    for visitor in visitors:
        visitor.page.context.close()
    assert [trouble for visitor in visitors for trouble in visitor.troubles] == []


def _administrator(place: Place) -> Person:
    with place.database() as database, database.reading() as session:
        return session.exec(select(Person).where(Person.role == Role.ADMINISTRATOR)).first()


def _ids(place: Place) -> dict[str, str]:
    """Something real, the same each time, for every place in the addresses."""
    in_use = (Lesson.visibility == "organisation", Lesson.state == State.POSTED)
    first = {
        "lesson": select(Lesson.id).where(*in_use, Lesson.revision > 1).order_by(Lesson.title),
        "protected": select(Lesson.id)
        .where(*in_use, Lesson.author_mode == "protected")
        .order_by(Lesson.title),
        "retired": select(Lesson.id).where(Lesson.state == State.RETIRED).order_by(Lesson.title),
        "topic": select(Topic.id).order_by(Topic.key),
        "team": select(Team.id).where(Team.parent_id.is_not(None)).order_by(Team.key),
        "person": select(Person.id).where(Person.email == load().people[0].email),
    }
    with place.database() as database, database.reading() as session:
        return {name: session.exec(query).first() for name, query in first.items()}


def _faults(page: Page, options: dict[str, Any]) -> list[str]:
    found = Axe().run(page, options={"resultTypes": ["violations"]} | options).response
    return [
        f"{fault['id']}: {node['target']} {node['failureSummary']}"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]


def _look_at(visitor: Visitor, path: str) -> list[str]:
    """What is wrong with a page at both widths and in both schemes."""
    page, found = visitor.page, []
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(PHONE)
    visitor.go(path)
    for size, scheme in ((PHONE, "light"), (PHONE, "dark"), (DESK, "dark"), (DESK, "light")):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        # All rules once at each width; what a scheme can change is contrast.
        whole = (size, scheme) in ((PHONE, "light"), (DESK, "dark"))
        only = (
            {"type": "tag", "values": _LEVELS}
            if whole
            else {"type": "rule", "values": ["color-contrast"]}
        )
        where = f"{path} at {size['width']} {scheme}"
        found += [f"{where}: {fault}" for fault in _faults(page, {"runOnly": only})]
        beyond = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if beyond > 0:
            found.append(f"{where}: {beyond} px beyond the edge")
    return found


@pytest.mark.parametrize("part", range(_MOST_WAYS))
def test_nothing_is_wrong_with_any_page_of_a_full_memory(
    full: Server, visit: Any, part: int
) -> None:
    me = _administrator(full.place)
    visitor, ids = visit(full, me), _ids(full.place)
    paths = [path.format(**ids) for path in (*PAGES, *FULL)][part::_MOST_WAYS]
    assert [fault for path in paths for fault in _look_at(visitor, path)] == []


def test_nothing_is_wrong_with_a_form_that_comes_back(full: Server, visit: Any) -> None:
    visitor = visit(full, _administrator(full.place))
    visitor.go("/lessons/new")
    visitor.press("Post the lesson")
    visitor.sees("need another look")
    assert _faults(visitor.page, {"runOnly": {"type": "tag", "values": _LEVELS}}) == []
    visitor.page.emulate_media(color_scheme="dark")
    visitor.page.set_viewport_size(DESK)
    assert _faults(visitor.page, {"runOnly": {"type": "tag", "values": _LEVELS}}) == []


def test_nothing_is_wrong_with_the_pages_before_signing_in(full: Server, visit: Any) -> None:
    visitor = visit(full, None)
    assert [fault for path in PLAIN for fault in _look_at(visitor, path)] == []


def test_nothing_is_wrong_with_an_empty_memory(
    databases: Databases, tmp_path: Path, visit: Any
) -> None:
    with serving(place_for(databases, tmp_path, empty=True)) as server:
        visitor = visit(server, None)
        assert _look_at(visitor, "/welcome") == []
        visitor.fill(
            organisation="Northwind",
            name="Root",
            email="root@example.org",
            password="orchard kettle violin 7",
        )
        visitor.press("Begin")
        visitor.sees("The book is empty")
        paths = ("/", "/search", "/lessons", "/my/lessons", "/topics", "/teams", "/account/tokens")
        assert [fault for path in paths for fault in _look_at(visitor, path)] == []


@pytest.mark.parametrize("path", ["/", "/search?q=pump", "/lessons/{lesson}"])
def test_a_page_weighs_at_most_100_kb_at_first_view(full: Server, visit: Any, path: str) -> None:
    me = _administrator(full.place)
    visitor = visit(full, me)
    wire = visitor.page.context.new_cdp_session(visitor.page)
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    loaded: list[float] = []
    wire.on("Network.loadingFinished", lambda event: loaded.append(event["encodedDataLength"]))
    visitor.go(path.format(**_ids(full.place)))
    visitor.page.wait_for_load_state("networkidle")
    assert len(loaded) > 3
    assert sum(loaded) <= _MOST_BYTES, sum(loaded)
