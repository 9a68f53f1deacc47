"""The program itself, what its commands share, and how it says that something went wrong."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from typer.core import TyperGroup

from app import VERSION
from app.config import Settings, SettingsError, load_settings
from app.founding import make_ready
from app.kit.clock import Clock, system_clock
from app.kit.db import Database
from app.kit.errors import Problem
from app.kit.logs import set_up_logs
from app.kit.migrate import SchemaError
from app.lessons.indexing import Follower
from search import Index, SearchError, open_index

DONE, DONE_WITH_REJECTS, NOT_DONE = 0, 1, 2
say = Console(stderr=True, highlight=False)


class _Spoken(TyperGroup):
    """Says a refusal in a sentence, without a traceback, and ends with status 2."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except (Problem, SettingsError, SchemaError, SearchError) as refusal:
            refuse(str(refusal))


program = typer.Typer(
    cls=_Spoken,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Commonplace: an organisation's memory. Learned once, known everywhere.",
)


def refuse(message: str) -> NoReturn:
    """Say why nothing was done, and end with status 2."""
    say.print(message, style="bold", markup=False, soft_wrap=True)
    raise typer.Exit(NOT_DONE)


def _show_version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"commonplace {VERSION}\n")
        raise typer.Exit


@program.callback()
def main(
    _version: bool = typer.Option(
        False, "--version", callback=_show_version, is_eager=True, help="Show the version."
    ),
) -> None:
    """Settings come from COMMONPLACE_* variables or a .env file; docs/settings.md lists them."""


@dataclass(frozen=True, slots=True)
class OpenHouse:
    """What a command works with."""

    settings: Settings
    database: Database
    index: Index
    clock: Clock

    @property
    def follower(self) -> Follower:
        return Follower(self.database, self.index, self.clock)


@contextmanager
def open_house(**given: Any) -> Iterator[OpenHouse]:
    """The database at its newest schema and the index, closed afterwards."""
    settings = load_settings(**given)
    set_up_logs(level="warning", form="console")
    database = Database(settings.database)
    try:
        make_ready(settings, database, now=system_clock())
        index = open_index(settings.index_folder)
        try:
            yield OpenHouse(settings, database, index, system_clock)
        finally:
            index.close()
    finally:
        database.close()


@contextmanager
def progress_bar(words: str, total: int | None) -> Iterator[Callable[[int], None]]:
    """A bar on standard error; the block calls it with how many are done."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=say, transient=not say.is_terminal) as bars:
        task = bars.add_task(words, total=total)
        yield lambda count: bars.update(task, completed=count)
