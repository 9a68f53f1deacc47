"""What our brief shows for a plan, in its order."""

from app.bench.briefs.memories import Memory


def in_brief(held: Memory, work: str, limit: int) -> list[str]:
    """The ids of the lessons that bear on a plan, best first."""
    found = held.index.matches(
        work, audiences=held.reader().audiences, today=held.now.date(), limit=limit
    )
    return [match.id for match in found.matches]
