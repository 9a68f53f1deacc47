"""Pages that refuse something, and pages of an empty memory: as well made as the others."""

from pathlib import Path

import pytest

from tests.databases import Databases
from tests.journeys.conftest import Arrive
from tests.journeys.looking import look_at
from tests.journeys.sights import EMPTY, DevelopingPlace
from tests.journeys.things import posted
from tests.journeys.visitor import Visitor
from tests.serving import place_for, serving

pytestmark = pytest.mark.looks

# Sends a form as a page of ours would, with whatever is in it.
_SEND = """([action, fields]) => {
  const form = Object.assign(document.createElement("form"), { action, method: "post" });
  const token = document.querySelector('meta[name="csrf"]').content;
  for (const [name, value] of Object.entries({ csrf_token: token, ...fields })) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
  document.body.append(form);
  HTMLFormElement.prototype.submit.call(form);
}"""


def _status_of(visitor: Visitor, action: str, fields: dict[str, str]) -> int:
    with visitor.page.expect_navigation() as led:
        visitor.page.evaluate(_SEND, [action, fields])
    return led.value.status


def test_nothing_is_wrong_with_pages_that_refuse(
    databases: Databases, tmp_path: Path, arrive: Arrive
) -> None:
    place = place_for(databases, tmp_path)
    place = DevelopingPlace(place.folder, place.database_url, place.cast)
    ada, root = place.cast.ada, place.cast.root
    lesson = posted(place, root, "Loose screws").lesson
    with serving(place, forked=True) as server:
        visitor = arrive(server, ada)
        assert look_at(visitor, f"/lessons/{'0' * 16}", status=404) == []
        assert look_at(visitor, "/admin", status=403) == []
        assert look_at(visitor, "/mail/deeds/x", status=404) == []
        for action, fields, status in (
            ("/lessons", {"title": "Loose", "kind": "odd"}, 422),
            (f"{lesson.url}/questions", {"text": ""}, 422),
            ("/my/searches", {"name": "", "address": "q=pump"}, 422),
            ("/wanted", {"words": ""}, 422),
            ("/account", {"name": ""}, 422),
            ("/account/password", {"current": "x", "password": "short"}, 422),
            ("/lessons", {"lesson": "x" * 1_100_000}, 413),
        ):
            visitor.go("/help")
            assert _status_of(visitor, action, fields) == status, action
            assert look_at(visitor) == [], action


def test_nothing_is_wrong_with_an_empty_memory(
    databases: Databases, tmp_path: Path, arrive: Arrive
) -> None:
    with serving(place_for(databases, tmp_path, empty=True), forked=True) as server:
        visitor = arrive(server)
        assert look_at(visitor, "/welcome") == []
        visitor.fill(
            organisation="Northwind",
            name="Root",
            email="root@example.org",
            password="orchard kettle violin 7",
        )
        visitor.press("Begin")
        visitor.sees("The book is empty")
        assert [fault for path in EMPTY for fault in look_at(visitor, path)] == []
        # Nobody is signed in: what is wrong with a name and a password is said.
        stranger = arrive(server)
        stranger.go("/sign-in")
        stranger.fill(email="root@example.org", password="something else")
        stranger.press("Sign in")
        stranger.sees("do not belong together")
        assert look_at(stranger) == []
