"""A protected author is in no answer of the API, whoever asks and by whatever call."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.auth.tokens import Scope
from tests.calls import API, SHORT
from tests.house_fixture import House

# Who works here is known to everyone: these calls may name the author, as they did before.
ABOUT_PEOPLE = (f"{API}/people", f"{API}/teams", f"{API}/me", f"{API}/tokens")
QUERIES = {
    f"{API}/search": [
        "",
        "?q=screws",
        "?q=ada",
        "?q=ada@northwind.example",
        "?author={ada}",
        "?state=retired",
        "?state=posted&state=retired",
    ],
    f"{API}/suggest": ["?q=scr", "?q=ada"],
}


def addresses(house: House, lesson_ids: list[str]) -> Iterator[str]:
    """Every address that can be read, with every id that there is."""
    cast = house.cast
    root, otto = house.api(cast.root), house.api(cast.otto)
    topics = [topic["id"] for topic in root.get(f"{API}/topics").json()["topics"]]
    ids = {
        "lesson_id": lesson_ids,
        "topic_id": topics,
        "person_id": [person.id for person in cast.people.values()],
        "team_id": [cast.pumps.id, cast.sales.id],
        "period": ["2026-02", "2026-03", "2026-W10"],
        "brief_id": [brief["id"] for brief in otto.get(f"{API}/briefs").json()["briefs"]],
        "want_id": [otto.post(f"{API}/wanted", json={"words": "zinc screws"}).json()["id"]],
    }
    for path, calls in house.app.openapi()["paths"].items():
        if "get" not in calls:
            continue
        named = re.search(r"{(\w+)}", path)
        filled = [path.replace(named[0], i) for i in ids[named[1]]] if named else [path]
        for address in filled:
            for query in QUERIES.get(path, [""]):
                yield address + query.format(ada=cast.ada.id)


def everything(house: House, client: TestClient, lesson_ids: list[str]) -> dict[str, Any]:
    said = {url: client.get(url).json() for url in addresses(house, lesson_ids)}
    return said | {"similar": client.post(f"{API}/similar", json={"title": "Loose screws"}).json()}


@pytest.fixture
def protected(house: House) -> list[str]:
    """Lessons that ada posted, changed, retired and restored without her name."""
    client = house.api(house.cast.ada)
    ids = []
    for title in ("Loose screws", "Loose bolts", "Loose screws kept as a draft"):
        sent = SHORT | {"title": title, "author_mode": "protected", "topics": ["Fixings"]}
        is_draft = title.endswith("draft")
        shared = {"visibility": "draft" if is_draft else "organisation"}
        made = client.post(
            f"{API}/lessons", json=sent | shared, headers={"Idempotency-Key": title}
        ).json()
        headers = {"If-Match": "1", "Claim-Code": made["claim_code"] or ""}
        changed = client.patch(
            f"{API}/lessons/{made['id']}",
            headers=headers,
            json={"why": "Haste", "visibility": "organisation"},
        ).json()
        claim = {"Claim-Code": changed["claim_code"] or headers["Claim-Code"]}
        address = f"{API}/lessons/{changed['id']}"
        assert client.delete(address, headers=claim).status_code == 200
        if title != "Loose bolts":
            assert client.post(f"{address}/restoration", headers=claim).status_code == 200
        ids.append(changed["id"])
    house.follow()
    house.clock.turn(minutes=7)  # what others do of it may be told to the minute
    _used(house, ids[0])
    return ids


def _used(house: House, lesson_id: str) -> None:
    """Otto has it in a brief, and says what came of it there and on its page."""
    otto = house.api(house.cast.otto)
    brief = otto.post(f"{API}/briefs", json={"work": "Replace loose screws."}).json()
    assert lesson_id in [line["lesson_id"] for line in brief["lessons"]]
    applied = {"manner": "applied", "result": "better"}
    for method, url in (
        (otto.put, f"{API}/briefs/{brief['id']}/follow-up/{lesson_id}"),
        (otto.post, f"{API}/lessons/{lesson_id}/uses"),
    ):
        assert method(url, json=applied).is_success
    assert otto.post(f"{API}/lessons/{lesson_id}/recurrences", json={"cost": "a day"}).is_success


@pytest.mark.parametrize(
    ("name", "scope"), [("otto", Scope.READ), ("ben", Scope.WRITE), ("root", Scope.ADMIN)]
)
def test_a_protected_author_is_in_no_answer(
    house: House, protected: list[str], name: str, scope: Scope
) -> None:
    ada = house.cast.ada
    said = everything(house, house.api(house.cast.people[name], scope), protected)
    assert any(hit["id"] in protected for hit in said[f"{API}/search?q=screws"]["hits"])
    assert said[f"{API}/search?author={ada.id}"]["total"] == 0
    for url, body in said.items():
        text = json.dumps(body)
        if not url.startswith(ABOUT_PEOPLE):
            assert not [word for word in (ada.id, ada.name, ada.email) if word in text], url
        if any(lesson_id in text for lesson_id in protected):
            assert "09:30" not in text, f"{url} tells more than the day"


def test_what_is_said_of_people_does_not_change_by_a_protected_lesson(
    house: House, request: pytest.FixtureRequest
) -> None:
    nora = house.api(house.cast.nora, Scope.READ)

    def about_people() -> dict[str, Any]:
        urls = [url for url in addresses(house, []) if url.startswith(ABOUT_PEOPLE)]
        return {url: nora.get(url).json() for url in urls}

    before = about_people()
    request.getfixturevalue("protected")
    assert about_people() == before
