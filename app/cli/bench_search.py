"""`commonplace bench relevance`, `bench search`: our search beside other engines."""

import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from app.bench.peers.loading import MEASURED, RANKING, NoSuchPeer, peers_named
from app.bench.relevance import report as relevance_report
from app.bench.relevance.collection import BadCollection, read_collection
from app.bench.relevance.comparison import compared
from app.bench.speed import report as speed_report
from app.bench.speed.comparison import BenchFailed, SpeedBench
from app.cli.bench_figures import sizes_in, write_figures
from app.cli.program import refuse, say

#: Columns of a table that goes to a file.
_WIDE = 120


def add_to(group: typer.Typer) -> None:
    group.command("relevance")(relevance)
    group.command("search")(search)


def relevance(
    folders: Annotated[
        list[Path], typer.Argument(help="Folders with corpus.jsonl, queries.jsonl, qrels.tsv.")
    ],
    against: Annotated[str, typer.Option(help=f"Peers, comma between: {', '.join(RANKING)}.")] = "",
    json_: Annotated[
        Path | None, typer.Option("--json", help="Write all figures to this file.")
    ] = None,
    runs: Annotated[
        Path | None, typer.Option(help="Write what each engine found to files in this folder.")
    ] = None,
) -> None:
    """Measure how good the order of results is on judged collections."""
    results = {}
    console = Console(file=sys.stdout)
    try:
        peers = peers_named(against, RANKING)
        collections = [read_collection(folder) for folder in folders]
    except (NoSuchPeer, BadCollection) as problem:
        refuse(str(problem))
    for collection in collections:
        found = compared(collection, peers, say.print)
        console.print(relevance_report.table(collection, found))
        results[collection.name] = relevance_report.as_json(collection, found)
        if runs:
            relevance_report.write_runs(runs, collection, found)
    console.print(relevance_report.overall(results))
    write_figures(json_, {"collections": results})


def search(
    sizes: Annotated[
        str, typer.Option(help="Numbers of papers, comma between.")
    ] = "2000,20000,100000,1000000",
    against: Annotated[
        str, typer.Option(help=f"Peers, comma between: {', '.join(MEASURED)}.")
    ] = "",
    folder: Annotated[
        Path | None, typer.Option(help="Keep built indexes here, and use those that are there.")
    ] = None,
    seconds: Annotated[
        float, typer.Option(help="At most so long for one kind of question.", min=0.01)
    ] = 20,
    queries: Annotated[
        int, typer.Option(help="So many of a kind at most, a third untimed.", min=15)
    ] = 300,
    json_: Annotated[
        Path | None, typer.Option("--json", help="Write all figures to this file.")
    ] = None,
) -> None:
    """Measure our search engine and others on the same made-up papers and questions."""
    wanted = sizes_in(sizes)
    with tempfile.TemporaryDirectory(prefix="commonplace-bench-") as passing:
        try:
            peers = peers_named(against, MEASURED)
            place = (folder or Path(passing)).resolve()
            bench = SpeedBench(wanted, peers, place, say.print, queries=queries, seconds=seconds)
            result = speed_report.as_json(bench.run())
        except (NoSuchPeer, BenchFailed) as problem:
            refuse(str(problem))
    console = Console(file=sys.stdout, width=None if sys.stdout.isatty() else _WIDE)
    for table in speed_report.tables(result):
        console.print(table)
    write_figures(json_, {"sizes": result})
