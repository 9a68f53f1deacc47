"""`commonplace reindex` and `commonplace check`."""

import hashlib
import json
import sys
from collections.abc import Mapping
from typing import Annotated

import typer

from app.cli.program import DONE_WITH_REJECTS, open_house, progress_bar, say
from app.lessons.indexing import stamps
from search import Difference, Index, IndexDamaged


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
    """Read every file of the search index and compare it with the database; status 0 when all is
    as it should be, 1 when not."""
    with open_house() as house:
        with house.database.reading() as session:
            expected = stamps(session)
        damage, held, differs = _compared(house.index, expected)
    found = {
        "clean": differs.clean and not damage,
        "damage": damage,
        "lessons": len(expected),
        "database": digest(expected),
        "index": digest(held),
        "missing": len(differs.missing),
        "stale": len(differs.stale),
        "extra": len(differs.extra),
    }
    if as_json:
        sys.stdout.write(json.dumps(found) + "\n")
    else:
        sys.stdout.write("".join(f"{name}: {value}\n" for name, value in found.items()))
    if not found["clean"]:
        what = "is damaged" if damage else "differs"
        say.print(f"The index {what}. It mends itself while the server runs; or run `reindex`.")
        raise typer.Exit(DONE_WITH_REJECTS)


def _compared(
    index: Index, expected: dict[str, str]
) -> tuple[str | None, dict[str, str], Difference]:
    """What is damaged, if anything is; what the index holds; how that differs from what it should
    hold. A damaged one counts as holding nothing."""
    try:
        index.verify()
        return None, index.stamps(), index.check(expected)
    except IndexDamaged as error:
        return str(error), {}, Difference(missing=tuple(expected), stale=(), extra=())


def digest(held: Mapping[str, str]) -> str:
    """SHA-256 over sorted (id, revision, audience): equal for equal content."""
    lines = sorted(f"{lesson_id} {stamp}\n" for lesson_id, stamp in held.items())
    return hashlib.sha256("".join(lines).encode()).hexdigest()[:16]
