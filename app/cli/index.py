"""`commonplace reindex` and `commonplace check`."""

import hashlib
import json
import sys
from collections.abc import Mapping
from typing import Annotated

import typer

from app.cli.program import (
    DONE_WITH_REJECTS,
    OpenHouse,
    open_house,
    progress_bar,
    refuse,
    say,
)
from app.lessons.indexing import stamps
from app.lessons.meaning import MeaningFollower
from app.main import meaning_for
from search import Difference, Index, IndexDamaged
from search.meaning import MeaningUnavailable


def add_to(program: typer.Typer) -> None:
    program.command()(reindex)
    program.command()(check)


def reindex(
    meaning: Annotated[
        bool, typer.Option("--meaning", help="Make the vectors that lessons lack, nothing else.")
    ] = False,
) -> None:
    """Build the search index anew beside the old one, then swap; searching goes on meanwhile."""
    with open_house() as house:
        if meaning:
            _give_vectors(house)
            return
        with house.database.reading() as session:
            total = len(stamps(session))
        with progress_bar("Indexing", total) as progress:
            count = house.follower.rebuild(progress)
    say.print(f"{count} lessons indexed.")


def _give_vectors(house: OpenHouse) -> None:
    follower = _meaning(house)
    if follower is None:
        refuse("No model is named: set COMMONPLACE_MEANING_MODEL to the folder of one.")
    with progress_bar("Making vectors", follower.lacking()) as progress:
        count = follower.all(progress)
    say.print(f"{count} lessons given their vector.")


def _meaning(house: OpenHouse) -> MeaningFollower | None:
    meaning = meaning_for(house.settings)
    return MeaningFollower(house.database, house.index, meaning, house.clock) if meaning else None


def check(
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Read every file of the search index and compare it with the database; status 0 when all is
    as it should be, 1 when not."""
    with open_house() as house:
        with house.database.reading() as session:
            expected = stamps(session)
        damage, held, differs = _compared(house.index, expected)
        lacking = _without_vector(house, held)
    found = {
        "clean": differs.clean and not damage,
        "damage": damage,
        "lessons": len(expected),
        "database": digest(expected),
        "index": digest(held),
        "missing": len(differs.missing),
        "stale": len(differs.stale),
        "extra": len(differs.extra),
        **lacking,
    }
    if as_json:
        sys.stdout.write(json.dumps(found) + "\n")
    else:
        sys.stdout.write("".join(f"{name}: {value}\n" for name, value in found.items()))
    if not found["clean"]:
        what = "is damaged" if damage else "differs"
        say.print(f"The index {what}. It mends itself while the server runs; or run `reindex`.")
        raise typer.Exit(DONE_WITH_REJECTS)


def _without_vector(house: OpenHouse, held: Mapping[str, str]) -> dict[str, int]:
    """How many lessons of the index lack a vector, where a model is named. Meanwhile they are found
    by their words: that is not held against the index."""
    follower = _meaning(house)
    if follower is None:
        return {}
    try:
        return {"without_vector": len(follower.meaning.lacking(held))}
    except MeaningUnavailable as trouble:
        say.print(f"Searching goes on without meaning: {trouble}.", markup=False, soft_wrap=True)
        return {"without_vector": len(held)}


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
