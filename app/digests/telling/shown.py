"""How much of each part of a digest is shown: what somebody reads in ten minutes."""

from app.digests.telling.scene import Scene

MOST_LINES = 3
MOST_LATE = 4


def all_of(scene: Scene, name: str, words: str, shown: int) -> tuple[str, str] | None:
    """“All 9 uses” and the address of the list behind that number; None where all are shown."""
    number = scene.count(name)
    return (f"All {number:,} {words}", scene.list_url(name)) if number > shown else None
