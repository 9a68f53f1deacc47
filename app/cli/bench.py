"""`commonplace bench …`."""

import json
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from app import VERSION
from app.bench.product import Bench
from app.cli import bench_search
from app.cli.program import refuse, say

_group = typer.Typer(no_args_is_help=True, help="Measure speed on this machine.")


def add_to(program: typer.Typer) -> None:
    bench_search.add_to(_group)
    program.add_typer(_group, name="bench")


@_group.callback()
def bench() -> None:
    """Measure speed on this machine, in a memory of its own that is thrown away."""


@_group.command("product")
def product(
    sizes: Annotated[str, typer.Option(help="Numbers of lessons, comma between.")] = "2000,10000",
    workers: Annotated[int, typer.Option(help="Server processes.", min=1, max=16)] = 1,
    json_: Annotated[
        Path | None, typer.Option("--json", help="Write all figures to this file.")
    ] = None,
) -> None:
    """Start, post, post to found, search, pages: through a server, signed in."""
    wanted = tuple(int(size) for size in sizes.split(",") if size.strip().isdecimal())
    if not wanted:
        refuse("Give sizes as numbers with commas between, for example --sizes 2000,10000.")
    figures = Bench(wanted, workers, say.print).run()
    result = _about(workers) | {"sizes": figures}
    if json_:
        json_.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    _show(figures)


def _about(workers: int) -> dict[str, Any]:
    return {
        "version": VERSION,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}",
        "workers": workers,
    }


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
