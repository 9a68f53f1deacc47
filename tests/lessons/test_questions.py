"""Pages ask the database a few questions, however much there is to show."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from app.people.models import Role
from tests.house_fixture import House
from tests.lessons.acting import retired

MOST = 8


@contextmanager
def counted(house: House) -> Iterator[list[str]]:
    """The statements sent to the database within the block."""
    said: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")):
            said.append(statement)

    sa.event.listen(house.database.engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        sa.event.remove(house.database.engine, "before_cursor_execute", note)


def _fill(house: House, count: int) -> str:
    posted = [
        house.post(
            by,
            f"Lesson {number} of {by.name}",
            team=team,
            topics=[f"topic {number}", f"matter {number % 3}"],
        )
        for number in range(count)
        for by, team in ((house.cast.ada, "Pumps"), (house.cast.otto, "Sales"))
    ]
    return posted[0].lesson.id


@pytest.mark.parametrize("person", ["ada", "mara"])
@pytest.mark.parametrize(
    "url",
    [
        "/",
        "/lessons",
        "/lessons?page=2",
        "/search",
        "/search?q=lesson",
        "/my/lessons",
        "/lessons/{id}",
        "/lessons/{id}/history",
        "/lessons/{id}/edit",
        "/lessons/new",
    ],
)
def test_a_page_asks_at_most_eight_questions_whatever_its_length(
    house: House, url: str, person: str
) -> None:
    browser = house.browser(house.cast.people[person])
    with house.database.writing() as session:  # so that the manager may edit, too
        session.merge(house.cast.mara).role = Role.CURATOR
    lesson_id = _fill(house, 2)
    browser.get("/help")  # the first visit of the hour notes itself
    with counted(house) as few:
        assert browser.get(url.format(id=lesson_id)).status_code == 200
    _fill(house, 8)
    with counted(house) as many:
        assert browser.get(url.format(id=lesson_id)).status_code == 200
    assert len(many) <= max(len(few), MOST), "\n".join(many)
    assert len(many) <= MOST, "\n".join(many)


def test_a_retired_lesson_is_read_with_at_most_eight_questions(house: House) -> None:
    lesson_id = _fill(house, 1)
    retired(house, lesson_id, by=house.cast.ada)
    browser = house.browser(house.cast.mara)
    browser.get("/help")
    with counted(house) as said:
        assert "Retired on" in browser.get(f"/lessons/{lesson_id}").text
    assert len(said) <= MOST, "\n".join(said)
