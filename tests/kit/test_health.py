"""Whether the program lives and can work, and what it measures."""

import shutil
from pathlib import Path

from fastapi.testclient import TestClient
from sqlmodel import select

from app.config import Settings
from app.events.models import Delivery
from app.main import create_app
from search import EVERYONE, Query
from tests.house_fixture import House


def test_a_live_process_says_so_to_anybody(house: House) -> None:
    answer = house.stranger().get("/health/live")
    assert (answer.status_code, answer.text) == (200, "live\n")


def test_it_is_ready_when_database_and_index_answer(house: House) -> None:
    answer = house.stranger().get("/health/ready")
    expected = {"database": True, "index": True, "status": "ready", "reason": None}
    assert (answer.status_code, answer.json()) == (200, expected)


def test_whoever_is_concerned_hears_of_what_is_written_in_the_first_moments(house: House) -> None:
    """A server that is ready has asked for the events that its jobs react to."""
    with TestClient(house.app, base_url="http://127.0.0.1:8000"):
        house.post(house.cast.ada, "Posted before any job was started")
    with house.reading() as session:
        owed = set(session.exec(select(Delivery.subscriber)))
    assert owed >= {"notifications", "watching"}


def test_a_database_that_cannot_be_reached_is_named(tmp_path: Path) -> None:
    settings = Settings(
        _env_file=None,
        data_dir=tmp_path / "data",
        run_worker=False,
        database_url="postgresql://nobody@127.0.0.1:1/none?connect_timeout=1",
    )
    app = create_app(settings)
    with TestClient(app) as client:
        answer = client.get("/health/ready")
        assert client.get("/health/live").status_code == 200
    assert answer.status_code == 503
    assert (answer.json()["database"], answer.json()["status"]) == (False, "down")


def test_without_the_index_it_is_degraded_not_down(house: House, settings: Settings) -> None:
    shutil.rmtree(settings.index_folder)
    answer = house.stranger().get("/health/ready")
    found = answer.json()
    assert (answer.status_code, found["status"], found["index"]) == (200, "degraded", False)
    assert "being mended" in found["reason"]


def test_a_model_that_cannot_be_used_is_told_and_takes_nothing_down(
    settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "model").mkdir()
    app = create_app(settings.model_copy(update={"meaning_model": tmp_path / "model"}))
    with TestClient(app) as client:
        app.state.index.search(Query(text="pump", audiences=frozenset({EVERYONE})))
        answer = client.get("/health/ready")
    found = answer.json()
    assert (answer.status_code, found["status"], found["meaning"]) == (200, "degraded", False)
    assert "words alone" in found["reason"]


def test_measurements_are_given_only_where_that_is_set(house: House, settings: Settings) -> None:
    assert house.stranger().get("/metrics").status_code == 404
    measured = create_app(settings.model_copy(update={"metrics": True}))
    with TestClient(measured) as client:
        client.get("/lessons/7k2m9qxw4t8n3vbd", follow_redirects=False)
        text = client.get("/metrics").text
    assert 'route="/lessons/{lesson_id}"' in text
    assert "7k2m9qxw4t8n3vbd" not in text
