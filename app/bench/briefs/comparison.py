"""Ours and its peers answer every plan over the same lessons; each is measured in the same way."""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.bench.briefs.memories import Memory, memory, sources_in
from app.bench.briefs.ours import in_brief, in_index
from app.bench.briefs.plans import BadPlans, Plan
from app.bench.peers.loading import OURS, ranking

#: So many lessons are asked for, as many as a brief shows; what stands below counts as not found.
DEPTH = 7
#: The order of our index, before a brief lifts failures.
INDEX = "index alone"


@dataclass(frozen=True, slots=True)
class Place:
    """At which place an engine had the first right lesson for a plan; 0: not among the first 7."""

    plan: Plan
    engine: str
    place: int


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of it: places, and how many lessons each memory held."""

    places: tuple[Place, ...]
    lessons: dict[str, int]


def tried(
    plans: Sequence[Plan], folder: Path | None, peers: Sequence[str], tell: Callable[[str], None]
) -> Tried:
    """Try all plans whose lessons can be had: those of the sample, and those of the folder's files.

    Raises `BadPlans` for one that names a lesson that is not there.
    """
    places: list[Place] = []
    lessons: dict[str, int] = {}
    for source in sources_in(folder):
        asked = [plan for plan in plans if plan.source == source]
        with memory(source, folder) as held:
            lessons[source] = len(held.lessons)
            for engine in (OURS, INDEX, *peers):
                tell(f"{source}: {engine} answers {len(asked)} plans")
                found = _found(held, engine, [plan.work for plan in asked])
                places += [
                    Place(plan, engine, _place(ids, _right(held, plan)))
                    for plan, ids in zip(asked, found, strict=True)
                ]
    return Tried(tuple(places), lessons)


def _found(held: Memory, engine: str, works: Sequence[str]) -> list[list[str]]:
    """The ids of the lessons that an engine finds for each plan, best first."""
    if engine == OURS:
        return [in_brief(held, work, DEPTH, turn=turn) for turn, work in enumerate(works)]
    if engine == INDEX:
        return [in_index(held, work, DEPTH) for work in works]
    peer = ranking(engine)
    with tempfile.TemporaryDirectory(prefix="commonplace-briefs-") as folder:
        peer.build(Path(folder), held.papers())
        peer.open(Path(folder))
        try:
            return [[found.id for found in peer.any_of(work, DEPTH)] for work in works]
        finally:
            peer.close()


def _right(held: Memory, plan: Plan) -> frozenset[str]:
    missing = [id for id in plan.ids if id not in held.lessons]
    if missing:
        raise BadPlans(f"The memory “{plan.source}” holds no lesson {', '.join(missing)}")
    return frozenset(held.lessons[id] for id in plan.ids)


def _place(found: Sequence[str], right: frozenset[str]) -> int:
    return next((place for place, id in enumerate(found, 1) if id in right), 0)
