"""What tests of the JSON API share: its root, the error form, a count of questions asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from httpx2 import Response
from sqlalchemy import event

from tests.house_fixture import House

API = "/api/v1"
SHORT = {"kind": "failure", "title": "Loose screws", "lesson": "They came loose in a week."}


def error_of(response: Response) -> dict[str, Any]:
    """The error in its one form."""
    body = response.json()
    assert set(body) == {"error"}
    assert set(body["error"]) == {"code", "message", "fields"}
    assert body["error"]["message"]
    return body["error"]


@contextmanager
def questions(house: House) -> Iterator[list[str]]:
    """Every statement that the database is asked meanwhile."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK")):
            asked.append(statement)

    engine = house.database.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)
