"""Small phrases that parts of a digest share. Numbers stand as they are, never as shares."""

from collections.abc import Sequence

from app.digests.contents import Ease
from app.lessons.worth import number_in_words, teams

_EASES = {
    Ease.SHORT: "it takes a step or two",
    Ease.READY: "somebody has made the change already and says how one sees it",
    Ease.PLAIN: "it says plainly what to do",
}


def sentence(words: str) -> str:
    """With a capital letter and a full stop; empty stays empty."""
    if not words:
        return ""
    end = "" if words.endswith((".", "?", "!", "…")) else "."
    return words[:1].upper() + words[1:] + end


def sentences(*parts: str) -> str:
    """Those that say something, one after another."""
    return " ".join(sentence(part) for part in parts if part)


def some(number: int, one: str, many: str = "") -> str:
    """`one use`, `12 uses`."""
    return f"{number_in_words(number)} {one if number == 1 else many or one + 's'}"


def used_by_others(reach: int, better: int, worse: int) -> str:
    """“3 other teams used it: better for 2, worse for one”. Empty where none did."""
    if not reach:
        return ""
    came = came_of_it(reach, better, worse)
    return f"{teams(reach, 'other ')} used it" + (f": {came}" if came else "")


def came_of_it(reach: int, better: int, worse: int) -> str:
    """“better for all 3”, “better for 2, worse for one”; empty where nobody can say yet."""
    if reach > 1 and reach in (better, worse):
        everybody = {2: "both"}.get(reach, f"all {reach}")
        return f"{'better' if better else 'worse'} for {everybody}"
    if reach == 1 and better + worse:
        return "better for them" if better else "worse for them"
    said = [("better", better), ("worse", worse)]
    return ", ".join(f"{word} for {number_in_words(number)}" for word, number in said if number)


def why_easy(eases: Sequence[Ease]) -> str:
    """The strongest reason why a lesson is easy to act on; empty for none."""
    return next(
        (_EASES[ease] for ease in (Ease.READY, Ease.SHORT, Ease.PLAIN) if ease in eases), ""
    )


def begun_of(briefed: int, work: int) -> str:
    """“3 of 12 pieces of work began with a brief”."""
    if not work:
        return "no piece of work is known"
    if work == 1:
        return (
            f"the one piece of work that is known began {'with' if briefed else 'without'} a brief"
        )
    return f"{briefed:,} of {work:,} pieces of work began with a brief"
