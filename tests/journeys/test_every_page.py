"""Every page of a full memory: nothing for axe to find, nothing beyond the edge of a phone, nothing
that the browser complains of, nothing heavy."""

import pytest

from tests.journeys.conftest import Arrive
from tests.journeys.full_memory import Full
from tests.journeys.looking import look_at
from tests.journeys.sights import (
    ADMINISTRATORS,
    BEFORE_SIGNING_IN,
    EVERYBODYS,
    pages_without_a_look,
)
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.looks

_MOST_BYTES = 100 * 1024
_PARTS = 4


def _looked_at(visitor: Visitor, paths: list[str]) -> list[str]:
    return [fault for path in paths for fault in look_at(visitor, path)]


@pytest.mark.parametrize("part", range(_PARTS))
def test_nothing_is_wrong_with_any_page_of_a_full_memory(
    full: Full, arrive: Arrive, part: int
) -> None:
    assert _looked_at(arrive(full.server, full.me), full.paths(EVERYBODYS)[part::_PARTS]) == []


def test_nothing_is_wrong_with_the_pages_of_administrators(full: Full, arrive: Arrive) -> None:
    visitor = arrive(full.server, full.root)
    assert _looked_at(visitor, full.paths(ADMINISTRATORS)) == []
    visitor.go("/import")
    visitor.page.locator("main [type=file]").set_input_files(
        {"name": "a.csv", "mimeType": "text/csv", "buffer": b"title,lesson\nLoose,Tighten it.\n"}
    )
    visitor.page.locator("main form [type=submit]").first.click()
    visitor.page.wait_for_url("**/import/*")
    assert look_at(visitor) == []


def test_nothing_is_wrong_with_the_pages_before_signing_in(full: Full, arrive: Arrive) -> None:
    assert _looked_at(arrive(full.server), full.paths(BEFORE_SIGNING_IN)) == []


def test_every_page_is_looked_at() -> None:
    assert pages_without_a_look() == set()


@pytest.mark.parametrize("path", ["/", "/search?q=pump", "{lesson}", "/lessons/new", "/inbox"])
def test_a_page_weighs_at_most_100_kb_at_first_view(full: Full, arrive: Arrive, path: str) -> None:
    visitor = arrive(full.server, full.me)
    wire = visitor.page.context.new_cdp_session(visitor.page)
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    loaded: list[float] = []
    wire.on("Network.loadingFinished", lambda event: loaded.append(event["encodedDataLength"]))
    visitor.go(path.format(**full.ids))
    visitor.page.wait_for_load_state("networkidle")
    assert len(loaded) > 3
    assert sum(loaded) <= _MOST_BYTES, sum(loaded)
