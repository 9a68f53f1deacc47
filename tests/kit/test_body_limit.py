"""A body that is too large is refused as everything is: in the form that the asker reads."""

from collections.abc import Iterator

import pytest

from app.config import Settings
from tests.house_fixture import House

_TOO_MUCH = b"x" * (1024 * 1024 + 1)
_WORDS = "This is larger than the limit."


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"max_upload_mb": 1})


def _in_pieces() -> Iterator[bytes]:
    yield _TOO_MUCH[:1000]
    yield _TOO_MUCH


@pytest.mark.parametrize("piecewise", [False, True], ids=["with its length", "in pieces"])
def test_people_are_told_on_a_page_and_programs_in_json(house: House, piecewise: bool) -> None:
    for path, form, words in (
        ("/lessons", "application/x-www-form-urlencoded", "<h1"),
        ("/api/v1/lessons", "application/json", '"code":"too_large"'),
    ):
        client = house.api(house.cast.ada) if "api" in path else house.browser(house.cast.ada)
        sent = {"content": _in_pieces() if piecewise else _TOO_MUCH}
        answer = getattr(client, "client", client).post(
            path, headers={"Content-Type": form, "Origin": "http://127.0.0.1:8000"}, **sent
        )
        assert answer.status_code == 413
        assert _WORDS in answer.text
        assert words in answer.text
        assert "content-security-policy" in answer.headers


def test_what_is_just_small_enough_is_read(house: House) -> None:
    text = "x" * 90_000
    sent = {"kind": "failure", "title": "Loose screws", "lesson": text}
    assert house.api(house.cast.ada).post("/api/v1/lessons", json=sent).status_code == 201
