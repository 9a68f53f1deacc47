"""Which lessons a brief shows, and in which order: failures first, mixed with what worked."""

from collections.abc import Sequence
from typing import NamedTuple

from app.lessons.models import Kind

#: So many lessons at once: what a team can decide on at a table.
AT_ONCE = 7
#: So many stand there however little they share, if they share anything.
AT_LEAST = 5
#: A failure, or what nearly was one, is lifted by at most so many places.
LIFTED_BY = 2
#: Beyond the first, a match that shares one word alone and scores less than this part of the best
#: is noise.
_NOISE = 0.25
_TWO_WORDS = 2
_WARNS = frozenset({Kind.FAILURE.value, Kind.NEAR_MISS.value})


class Candidate(NamedTuple):
    """A lesson that bears on the work: how much, of which kind, by how many of its words."""

    id: str
    score: float
    kind: str
    words: int


def chosen(candidates: Sequence[Candidate], limit: int = AT_ONCE) -> list[str]:
    """Ids of the lessons to show, in their order. `candidates` come most relevant first.

    One that worked is among them where a good one is there; the five most relevant are always the
    first five.
    """
    clear = _clear(candidates)
    return [candidate.id for candidate in _warnings_first(_with_one_that_worked(clear, limit))]


def is_good(candidate: Candidate, best: float) -> bool:
    """Whether it says more of the work than a word that happens to stand in both."""
    return candidate.words >= _TWO_WORDS or candidate.score >= _NOISE * best


def _clear(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Those that are not noise, and the first few of any."""
    sharing = [candidate for candidate in candidates if candidate.words]
    best = sharing[0].score if sharing else 0.0
    return [c for n, c in enumerate(sharing) if n < AT_LEAST or is_good(c, best)]


def _with_one_that_worked(candidates: list[Candidate], limit: int) -> list[Candidate]:
    shown, rest = candidates[:limit], candidates[limit:]
    if any(_worked(candidate) for candidate in shown):
        return shown
    best = candidates[0].score if candidates else 0.0
    worked = next((c for c in rest if _worked(c) and is_good(c, best)), None)
    return [*shown[:-1], worked] if worked and shown else shown


def _worked(candidate: Candidate) -> bool:
    return candidate.kind == Kind.SUCCESS.value


def _warnings_first(shown: Sequence[Candidate]) -> list[Candidate]:
    """Nothing is lifted out of the first few by a failure that bears on the work less."""
    return [*_lifted(shown[:AT_LEAST]), *_lifted(shown[AT_LEAST:])]


def _lifted(shown: Sequence[Candidate]) -> list[Candidate]:
    def place(at: int) -> tuple[int, bool, int]:
        warns = shown[at].kind in _WARNS
        return at - LIFTED_BY * warns, not warns, at

    return [shown[at] for at in sorted(range(len(shown)), key=place)]
