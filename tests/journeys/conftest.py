"""A real browser and a real server for every journey."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from app.auth.sessions import open_session
from app.kit.clock import system_clock
from app.people.models import Person
from tests.browser_setup import browser_path
from tests.databases import Databases
from tests.journeys.full_memory import Full, full_memory
from tests.journeys.visitor import Visitor
from tests.serving import Place, Server, place_for, serving

# What only a window that somebody looks at needs: each draws its address bar as two pages of its
# own, and a process for them. The first are those that playwright leaves out by itself: of two
# such lists the browser reads the last.
_LEFT_OUT = (
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades"),
    *("HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding"),
    *("ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect"),
    *("TcpPortRandomizationWin", "OptimizationHints", "NetworkTimeServiceQuerying"),
    *("AimEnabled", "PreconnectToSearch"),
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "SpareRendererForSitePerProcess"),
)
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(_LEFT_OUT)}",
]
Arrive = Callable[..., Visitor]


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """The browser; a journey cannot be walked without one, and says so."""
    with sync_playwright() as playwright:
        path = browser_path()
        if path is None and not Path(playwright.chromium.executable_path).exists():
            pytest.fail(
                "There is no browser for the journeys. Run `make setup-development`, "
                "then `.venv/bin/python -m tests.browser_setup`."
            )
        browser = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def place(databases: Databases, tmp_path: Path) -> Place:
    """Where the cast lives."""
    return place_for(databases, tmp_path)


@pytest.fixture
def served(place: Place) -> Iterator[Server]:
    with serving(place, forked=True) as server:
        yield server


@pytest.fixture
def new_place(databases: Databases, tmp_path: Path) -> Place:
    """Where nobody has been yet."""
    return place_for(databases, tmp_path, empty=True)


@pytest.fixture(scope="session")
def full(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Full]:
    """The sample organisation, for those who only look."""
    with full_memory(databases, tmp_path_factory.mktemp("full")) as full:
        yield full


@pytest.fixture
def arrive(chromium: Browser) -> Iterator[Arrive]:
    """`arrive(server, person)`: a browser of their own, signed in if a person is given."""
    visitors: list[Visitor] = []

    def _arrive(server: Server, person: Person | None = None, **options: object) -> Visitor:
        context = chromium.new_context(base_url=server.url, locale="en-GB", **options)
        if person is not None:
            with server.place.database() as database, database.writing() as session:
                token = open_session(session, person, device="journey", now=system_clock(), days=1)
            context.add_cookies([{"name": "session", "value": token, "url": server.url}])
        visitor = Visitor(context.new_page(), server.url)
        visitors.append(visitor)
        return visitor

    yield _arrive
    for visitor in visitors:
        visitor.page.context.close()
    troubles = [trouble for visitor in visitors for trouble in visitor.troubles]
    assert troubles == [], "the browser complained"
