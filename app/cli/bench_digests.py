"""`commonplace bench digests`: how long the digests of a large organisation take."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from app.bench.digests.measuring import DigestBench
from app.cli.bench_figures import write_figures
from app.cli.program import progress_bar, say


def add_to(group: typer.Typer) -> None:
    group.command("digests")(digests)


def digests(
    lessons: Annotated[int, typer.Option(help="Number of lessons.", min=1)] = 10_000,
    teams: Annotated[int, typer.Option(help="Number of teams.", min=5)] = 500,
    uses: Annotated[int, typer.Option(help="Uses in twelve months.", min=50)] = 100_000,
    json_: Annotated[
        Path | None, typer.Option("--json", help="Write all figures to this file.")
    ] = None,
) -> None:
    """Compile a month's digest for one team, and for everybody, in a made-up organisation."""
    with progress_bar("Digests", None) as bar:
        bench = DigestBench(lessons, teams, uses, say.print, lambda done, _total: bar(done))
        figures = bench.run()
    table = Table("", "by the clock", "of the processor")
    for name in ("one_team", "one_division", "one_above_all", "all"):
        took = figures[name]
        table.add_row(name.replace("_", " "), f"{took['seconds']} s", f"{took['cpu_seconds']} s")
    console = Console(file=sys.stdout)
    console.print(table)
    memory = figures["memory"]
    if memory["peak_mb"] is not None:
        console.print(
            f"{figures['all']['digests']:,} digests kept; memory {memory['before_mb']} MB before, "
            f"{memory['peak_mb']} MB at most."
        )
    write_figures(json_, {"lessons": lessons, "teams": teams, "uses": uses, **figures})
