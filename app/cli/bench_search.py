"""`commonplace bench relevance`, `bench search`: our search beside other engines."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from app.bench.peers.loading import RANKING, NoSuchPeer, peers_named
from app.bench.relevance import report
from app.bench.relevance.collection import BadCollection, read_collection
from app.bench.relevance.comparison import compared
from app.cli.program import refuse, say


def add_to(group: typer.Typer) -> None:
    group.command("relevance")(relevance)


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
        console.print(report.table(collection, found))
        results[collection.name] = report.as_json(collection, found)
        if runs:
            report.write_runs(runs, collection, found)
    console.print(report.overall(results))
    if json_:
        json_.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
