"""What of a plan nobody has written about: its words that no good match holds, by any name.

They are told as they were typed: words that stand in a row as one, rare ones first. Left out are
words of any talk (`everyday.py`), what does not look like a thing, and names of people and places,
which is what words with a capital in the midst of a sentence are taken for if nobody wrote them.
"""

import re
from collections.abc import Callable, Iterator, Sequence, Set
from typing import NamedTuple

from .everyday import EVERYDAY
from .plans import Idea, Plan

_MOST = 5
_MOST_WORDS = 3
_LEAST_LETTERS = 4
#: How words end that say how something is or is done.
_no_thing = re.compile(r"(?:ly|ed|ive|ful|less|able|ible|ous|ish|est|ern)$", re.IGNORECASE)
#: What stands before a word that is done, and after it.
_doing = frozenset("to we i you they he she it will would shall should can could must may".split())
_done_to = frozenset("it them us him her the a an our their its my your".split())
_abbreviation = re.compile(r"[A-Z0-9][A-Z0-9-]+s?$|.*\d|.*[a-z][A-Z]")

_Sentence = Sequence[tuple[str, int]]


class Missing(NamedTuple):
    """Which ideas of a plan, by their numbers, no good match holds; how much an idea tells, and
    whether anybody wrote of it at all."""

    ideas: Set[int]
    tells: Callable[[Idea], float]
    known: Callable[[Idea], bool]


def unmet(plan: Plan, missing: Missing) -> tuple[str, ...]:
    """At most five words or short phrases of a plan, those that tell most first."""
    worth: dict[str, float] = {}
    told: set[int] = set()
    for run in _runs(plan, missing):
        fresh = [number for _, number in run if number not in told]
        if fresh:
            told.update(fresh)
            phrase = " ".join(token for token, _ in run)
            worth[phrase] = sum(missing.tells(plan.ideas[number]) for number in fresh)
    foremost = sorted(worth, key=lambda phrase: -worth[phrase])
    return tuple(foremost[:_MOST])


def _runs(plan: Plan, missing: Missing) -> Iterator[_Sentence]:
    """Missing words in a row, at most three, of which the last looks like a thing."""
    for sentence in plan.sentences:
        run: list[tuple[str, int]] = []
        for place, (token, number) in enumerate(sentence):
            if number in missing.ideas and _is_subject(plan, missing, sentence, place):
                run.append((token, number))
            else:
                yield from _as_thing(run)
                run = []
        yield from _as_thing(run)


def _is_subject(plan: Plan, missing: Missing, sentence: _Sentence, place: int) -> bool:
    """Whether a word of a sentence may be what it is about."""
    token, number = sentence[place]
    idea, short = plan.ideas[number], _abbreviation.match(token)
    before = sentence[place - 1][0] if place else ""
    after = sentence[place + 1][0] if place + 1 < len(sentence) else ""
    if idea.faint or all(term in EVERYDAY for term in idea.word.terms):
        return False
    if short or before.lower() in _doing or after.lower() in _done_to:
        return bool(short)
    if token[0].isupper() and (before or after[:1].isupper()) and not missing.known(idea):
        return False
    return len(token) >= _LEAST_LETTERS


def _as_thing(run: list[tuple[str, int]]) -> Iterator[_Sentence]:
    while run and _no_thing.search(run[-1][0]):
        run = run[:-1]
    if run:
        yield run[-_MOST_WORDS:]
