"""`commonplace import` and `commonplace export`."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from app.cli.program import DONE_WITH_REJECTS, OpenHouse, open_house, progress_bar, refuse, say
from app.lessons.access import reader
from app.lessons.models import Kind
from app.people.directory import person_with_email
from app.people.models import Person
from app.transfer.columns import Mapping, map_by_hand, suggest_mapping
from app.transfer.date_columns import learn_dates
from app.transfer.exported import ExportedLesson
from app.transfer.exporting import how_many_to_export, lessons_to_export
from app.transfer.files.rows import Source
from app.transfer.files.sources import open_source
from app.transfer.importing import Importer, Summary
from app.transfer.rejects import RejectsFile, rejects_path
from app.transfer.writers import write_csv, write_folder, write_jsonl, write_zip
from search import IndexBusy

_MOST_NOTES = 8


class Format(StrEnum):
    CSV = "csv"
    JSONL = "jsonl"
    MARKDOWN = "markdown"
    ZIP = "zip"


_WRITERS = {
    Format.CSV: write_csv,
    Format.JSONL: write_jsonl,
    Format.MARKDOWN: write_folder,
    Format.ZIP: write_zip,
}
_ENDINGS = {".csv": Format.CSV, ".jsonl": Format.JSONL, ".zip": Format.ZIP}


def add_to(program: typer.Typer) -> None:
    program.command("import")(import_file)
    program.command("export")(export)


def import_file(
    file: Annotated[
        Path, typer.Argument(help="CSV, JSON Lines, xlsx, or a folder or zip of Markdown.")
    ],
    map_: Annotated[
        list[str] | None,
        typer.Option("--map", help='Which column feeds which field: "COLUMN=FIELD"; - leaves out.'),
    ] = None,
    kind: Annotated[Kind | None, typer.Option(help="Kind of rows that say none.")] = None,
    id_prefix: Annotated[str, typer.Option(help="Put before each external id.")] = "",
    by: Annotated[str, typer.Option(help="E-mail address of whoever imports.")] = "",
    create_teams: Annotated[bool, typer.Option(help="Make teams that the file names.")] = False,
    rejects: Annotated[
        Path | None, typer.Option(help="Where rejected rows are written; beside FILE by default.")
    ] = None,
    dry_run: Annotated[bool, typer.Option(help="Show the columns and their use only.")] = False,
) -> None:
    """Import lessons. Again gives updates, not doubles; rejected rows are written to a file."""
    where = rejects or rejects_path(file)
    with open_source(file) as source:
        mapping = _mapping(source, map_ or [], kind, id_prefix)
        _say_mapping(source, mapping)
        if mapping.missing():
            refuse(mapping.missing())
        if dry_run:
            return
        with open_house() as house:
            summary = _run(house, where, source, mapping, by, create_teams)
            _follow(house)
    _say_summary(summary)
    if summary.rejected:
        say.print(
            f"The rejected rows, each with its reason, are in {where}. "
            "Mend them there and import that file.",
            markup=False,
            soft_wrap=True,
        )
        raise typer.Exit(DONE_WITH_REJECTS)


def export(
    file: Annotated[Path, typer.Argument(help="File to write; for Markdown a folder.")],
    format_: Annotated[
        Format | None, typer.Option("--format", help="By the file's ending when left out.")
    ] = None,
    as_: Annotated[
        str, typer.Option("--as", help="Only what the person with this e-mail address may read.")
    ] = "",
) -> None:
    """Write the lessons to a file that imports back. Drafts and protected authors are not in it."""
    wanted = (
        format_
        or _ENDINGS.get(file.suffix.lower())
        or (
            refuse(f"Say which format: --format {'|'.join(Format)}.")
            if file.suffix
            else Format.MARKDOWN
        )
    )
    with open_house() as house, house.database.reading() as session:
        person = _person(house, as_)
        who = reader(session, person) if person else None
        lessons = lessons_to_export(session, who=who, base_url=house.settings.base_url)
        with progress_bar("Exporting", how_many_to_export(session, who=who)) as progress:
            try:
                count = _WRITERS[wanted](_counted(lessons, progress), file)
            except OSError as error:
                refuse(f"Cannot write “{file}”: {error.strerror}.")
    lessons_in_words = "1 lesson" if count == 1 else f"{count:,} lessons"
    say.print(f"{lessons_in_words} written to {file}.", markup=False, soft_wrap=True)


def _counted(
    lessons: Iterator[ExportedLesson], progress: Callable[[int], None]
) -> Iterator[ExportedLesson]:
    for count, lesson in enumerate(lessons, start=1):
        progress(count)
        yield lesson


def _mapping(source: Source, choices: list[str], kind: Kind | None, prefix: str) -> Mapping:
    mapping = map_by_hand(suggest_mapping(source.columns, prefix), choices)
    mapping, notes = learn_dates(replace(mapping, default_kind=kind), source.rows())
    for note in (*source.notes, *notes):
        say.print(note, markup=False, soft_wrap=True)
    return mapping


def _run(
    house: OpenHouse, where: Path, source: Source, mapping: Mapping, by: str, create_teams: bool
) -> Summary:
    with (
        RejectsFile(where, source.columns) as rejects,
        progress_bar("Importing", source.total) as progress,
    ):
        importer = Importer(
            house.database,
            house.clock,
            source,
            mapping,
            by=_person(house, by),
            create_teams=create_teams,
            on_reject=rejects.write,
            progress=progress,
        )
        return importer.run()


def _follow(house: OpenHouse) -> None:
    """Index what was imported; a server that runs does it too, and then there is nothing to do."""
    follower = house.follower
    try:
        with progress_bar("Indexing", None) as progress:
            # What is owed by deliveries first; then nothing but the rest differs.
            while follower.step():
                pass
            follower.start(progress)
    except IndexBusy:
        say.print("The server is indexing what was imported.")


def _person(house: OpenHouse, email: str) -> Person | None:
    if not email:
        return None
    with house.database.reading() as session:
        return person_with_email(session, email) or refuse(
            f"There is nobody with the address {email}."
        )


def _say_mapping(source: Source, mapping: Mapping) -> None:
    say.print(f"{source.format}: {source.total:,} rows.", markup=False)
    for column, field in mapping.fields.items():
        say.print(f"  {column[:60]} → {field}", markup=False, soft_wrap=True)
    if mapping.ignored:
        say.print(
            f"  Not imported: {', '.join(c[:60] for c in mapping.ignored)}",
            markup=False,
            soft_wrap=True,
        )


def _say_summary(summary: Summary) -> None:
    for note, count in summary.notes.most_common(_MOST_NOTES):
        say.print(f"  {count:,} × {note}", markup=False, soft_wrap=True)
    if len(summary.notes) > _MOST_NOTES:
        say.print(f"  and {len(summary.notes) - _MOST_NOTES} more kinds of notes")
    say.print(summary.in_words(), style="bold", markup=False)
