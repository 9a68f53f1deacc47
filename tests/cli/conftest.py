"""The program as a person runs it, on a folder of its own."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import structlog
from sqlmodel import Session
from typer.testing import CliRunner, Result

from app.cli import program
from app.kit.db import Database
from tests.databases import Databases


@dataclass
class Terminal:
    """Runs commands with settings from the environment alone; standard output and error apart."""

    environment: dict[str, str]
    database_url: str
    folder: Path

    def run(self, *words: str | Path, status: int = 0, **more: Any) -> Result:
        """Run `commonplace WORDS…`; its exit status must be `status`."""
        arguments = [str(word) for word in words]
        result = CliRunner().invoke(
            program, arguments, env=self.environment, catch_exceptions=False, **more
        )
        assert result.exit_code == status, f"{result.stdout}\n{result.stderr}"
        return result

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A look into the database that the commands work on."""
        database = Database(self.database_url)
        try:
            with database.reading() as session:
                yield session
        finally:
            database.close()


@pytest.fixture(autouse=True)
def _logs_as_before() -> Iterator[None]:
    """A command sets up the logs of its process; here that is the process of every other test."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture
def empty_terminal(
    databases: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Terminal:
    """Nothing is there yet."""
    return _terminal(databases.empty(tmp_path), tmp_path, monkeypatch)


@pytest.fixture
def terminal(databases: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """The cast is there."""
    return _terminal(databases.copy(tmp_path), tmp_path, monkeypatch)


def _terminal(url: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    # Away from any .env of the checkout.
    monkeypatch.chdir(folder)
    environment = {
        "COMMONPLACE_DATA_DIR": str(folder / "data"),
        "COMMONPLACE_DATABASE_URL": url,
        "TERM": "dumb",
    }
    return Terminal(environment, url, folder)
