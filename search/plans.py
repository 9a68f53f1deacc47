"""From a plan of work to the words that tell what it is about.

Any word counts, and the whole text does. Numbers, dates, money and units are set aside, as are
words that only say that something is planned.
"""

import re
from collections import Counter
from functools import lru_cache

from .analyzers import Word, is_function_word, is_stop_word, words
from .framing import unframed
from .query import Asked
from .scripts import tokens
from .vocabulary import phrases, related

#: Some sixty pages. What comes after is not looked at.
MAX_CHARACTERS = 200_000
_KEPT = 16

#: When and how much, and that it is a plan: what any plan has, whatever it is about.
_ASIDE = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun
    january february march april june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec
    today tomorrow yesterday tonight morning afternoon evening noon day days week weeks weekend
    month months quarter quarters year years hour hours minute minutes second seconds
    am pm utc gmt cet q1 q2 q3 q4 fy
    mm cm km kg kw kwh mw hz khz mhz ghz gb mb tb kb ml psi kpa mpa rpm eur usd gbp euro euros
    dollar dollars percent pct approx etc tbd tba tbc ie eg nr no
    one two three four five six seven eight nine ten twelve hundred thousand million
    plan plans planned planning intend hope aim going soon next last ahead upcoming
    """.split()
)
_told = re.compile(r"[^\W\d_]")


def telling_words(work: str) -> tuple[Asked, ...]:
    """The words of a plan, each once, with what else they are called; and such phrases."""
    return _read(work[:MAX_CHARACTERS])


@lru_cache(maxsize=_KEPT)
def _read(work: str) -> tuple[Asked, ...]:
    spoken = words(unframed(work))
    typed = tokens(unframed(work))
    first: dict[Word, str] = {}
    times: Counter[Word] = Counter()
    for token, word in zip(typed, spoken, strict=True):
        if word.terms and not is_function_word(word):
            first.setdefault(word, token)
            times[word] += 1
    single = [_asked(token, word, times[word]) for word, token in first.items()]
    turns = [
        Asked(" ".join(key), Word((), (), ()), 1, names)
        for key in dict.fromkeys(phrases(spoken))
        if (names := related(key))
    ]
    return (*single, *turns)


def _asked(token: str, word: Word, times: int) -> Asked:
    if not _tells(word):
        return Asked(token, word, times, faint=True)
    return Asked(token, word, times, related(word.terms) if len(word.terms) == 1 else ())


def _tells(word: Word) -> bool:
    return (
        bool(word.terms)
        and not is_stop_word(word)
        and not (len(word.plain) == 1 and word.plain[0] in _ASIDE)
        and any(_told.search(part) and len(part) > 1 for part in word.plain)
    )
