"""`commonplace bench …`."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from app.bench.attack import Attack
from app.bench.product import Bench
from app.cli import bench_briefs, bench_digests, bench_search
from app.cli.bench_figures import sizes_in, write_figures
from app.cli.program import say

_group = typer.Typer(no_args_is_help=True, help="Measure speed on this machine.")


def add_to(program: typer.Typer) -> None:
    bench_search.add_to(_group)
    bench_briefs.add_to(_group)
    bench_digests.add_to(_group)
    program.add_typer(_group, name="bench")


@_group.callback()
def bench() -> None:
    """Measure speed on this machine, in a memory of its own that is thrown away."""


@_group.command("product")
def product(
    sizes: Annotated[str, typer.Option(help="Numbers of lessons, comma between.")] = "2000,8000",
    workers: Annotated[int, typer.Option(help="Server processes.", min=1, max=16)] = 1,
    json_: Annotated[
        Path | None, typer.Option("--json", help="Write all figures to this file.")
    ] = None,
) -> None:
    """Start, post, post to found, search, pages: through a server, signed in."""
    figures = Bench(sizes_in(sizes), workers, say.print).run()
    write_figures(json_, {"workers": workers, "sizes": figures})
    _show(figures)


@_group.command("attack")
def attack(
    lessons: Annotated[int, typer.Option(help="Number of lessons.", min=1)] = 8000,
    workers: Annotated[int, typer.Option(help="Server processes.", min=1, max=16)] = 1,
    seconds: Annotated[float, typer.Option(help="How long each half lasts.", min=0.1)] = 15,
    json_: Annotated[
        Path | None, typer.Option("--json", help="Write all figures to this file.")
    ] = None,
) -> None:
    """Four people loop the worst searches; what somebody who works notices of it."""
    figures = Attack(lessons, workers, seconds, say.print).run()
    write_figures(json_, {"lessons": lessons, "workers": workers, **figures})
    table = Table("", f"{lessons:,} lessons, workers: {workers}")
    for name, value in figures.items():
        table.add_row(name.replace("_", " "), _cell(value))
    Console(file=sys.stdout).print(table)


def _show(figures: dict[str, Any]) -> None:
    table = Table("", *(f"{int(size):,} lessons" for size in figures))
    for name in next(iter(figures.values())):
        table.add_row(name.replace("_", " "), *(_cell(at[name]) for at in figures.values()))
    Console(file=sys.stdout).print(table)


def _cell(value: Any) -> str:
    if not isinstance(value, dict):
        return str(value)
    if "p50_ms" not in value:
        return ", ".join(f"{name} {amount}" for name, amount in value.items())
    shown = f"p50 {value['p50_ms']} ms, p95 {value['p95_ms']} ms"
    rate = value.get("requests_per_second")
    return f"{shown}, {rate}/s" if rate else shown
