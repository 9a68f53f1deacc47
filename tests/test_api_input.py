"""What no sensible program sends is refused in the one form, and breaks nothing."""

import pytest

from app.auth.tokens import Scope
from tests.calls import API, SHORT, error_of
from tests.house_fixture import House

LESSONS = f"{API}/lessons"
BODIES = [
    b"",
    b"{",
    b"[]",
    b"null",
    b'"text"',
    b"\xff\xfe",
    b'{"title": NaN}',
    b"[" * 100_000,
    b'{"\\ud800": 1}',
    b'{"kind": 1' + b"0" * 5000 + b"}",
    b'{"kind": {"a": ["b"]}}',
    b'{"kind": "failure", "title": "\\ud800", "lesson": "x"}',
    b'{"kind": "failure", "title": "\\u0000", "lesson": "x"}',
    b'{"kind": "failure", "title": "x", "lesson": "x", "team": "\\ud800a"}',
    b'{"kind": "failure", "title": "x", "lesson": "x", "occurred_on": 1e999}',
    b'{"kind": "failure", "title": "x", "lesson": "x", "occurred_on": "2026-02-30"}',
]


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
def test_a_body_that_makes_no_sense(house: House, body: bytes) -> None:
    ada = house.api(house.cast.ada)
    headers = {"Content-Type": "application/json", "If-Match": "1"}
    address = f"{LESSONS}/{house.post(house.cast.ada).lesson.id}"
    for answer in (
        ada.post(LESSONS, content=body, headers=headers),
        ada.post(f"{API}/similar", content=body, headers=headers),
        ada.patch(address, content=body, headers=headers),
    ):
        if answer.status_code != 200:
            assert answer.status_code in (400, 422)
            error_of(answer)


@pytest.mark.parametrize(
    "text", ["\x00", "a\x00b", "\ud7ff\ufffe", "%", "_", "\\", "'; --", "🙂" * 50]
)
def test_text_that_makes_no_sense(house: House, text: str) -> None:
    root = house.api(house.cast.root, Scope.ADMIN)
    house.post(house.cast.root, text + "x", topics=["Screws"])
    for address, name in (
        (f"{API}/search", "q"),
        (f"{API}/search", "team"),
        (f"{API}/search", "topic"),
        (f"{API}/search", "author"),
        (f"{API}/suggest", "q"),
        (f"{API}/people", "q"),
        (LESSONS, "team"),
        (LESSONS, "topic"),
    ):
        answer = root.get(address, params={name: text})
        assert answer.status_code in (200, 422)
    posted = root.post(LESSONS, json=SHORT | {"title": text + "x", "topics": [text]})
    assert posted.status_code == 201
    gone = root.delete(f"{LESSONS}/{posted.json()['id']}", params={"note": text})
    assert gone.status_code == 200
    team = root.post(f"{API}/teams", json={"name": text + "x"})
    assert team.status_code == 201


def test_what_is_larger_than_the_limit_is_refused(house: House) -> None:
    long = SHORT | {"lesson": "x" * 100_001}
    answer = house.api(house.cast.ada).post(LESSONS, json=long)
    assert answer.status_code == 422
    assert error_of(answer)["fields"] == {"lesson": "Use at most 100,000 characters."}


@pytest.mark.parametrize("revision", ["x", "*", '"x"', "-1", '"1', "9" * 30, '"1", "2"'])
def test_a_revision_that_is_none_changes_nothing(house: House, revision: str) -> None:
    address = f"{LESSONS}/{house.post(house.cast.ada).lesson.id}"
    ada = house.api(house.cast.ada)
    answer = ada.patch(address, json={"title": "x"}, headers={"If-Match": revision})
    assert answer.status_code == 422
    assert error_of(answer)["fields"].keys() == {"If-Match"}
