"""A door, what it depends on and its commit: one thread, in order, each once."""

import threading
from collections.abc import Iterator
from typing import Annotated

import pytest
from fastapi import Depends, FastAPI, Request, Response
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient
from pydantic import BaseModel

from app.kit.answers import install_answers
from app.kit.doors import DoorRoute, doors, with_the_door
from app.kit.errors import Forbidden
from tests.house_fixture import House


class Said(BaseModel):
    words: list[str]


@with_the_door
def opened(request: Request) -> Iterator[list[str]]:
    notes: list[str] = request.app.state.notes
    notes.append(f"opened in {threading.get_ident()}")
    try:
        yield notes
    except ValueError:
        notes.append("undone")
        raise
    notes.append(f"kept in {threading.get_ident()}")


Opened = Annotated[list[str], Depends(opened)]


@with_the_door
def named(notes: Opened) -> str:
    notes.append(f"named in {threading.get_ident()}")
    return "Ada"


@with_the_door
def nobody(request: Request) -> None:
    if "guest" in request.query_params:
        raise Forbidden


Named = Annotated[str, Depends(named)]


def _app() -> FastAPI:
    app, router = FastAPI(), doors()
    app.state.notes = []
    install_answers(app)

    @router.get("/said", status_code=202)
    def said(response: Response, notes: Opened, name: Named, again: Named, size: int = 1) -> Said:
        response.headers["X-Name"] = name
        notes.append(f"said in {threading.get_ident()}")
        return Said(words=[name, again] * size)

    @router.get("/broken")
    def broken(notes: Opened) -> Said:
        raise ValueError(notes)

    @router.get("/misshapen")
    def misshapen(notes: Opened) -> Said:
        return notes  # type: ignore[return-value]

    app.include_router(router, prefix="/api", dependencies=[Depends(nobody)])
    return app


@pytest.fixture
def client() -> Iterator[TestClient]:
    with TestClient(_app(), raise_server_exceptions=False, base_url="http://x") as client:
        yield client


def _notes(client: TestClient) -> list[str]:
    return client.app.state.notes  # type: ignore[attr-defined, no-any-return]


def test_dependencies_door_and_commit_share_a_thread_and_come_in_order(client: TestClient) -> None:
    client.get("/api/said")
    steps = [note.split(" in ") for note in _notes(client)]
    assert [step for step, _ in steps] == ["opened", "named", "said", "kept"]
    assert len({thread for _, thread in steps}) == 1


def test_the_answer_has_the_doors_shape_status_and_headers(client: TestClient) -> None:
    answer = client.get("/api/said", params={"size": 2})
    assert answer.json() == {"words": ["Ada"] * 4}
    assert (answer.status_code, answer.headers["x-name"]) == (202, "Ada")
    assert answer.headers["content-type"] == "application/json"


def test_what_was_opened_is_undone_when_the_door_fails(client: TestClient) -> None:
    assert client.get("/api/broken").status_code == 500
    assert _notes(client)[-1] == "undone"


def test_what_was_opened_is_undone_when_the_answer_has_another_shape(client: TestClient) -> None:
    assert client.get("/api/misshapen").status_code == 500
    assert _notes(client)[-1] == "undone"


def test_a_guard_that_gives_the_door_nothing_still_guards(client: TestClient) -> None:
    assert client.get("/api/said?guest=1").status_code == 403
    assert _notes(client) == []


def test_guards_come_before_what_is_wrong_with_the_question(client: TestClient) -> None:
    assert client.get("/api/said?size=many").status_code == 422
    assert client.get("/api/said?size=many&guest=1").status_code == 403
    assert "said" not in " ".join(_notes(client))


def test_every_address_of_the_product_is_a_door_of_this_kind(house: House) -> None:
    kinds = {
        context.path_format: type(context.original_route)
        for context in iter_route_contexts(house.app.routes)
        if context.methods and hasattr(context, "original_route")
    }
    others = {path for path, kind in kinds.items() if kind is not DoorRoute}
    joined = {"/static/site.css", "/static/site.js", "/static/desk.js"}
    assert others == {"/api/v1/openapi.json", "/favicon.ico", *joined}
