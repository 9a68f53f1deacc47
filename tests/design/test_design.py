"""The living page of the look: everything is on it, and only those who develop see it."""

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.config import Settings
from app.design.specimens import COLOURS, SECTIONS, SIZES
from app.kit.resources import STATIC
from app.main import create_app
from tests.databases import Databases
from tests.house_fixture import House

_TOKENS = (STATIC / "css/tokens.css").read_text(encoding="utf-8")


@pytest.fixture
def design(databases: Databases, tmp_path: Path) -> str:
    settings = Settings(
        _env_file=None,
        data_dir=tmp_path,
        database_url=databases.copy(tmp_path),
        run_worker=False,
        development=True,
    )
    with TestClient(create_app(settings)) as client:
        answer = client.get("/design")
    assert answer.status_code == 200
    return answer.text


def test_every_section_colour_and_size_is_shown(design: str) -> None:
    shown = set(re.findall(r'aria-labelledby="([\w-]+)"', design))
    assert {name for name, _ in SECTIONS} <= shown
    for name, _ in COLOURS:
        assert f"--{name}:" in _TOKENS
        assert f"swatch--{name}" in design
    for name, _ in SIZES:
        assert f"--{name}:" in _TOKENS
        assert f"scale--{name}" in design


def test_no_size_that_type_is_set_in_is_left_out() -> None:
    assert set(re.findall(r"--(size-\w+):", _TOKENS)) == {name for name, _ in SIZES}


def test_without_development_mode_there_is_no_such_page(house: House) -> None:
    assert house.stranger().get("/design").status_code == 404
