"""Acts on lessons as short sentences, each in a transaction of its own."""

from pathlib import Path
from typing import Any

from app.lessons.capture import Posted
from app.lessons.content import content_of
from app.lessons.models import Lesson, RetirementReason
from app.lessons.revise import edit, restore, retire
from app.lessons.schemas import LessonInput
from app.people.models import Person
from search import Index
from tests.house_fixture import House


def written(**given: Any) -> LessonInput:
    """A lesson as somebody writes it."""
    facts = {"kind": "failure", "title": "A title", "lesson": "What was learned."}
    return LessonInput.model_validate(facts | given)


def change(
    house: House,
    lesson_id: str,
    *,
    by: Person,
    revision: int | None = None,
    claim_code: str = "",
    **changes: Any,
) -> Posted:
    """Edit some fields, as read at `revision` (the newest by default)."""
    with house.database.writing() as session:
        lesson = session.get_one(Lesson, lesson_id)
        content = content_of(session, lesson).model_dump() | changes
        return edit(
            session,
            lesson,
            LessonInput.model_validate(content),
            by=by,
            revision=lesson.revision if revision is None else revision,
            now=house.clock(),
            claim_code=claim_code,
        )


def retired(house: House, lesson_id: str, *, by: Person, note: str = "") -> None:
    with house.database.writing() as session:
        lesson = session.get_one(Lesson, lesson_id)
        retire(session, lesson, RetirementReason.OBSOLETE, note=note, by=by, now=house.clock())
    house.follow()


def restored(house: House, lesson_id: str, *, by: Person) -> None:
    with house.database.writing() as session:
        restore(session, session.get_one(Lesson, lesson_id), by=by, now=house.clock())
    house.follow()


def kept(house: House, lesson_id: str) -> Lesson:
    """The row as it is now."""
    with house.reading() as session:
        return session.get_one(Lesson, lesson_id)


def spoil(index: Index, folder: Path) -> None:
    """Overwrite what an index has on disk."""
    index.close()
    for file in folder.rglob("*"):
        if file.is_file() and file.suffix in (".seg", ".toc"):
            file.write_bytes(b"\x00" * file.stat().st_size)
