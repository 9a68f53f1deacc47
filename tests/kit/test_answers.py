"""Every error in the form that the asker reads."""

import errno
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from psycopg.errors import DiskFull
from sqlalchemy.exc import OperationalError

from app.kit.errors import Conflict, Invalid, Unavailable
from tests.house_fixture import House

SECRET = "the table person has no column salary"


@pytest.fixture
def client(house: House) -> Iterator[TestClient]:
    """A client of a house where some addresses always fail."""

    def fail(kind: str) -> None:
        raise {
            "conflict": Conflict("Ada changed it first."),
            "invalid": Invalid(fields={"title": "Please fill this in."}),
            "busy": Unavailable(),
            "database": OperationalError(SECRET, {}, Exception(SECRET)),
            "full database": OperationalError(SECRET, {}, DiskFull(SECRET)),
            "full disk": OSError(errno.ENOSPC, SECRET),
            "other device": OSError(errno.EIO, SECRET),
            "broken": RuntimeError(SECRET),
        }[kind]

    for root in ("/fail", "/api/v1/fail"):
        house.app.add_api_route(root + "/{kind}", fail, methods=["GET"])
    with TestClient(
        house.app, base_url="http://127.0.0.1:8000", raise_server_exceptions=False
    ) as client:
        yield client


STATUS = {
    "conflict": 409,
    "invalid": 422,
    "busy": 503,
    "database": 503,
    "full database": 507,
    "full disk": 507,
    "other device": 500,
    "broken": 500,
}


@pytest.mark.parametrize("kind", STATUS)
def test_programs_get_one_form_of_error(client: TestClient, kind: str) -> None:
    answer = client.get(f"/api/v1/fail/{kind}")
    assert answer.status_code == STATUS[kind]
    assert set(answer.json()) == {"error"}
    assert set(answer.json()["error"]) == {"code", "message", "fields"}


@pytest.mark.parametrize("kind", STATUS)
def test_people_get_a_page(client: TestClient, kind: str) -> None:
    answer = client.get(f"/fail/{kind}")
    assert answer.status_code == STATUS[kind]
    assert answer.headers["content-type"].startswith("text/html")
    assert "<h1>" in answer.text


@pytest.mark.parametrize("kind", ["database", "full disk", "broken"])
@pytest.mark.parametrize("root", ["/fail", "/api/v1/fail"])
def test_nobody_is_shown_our_insides(client: TestClient, root: str, kind: str) -> None:
    answer = client.get(f"{root}/{kind}")
    assert "salary" not in answer.text
    assert "Traceback" not in answer.text


def test_the_message_and_the_fields_come_through(client: TestClient) -> None:
    assert client.get("/api/v1/fail/conflict").json()["error"] == {
        "code": "conflict",
        "message": "Ada changed it first.",
        "fields": {},
    }
    error = client.get("/api/v1/fail/invalid").json()["error"]
    assert error["fields"] == {"title": "Please fill this in."}
    assert "Please fill this in." in client.get("/fail/invalid").text


def test_what_passes_says_when_to_try_again(client: TestClient) -> None:
    assert client.get("/fail/busy").headers["retry-after"] == "5"


@pytest.mark.parametrize("path", ["/nowhere", "/lessons/not-an-id", "/static/nothing.css"])
def test_unknown_addresses_are_not_found(client: TestClient, house: House, path: str) -> None:
    answer = house.browser(house.cast.ada).get(path)
    assert answer.status_code == 404
    assert "not shared with you" in answer.text


def test_unknown_addresses_of_the_api_answer_programs(client: TestClient) -> None:
    answer = client.get("/api/v1/nowhere")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")


def test_the_wrong_method_names_the_right_ones(client: TestClient) -> None:
    answer = client.put("/help")
    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]


def test_who_is_not_signed_in_is_sent_to_sign_in_and_back(house: House) -> None:
    answer = house.stranger().get("/my/lessons?page=2", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in?next=/my/lessons%3Fpage%3D2"


def test_a_fragment_asked_for_without_signing_in_sends_the_whole_page(house: House) -> None:
    answer = house.stranger().get("/my/lessons", headers={"HX-Request": "true"})
    assert answer.headers["hx-redirect"] == "/sign-in?next=/my/lessons"
    assert answer.text == ""


def test_a_program_without_a_token_is_told_what_to_send(client: TestClient) -> None:
    answer = client.get("/api/v1/lessons")
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert answer.json()["error"]["code"] == "sign_in_needed"


def test_our_own_failure_gives_a_reference_and_keeps_the_content_policy(client: TestClient) -> None:
    answer = client.get("/fail/broken")
    assert "tell your administrator: reference " in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_a_part_of_a_page_that_fails_is_answered_in_its_place(client: TestClient) -> None:
    answer = client.get("/fail/busy", headers={"HX-Request": "true", "HX-Target": "div#found"})
    assert answer.status_code == 503
    assert '<div id="found">' in answer.text
    assert "<html" not in answer.text
    assert 'role="alert"' in answer.text
