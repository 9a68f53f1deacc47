"""When there is no room, what is sent is refused clearly, reading goes on, and room mends it."""

import sqlite3
from collections.abc import Callable

import pytest
from sqlalchemy import event

from app.kit.db import Database
from tests.calls import API, SHORT, error_of
from tests.house_fixture import House

Tell = Callable[[str], None]
FULL, ROOM = "PRAGMA max_page_count=1", "PRAGMA max_page_count=1000000"


@pytest.fixture
def tell(house: House) -> Tell:
    """Has SQLite do something whenever it is next asked, as to grow no more."""
    database: Database = house.database
    if database.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL's server fills a disk of its own; test_answers.py has its error")
    said = ROOM

    def say_it(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute(said)

    def tell(what: str) -> None:
        nonlocal said
        said = what

    event.listen(database.engine, "checkout", say_it)
    return tell


def test_without_room_a_post_is_refused_reading_goes_on_and_room_mends_it(
    house: House, tell: Tell
) -> None:
    house.post(house.cast.ada, "Loose screws")
    ada, browser = house.api(house.cast.ada), house.browser(house.cast.ada)
    long = SHORT | {"lesson": "There was no room. " * 4000, "title": "Long"}
    tell(FULL)
    answer = ada.post(f"{API}/lessons", json=long)
    assert (answer.status_code, error_of(answer)["code"]) == (507, "storage_full")
    assert answer.headers["Retry-After"] == "60"
    form = browser.send("/lessons", long | {"visibility": "organisation"})
    assert form.status_code == 507
    assert "no room left" in form.text
    assert ada.get(f"{API}/search", params={"q": "screws"}).json()["total"] == 1
    assert "Loose screws" in browser.get("/lessons").text
    tell(ROOM)
    assert ada.post(f"{API}/lessons", json=long).status_code == 201
    house.follow()
    assert ada.get(f"{API}/search", params={"q": "room"}).json()["total"] == 1


def test_reading_goes_on_when_not_even_the_use_of_a_token_can_be_noted(
    house: House, tell: Tell
) -> None:
    house.post(house.cast.ada, "Loose screws")
    ada, browser = house.api(house.cast.ada), house.browser(house.cast.ada)
    house.clock.turn(hours=2)
    tell("PRAGMA query_only=ON")
    assert ada.post(f"{API}/lessons", json=SHORT).status_code == 503
    assert ada.get(f"{API}/lessons").json()["total"] == 1
    assert "Loose screws" in browser.get("/lessons").text


def test_what_was_to_be_saved_does_not_stand_in_the_log(
    house: House, tell: Tell, capsys: pytest.CaptureFixture[str]
) -> None:
    tell(FULL)
    house.api(house.cast.ada).post(f"{API}/lessons", json=SHORT | {"lesson": "Quagga " * 9000})
    said = capsys.readouterr()
    assert "no room on the disk" in said.out + said.err
    assert "Quagga" not in said.out + said.err
    assert house.cast.ada.id not in said.out + said.err
