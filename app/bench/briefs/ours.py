"""What our brief shows for a plan; and what the index alone would."""

from app.bench.briefs.memories import Memory
from app.briefs.assemble import assemble


def in_brief(held: Memory, work: str, limit: int, *, turn: int = 0) -> list[str]:
    """The ids of the lessons that a brief shows, in its order: failures lifted, one that worked
    among them, nothing retired. `turn` says who of the memory's people asks."""
    with held.database.reading() as session:
        found = assemble(
            session,
            held.index,
            held.reader(turn),
            work,
            team_id=None,
            today=held.now.date(),
            limit=limit,
        )
    if found.plainly:
        raise RuntimeError("the index did not answer")
    return [bearing.lesson.id for bearing in found.lessons]


def in_index(held: Memory, work: str, limit: int) -> list[str]:
    """The ids of the lessons that the index matches, best first."""
    found = held.index.matches(
        work, audiences=held.reader().audiences, today=held.now.date(), limit=limit
    )
    return [match.id for match in found.matches]
