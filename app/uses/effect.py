"""What uses showed of a lesson, as one number: the stated formula, here alone.

Each team other than the author's counts once, with its latest known result. Of n that can be judged
the share that got better is not what is taken, since one of one would beat nine of ten, but the
lower end of its Wilson interval (E. B. Wilson, "Probable inference, the law of succession, and
statistical inference", JASA 22, 1927), as E. Miller proposes for ratings ("How not to sort by
average rating", 2009). The same is done for worse, and the one is taken from the other.
"""

from math import sqrt

from app.lessons.worth import WELL_PROVEN

#: One-sided 90 %: of ten lessons that look so good by chance, nine are at least as good as said.
Z = 1.2816
#: It happened again though nobody had used it: that speaks half as much as a bad result.
AGAIN_WEIGHT = 0.5
#: From this effect down a lesson does not hold up: it made things worse for two teams of two. A
#: warning needs less than praise does.
_FAILS = -50


def wilson_lower(hits: float, of: float) -> float:
    """The lower end of the Wilson interval of a share, 0 to 1; 0 for nothing out of nothing."""
    if of <= 0:
        return 0.0
    share, square = hits / of, Z * Z
    middle = share + square / (2 * of)
    half = Z * sqrt(max(0.0, share * (1 - share) / of + square / (4 * of * of)))
    return max(0.0, (middle - half) / (1 + square / of))


def effect(*, better: int, same: int, worse: int, failed: int = 0, again: int = 0) -> int:
    """From -100 (it makes things worse) to 100 (it makes them better); 0 where nothing is known.

    `better`, `same` and `worse` are teams; `failed` counts those to whom it happened again though
    they had used the lesson, `again` those to whom it happened otherwise.
    """
    bad = worse + failed + AGAIN_WEIGHT * again
    judged = better + same + bad
    return round(100 * (wilson_lower(better, judged) - wilson_lower(bad, judged)))


def confidence_in_words(effect: int, recurrences: int = 0) -> str:
    """How far a lesson may be relied on, in words without a number; empty where nothing is known.

    Whatever else is so, what happened again lowers the confidence, and that is said.
    """
    if effect <= _FAILS:
        return "it does not hold up"
    if recurrences:
        return "confidence is lower"
    if effect < 0:
        return "it is doubtful"
    if effect >= WELL_PROVEN:
        return "it is well proven"
    return "it has helped so far" if effect else ""
