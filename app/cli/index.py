"""`commonplace reindex` and `commonplace check`."""

import hashlib
import json
import sys
from collections.abc import Mapping
from typing import Annotated

import typer

from app.cli.program import DONE_WITH_REJECTS, open_house, progress_bar, say
from app.lessons.indexing import stamps


def add_to(program: typer.Typer) -> None:
    program.command()(reindex)
    program.command()(check)


def reindex() -> None:
    """Build the search index anew beside the old one, then swap; searching goes on meanwhile."""
    with open_house() as house:
        with house.database.reading() as session:
            total = len(stamps(session))
        with progress_bar("Indexing", total) as progress:
            count = house.follower.rebuild(progress)
    say.print(f"{count} lessons indexed.")


def check(
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Compare the database with the search index; status 0 when they are equal, 1 when not."""
    with open_house() as house:
        with house.database.reading() as session:
            expected = stamps(session)
        held = house.index.stamps()
        difference = house.index.check(expected)
    found = {
        "clean": difference.clean,
        "lessons": len(expected),
        "database": digest(expected),
        "index": digest(held),
        "missing": len(difference.missing),
        "stale": len(difference.stale),
        "extra": len(difference.extra),
    }
    if as_json:
        sys.stdout.write(json.dumps(found) + "\n")
    else:
        sys.stdout.write("".join(f"{name}: {value}\n" for name, value in found.items()))
    if not difference.clean:
        say.print("The index differs. It mends itself while the server runs; or run `reindex`.")
        raise typer.Exit(DONE_WITH_REJECTS)


def digest(held: Mapping[str, str]) -> str:
    """SHA-256 over sorted (id, revision, audience): equal for equal content."""
    lines = sorted(f"{lesson_id} {stamp}\n" for lesson_id, stamp in held.items())
    return hashlib.sha256("".join(lines).encode()).hexdigest()[:16]
