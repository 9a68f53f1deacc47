"""Files made by hand, imported into a house and exported from it; what the house then holds."""

import csv
import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from sqlmodel import select

from app.kit.clock import Clock
from app.kit.db import Database
from app.lessons.content import content_of
from app.lessons.models import Lesson
from app.lessons.schemas import LessonInput
from app.people.models import Person
from app.transfer.columns import map_by_hand, suggest_mapping
from app.transfer.date_columns import learn_dates
from app.transfer.facts import Rejection
from app.transfer.files.sources import open_source
from app.transfer.importing import Importer, Summary
from app.transfer.rejects import RejectsFile

Row = dict[str, Any]


def table(path: Path, rows: Sequence[Row]) -> Path:
    """A CSV file with these rows; columns in the order in which they are first met."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
    return path


def lines(path: Path, rows: Sequence[Row]) -> Path:
    """A JSON Lines file with these rows."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def row(number: int, **more: Any) -> Row:
    """A whole row, told from others by its number."""
    return {
        "id": f"R-{number}",
        "title": f"Title {number}",
        "lesson": f"We learned {number}.",
    } | more


def bring(
    database: Database,
    clock: Clock,
    path: Path,
    *,
    choices: Iterable[str] = (),
    by: Person | None = None,
    create_teams: bool = False,
    rejects: Path | None = None,
    progress: Callable[[int], None] = lambda _count: None,
) -> tuple[Summary, list[Rejection]]:
    """Import a file; what became of its rows adds up."""
    rejected: list[Rejection] = []
    with open_source(path) as source:
        mapping, _ = learn_dates(
            map_by_hand(suggest_mapping(source.columns), choices), source.rows()
        )
        importer = Importer(
            database,
            clock,
            source,
            mapping,
            by=by,
            create_teams=create_teams,
            on_reject=rejected.append,
            progress=progress,
        )
        summary = importer.run()
        if rejects:
            with RejectsFile(rejects, source.columns) as file:
                for rejection in rejected:
                    file.write(rejection)
    assert summary.rows == source.total
    assert summary.imported + summary.updated + summary.unchanged + summary.rejected == summary.rows
    assert summary.rejected == len(rejected)
    return summary, rejected


def counts(summary: Summary) -> tuple[int, int, int, int]:
    """Imported, updated, unchanged, rejected."""
    return summary.imported, summary.updated, summary.unchanged, summary.rejected


def held(database: Database) -> dict[str, LessonInput]:
    """The content of every lesson, by external id."""
    with database.reading() as session:
        lessons = session.exec(select(Lesson)).all()
        return {lesson.external_id or lesson.id: content_of(session, lesson) for lesson in lessons}


def lesson_called(database: Database, title: str) -> Lesson:
    with database.reading() as session:
        return session.exec(select(Lesson).where(Lesson.title == title)).one()
