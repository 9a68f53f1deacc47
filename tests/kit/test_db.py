"""Which requests get a transaction that may write."""

from starlette.requests import Request

from app.auth.tokens import Scope
from app.kit.db import only_reads, writes
from tests.house_fixture import House


@only_reads
def _asks_by_post() -> None: ...


def _changes() -> None: ...


def _request(method: str, door: object) -> Request:
    return Request({"type": "http", "method": method, "endpoint": door, "headers": []})


def test_a_door_that_only_reads_asks_for_no_right_to_write() -> None:
    assert not writes(_request("POST", _asks_by_post))
    assert writes(_request("POST", _changes))
    assert not writes(_request("GET", _changes))


def test_similar_lessons_are_found_while_somebody_else_writes(house: House) -> None:
    posted = house.post(house.cast.ada, "Loose screws let the inverter flicker")
    program = house.api(house.cast.ben, Scope.READ)
    program.get("/api/v1/me")  # the day of the token's use is kept before, not meanwhile
    with house.database.writing():
        found = program.post("/api/v1/similar", json={"title": "Loose screws in the inverter"})
    assert [lesson["id"] for lesson in found.json()["lessons"]] == [posted.lesson.id]
