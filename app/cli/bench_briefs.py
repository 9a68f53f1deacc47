"""`commonplace bench briefs`: whether a plan of work meets its lessons, beside other engines."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from app.bench.briefs import report
from app.bench.briefs.comparison import tried
from app.bench.briefs.memories import FILES, sources_in
from app.bench.briefs.plans import PLANS, BadPlans, read_plans
from app.bench.briefs.speed import BriefSpeed
from app.bench.peers.loading import MEASURED, RANKING, NoSuchPeer, peers_named
from app.cli.bench_figures import sizes_in, write_figures
from app.cli.program import refuse, say

#: Columns of a table that goes to a file.
_WIDE = 120


def add_to(group: typer.Typer) -> None:
    group.command("briefs")(briefs)


def briefs(
    plans: Annotated[
        Path, typer.Option(help="Plans with their lessons, one JSON object a line.")
    ] = PLANS,
    data: Annotated[
        Path | None, typer.Option(help="Folder with real lessons; without it the sample alone.")
    ] = None,
    against: Annotated[
        str, typer.Option(help=f"Peers, comma between: {', '.join(RANKING)}.")
    ] = ",".join(MEASURED),
    sizes: Annotated[
        str, typer.Option(help="Time briefs among so many made-up lessons, comma between.")
    ] = "",
    json_: Annotated[
        Path | None, typer.Option("--json", help="Write all figures to this file.")
    ] = None,
) -> None:
    """Measure whether plans of work meet the lessons that they must, and how long briefs take."""
    wanted = sizes_in(sizes) if sizes else ()
    for name in FILES.keys() - set(sources_in(data)) if data else ():
        say.print(f"{name} is left out: {', '.join(FILES[name])} is not in {data}", markup=False)
    try:
        asked, peers = read_plans(plans), peers_named(against, RANKING)
        figures = report.as_json(tried(asked, data, peers, say.print))
    except (BadPlans, NoSuchPeer) as problem:
        refuse(str(problem))
    console = Console(file=sys.stdout, width=None if sys.stdout.isatty() else _WIDE)
    console.print(report.table(figures))
    speed = BriefSpeed(wanted, say.print).run()
    if speed:
        console.print(report.times(speed))
    write_figures(json_, {"briefs": figures, "speed": speed})
