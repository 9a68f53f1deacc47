"""What leaves one house by a file arrives in another as the same lessons."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select

from app.kit.db import Database
from app.lessons.access import reader
from app.lessons.bring_in import bring_in
from app.lessons.content import content_of
from app.lessons.models import Lesson, RetirementReason, State
from app.lessons.revise import retire
from app.lessons.schemas import LessonInput
from app.people.models import Person, Team
from app.transfer.exported import ExportedLesson
from app.transfer.exporting import how_many_to_export, lessons_to_export
from app.transfer.writers import write_csv, write_folder, write_jsonl, write_zip
from tests.cast import Cast
from tests.databases import Databases
from tests.house_fixture import House
from tests.transfer.house_files import bring, counts

BASE_URL = "https://commonplace.example"
FORMATS = {
    "lessons.csv": write_csv,
    "lessons.jsonl": write_jsonl,
    "lessons": write_folder,
    "lessons.zip": write_zip,
}
EVERYTHING: dict[str, Any] = {
    "context": "Line 1\n\n- a list\n- of two",
    "expected": "It holds, 100 %",
    "happened": '=SUM(A1) "quoted"; with, commas',
    "why": "No check\n\n## Heading inside",
    "cause_type": "process",
    "recommendation": "Torque twice. 이중 확인.",
    "applies_when": "Vibration",
    "not_when": "'=Glued",
    "topics": ["Fasteners", "Power, electric", "a|b"],
    "occurred_on": "2024-02-29",
    "external_id": "INV-1",
    "source_url": "https://example.org/a?b=c",
}


@dataclass
class SecondHouse:
    """Another memory, empty, of the same people; it has no team called Pumps."""

    database: Database


@pytest.fixture
def second(databases: Databases, tmp_path: Path) -> Iterator[SecondHouse]:
    folder = tmp_path / "second"
    folder.mkdir()
    database = Database(databases.copy(folder))
    with database.writing() as session:
        pumps = session.get_one(Team, databases.cast.pumps.id)
        pumps.name, pumps.key = "Hydraulics", "hydraulics"
    yield SecondHouse(database)
    database.close()


@pytest.fixture
def filled(house: House, cast: Cast) -> House:
    """One lesson of every sort."""
    house.post(cast.ada, "Loose screws", **EVERYTHING)
    house.clock.turn(days=1, minutes=7)
    house.post(cast.ben, "For the pumps alone", team="Pumps", visibility="team")
    protected = {"author_mode": "protected", "kind": "near_miss", "team": "Pumps"}
    house.post(cast.ada, "From somebody", **protected)
    house.post(cast.ada, "Not yet for anyone", visibility="draft")
    old = house.post(cast.ada, "No longer so", kind="experiment").lesson
    with house.database.writing() as session:
        retire(
            session,
            session.get_one(Lesson, old.id),
            RetirementReason.OBSOLETE,
            by=cast.ada,
            now=house.clock(),
        )
        content = LessonInput(kind="success", title="From elsewhere", lesson="Before we were.")
        bring_in(
            session,
            content,
            team=None,
            author=None,
            posted_at=datetime.fromisoformat("2019-03-04T05:06:07.891+00:00"),
            by=None,
            now=house.clock(),
        )
    return house


def exported(house: House, path: Path, who: Person | None = None) -> int:
    with house.reading() as session:
        lessons = lessons_to_export(
            session, who=reader(session, who) if who else None, base_url=BASE_URL
        )
        return FORMATS[path.name](lessons, path)


def all_of_export(session: Session, who: Person | None = None) -> list[ExportedLesson]:
    return list(
        lessons_to_export(session, who=reader(session, who) if who else None, base_url=BASE_URL)
    )


def told(database: Database) -> dict[str, tuple[object, ...]]:
    """What each posted lesson says, by title."""
    with database.reading() as session:
        return {
            lesson.title: (
                content_of(session, lesson).model_dump(exclude={"external_id"}),
                lesson.author_id,
                lesson.posted_at,
                lesson.is_retired,
            )
            for lesson in session.exec(select(Lesson).where(Lesson.state != State.DRAFT))
        }


@pytest.mark.parametrize("name", FORMATS)
def test_an_export_arrives_in_a_second_house_as_the_same_lessons(
    filled: House, second: SecondHouse, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    assert exported(filled, path) == 5
    before = told(filled.database)
    assert len(before) == 5
    summary, _ = bring(second.database, filled.clock, path, create_teams=True)
    assert counts(summary) == (5, 0, 0, 0)
    assert not summary.notes
    assert told(second.database) == before
    again, _ = bring(second.database, filled.clock, path, create_teams=True)
    assert counts(again) == (0, 0, 5, 0)


@pytest.mark.parametrize("name", FORMATS)
def test_an_export_brought_back_changes_nothing(filled: House, tmp_path: Path, name: str) -> None:
    exported(filled, tmp_path / name)
    summary, _ = bring(filled.database, filled.clock, tmp_path / name)
    assert counts(summary) == (0, 0, 5, 0)


@pytest.mark.parametrize("name", FORMATS)
def test_neither_drafts_nor_protected_authors_are_in_an_export(
    filled: House, cast: Cast, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    exported(filled, path)
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    everything = b"".join(file.read_bytes() for file in files)
    assert b"Not yet for anyone" not in everything
    with filled.reading() as session:
        lessons = {lesson.title: lesson for lesson in all_of_export(session)}
    protected = lessons["From somebody"]
    assert protected.author == ""
    assert cast.ada.email not in "".join(protected.cells())
    assert "claim" not in " ".join(protected.record())


def test_a_reader_exports_only_what_they_may_read(filled: House, cast: Cast) -> None:
    with filled.reading() as session:
        for who, some in ((cast.ben, True), (cast.mara, True), (cast.otto, False)):
            titles = {lesson.title for lesson in all_of_export(session, who)}
            assert ("For the pumps alone" in titles) is some
            assert "Not yet for anyone" not in titles
            assert len(titles) == how_many_to_export(session, who=reader(session, who))


def test_lessons_are_exported_oldest_first(filled: House) -> None:
    with filled.reading() as session:
        posted = [lesson.posted_at for lesson in all_of_export(session)]
    assert posted == sorted(posted)  # type: ignore[type-var]
    assert len(posted) == 5


def test_an_edit_reaches_the_second_house_as_a_revision(
    filled: House, second: SecondHouse, cast: Cast, tmp_path: Path
) -> None:
    path = tmp_path / "lessons.jsonl"
    exported(filled, path)
    bring(second.database, filled.clock, path, create_teams=True)
    edited = path.read_text().replace("Torque twice.", "Torque three times.")
    path.write_text(edited)
    summary, _ = bring(second.database, filled.clock, path, create_teams=True)
    assert counts(summary) == (0, 1, 4, 0)
    with second.database.reading() as session:
        lesson = session.exec(select(Lesson).where(Lesson.title == "Loose screws")).one()
    assert (lesson.revision, lesson.external_id) == (2, "INV-1")
    assert lesson.recommendation.startswith("Torque three times.")
