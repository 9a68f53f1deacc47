"""A protected author: shown a code once, changes the lesson with it, and stands nowhere."""

from pathlib import Path

import sqlalchemy as sa
from sqlmodel import SQLModel

import app.tables  # noqa: F401  every table is looked into
from app.people.models import Person
from tests.journeys.conftest import Arrive
from tests.journeys.things import posted
from tests.journeys.visitor import Visitor, lesson_fields
from tests.serving import Place, serving

_NEAR_BYTES = 2_000


def _begin(author: Visitor, **fields: str) -> str:
    """Begin a draft under one's name, and go on as a protected author; the draft's id."""
    author.go("/lessons/new")
    author.fill(**lesson_fields(**fields), visibility="organisation")
    author.press("Keep as a draft")
    author.sees("Only you can see them.")
    author.press(lesson_fields(**fields)["title"])
    draft_id = author.path.rpartition("=")[2]
    author.fill(author_mode="protected")
    author.sees("Kept in this tab only, because nothing may lead to you.")
    return draft_id


def _post_protected(author: Visitor) -> tuple[str, str]:
    """Begun as a draft, then posted: its address and its claim code."""
    _begin(author, title="Pay talks went wrong")
    author.press("Post the lesson")
    author.sees("Only this code shows that it is yours")
    author.sees("protected author")
    code = author.main.locator("code").inner_text()
    return author.path, code


def _claim_and_edit(author: Visitor, url: str, code: str) -> None:
    author.press("I wrote this")
    author.fill(claim_code="aaaa-bbbb-cccc-dddd-eeee")
    author.press("Go on")
    author.sees("This is not the code")
    author.fill(claim_code=code)
    author.press("Go on")
    author.sees("You can change this lesson for an hour")
    author.press("Edit")
    author.fill(lesson="Say the number first, and say it plainly.")
    author.press("Save the changes")
    author.sees("Say the number first")


def _marks(person: Person) -> list[str]:
    return [person.id, person.name, person.email]


def _rows_about(place: Place, lesson_id: str) -> list[str]:
    """Every row of every table in which the lesson's id stands."""
    with place.database() as database, database.reading() as session:
        rows = [
            f"{table.name}: {row!r}"
            for table in SQLModel.metadata.sorted_tables
            for row in session.connection().execute(sa.select(table))
        ]
    return [row for row in rows if lesson_id in row]


def _near(content: bytes, lesson_id: str) -> bytes:
    """What stands close to the lesson's id in a file."""
    mark, near, at = lesson_id.encode(), b"", content.find(lesson_id.encode())
    while at >= 0:
        near += content[max(0, at - _NEAR_BYTES) : at + _NEAR_BYTES]
        at = content.find(mark, at + 1)
    return near


def test_nothing_leads_from_a_protected_lesson_to_its_author(place: Place, arrive: Arrive) -> None:
    ada = place.cast.ada
    with serving(place, forked=True) as server:
        author, reader = arrive(server, ada), arrive(server, place.cast.otto)
        url, code = _post_protected(author)
        elsewhere = arrive(server, ada)
        elsewhere.go(url)
        _claim_and_edit(elsewhere, url, code)
        reader.finds("number first plainly", "Pay talks went wrong")
        for path in (
            url,
            f"{url}/history",
            f"{url}/history/1",
            "/",
            "/lessons",
            f"/people/{ada.id}",
            "/search?q=pay+talks",
        ):
            reader.go(path)
            lines = [
                li
                for li in reader.main.locator("li, article, header").all_inner_texts()
                if "Pay talks" in li
            ]
            assert not [line for line in lines if ada.name in line], path
        assert code not in reader.page.content()
        author.go("/my/lessons")
        assert "Pay talks" not in author.text
    lesson_id = url.rpartition("/")[2]
    _stands_nowhere(place, server.log, lesson_id, code, _marks(ada))


def _stands_nowhere(place: Place, log: Path, lesson_id: str, code: str, marks: list[str]) -> None:
    rows = _rows_about(place, lesson_id)
    assert any(row.startswith("lesson: ") for row in rows)
    assert any(row.startswith("lesson_version: ") for row in rows)
    for row in rows:
        assert not [mark for mark in marks if mark in row], row
        assert code not in row
    index = [file for file in (place.folder / "data" / "index").rglob("*") if file.is_file()]
    assert index
    for file in index:
        near = _near(file.read_bytes(), lesson_id)
        assert not [mark for mark in marks if mark.encode() in near], file
    said = log.read_text()
    assert lesson_id not in said
    assert code not in said
    for file in place.folder.glob("*.db*"):
        assert code.encode() not in file.read_bytes(), file


def test_the_draft_is_erased_from_the_file_itself(place: Place, arrive: Arrive) -> None:
    with serving(place, forked=True) as server:
        author = arrive(server, place.cast.ada)
        draft_id = _begin(author, lesson="An unmistakable okapi.")
        author.press("Post the lesson")
        author.sees("Only this code shows that it is yours")
    assert _rows_about(place, draft_id) == []
    for file in place.folder.glob("*.db"):
        near = _near(file.read_bytes(), "An unmistakable okapi.")
        assert place.cast.ada.id.encode() not in near
        assert draft_id.encode() not in file.read_bytes()


def test_an_answer_with_the_claim_code_leads_to_nobody(place: Place, arrive: Arrive) -> None:
    ada = place.cast.ada
    told = posted(place, ada, "Pay talks went wrong", author_mode="protected")
    url, code = f"/lessons/{told.lesson.id}", told.claim_code or ""
    with serving(place, forked=True) as server:
        author, reader = arrive(server, ada), arrive(server, place.cast.otto)
        reader.go(url)
        reader.sees("The author is protected, so nobody can pass your question on.")
        reader.fill(text="Which number should one say first?")
        reader.press("Ask")
        reader.sees("Otto Example asked")
        author.go(url)
        author.press("I wrote this")
        author.fill(claim_code=code)
        author.press("Go on")
        author.main.locator("summary", has_text="Answer").click()
        author.sees("Your answer carries no name and the day alone")
        author.main.locator("details[open] textarea").fill("The one with the highest quokka.")
        author.press("Give the answer")
        author.sees("The author answered today")
        reader.go(url)
        reader.sees("The one with the highest quokka.")
        assert ada.name not in reader.text
        reader.finds("pay talks", "Pay talks went wrong")
    _stands_nowhere(place, server.log, told.lesson.id, code, _marks(ada))
    (answer,) = [row for row in _rows_about(place, "highest quokka") if "answer: " in row]
    (event,) = [row for row in _rows_about(place, "answer.given") if "event: " in row]
    for row in (answer, event):
        assert not [mark for mark in (*_marks(ada), code) if mark in row], row
        assert ", 0, 0, tzinfo" in row, "dated by its day"
    question_id = answer.split("'")[3]
    assert not [row for row in _rows_about(place, question_id) if ada.id in row]
