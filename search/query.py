"""What a person asks, and the words of it that are looked for."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from .analyzers import Word, analysed, is_function_word, is_stop_word
from .framing import unframed
from .grammar import parsed
from .scripts import tokens
from .vocabulary import Related, phrases, related

#: Longer text is cut: a page of a plan fits, an attack does not.
MAX_CHARACTERS = 2_000
#: Texts of which the words are kept: a page asks again for the words of each passage it shows.
_KEPT = 128
_NO_WORD = Word((), (), ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A search. `audiences` are the tokens whose documents the person may read.

    Empty sets filter nothing. `facets` are those to count. `since` and `until` are
    days on `posted_on`, both included. With `today`, what uses showed of a document and how long
    ago somebody stood by it move its relevance (`standing.py`).
    """

    text: str = ""
    audiences: frozenset[str]
    kinds: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    author: str | None = None
    since: date | None = None
    until: date | None = None
    sort: Literal["relevance", "newest", "oldest"] = "relevance"
    page: int = 1
    per_page: int = 10
    facets: tuple[str, ...] = ("kind", "team", "topic", "state")
    today: date | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """One word of a query: as typed, analysed, how often it stands there, what else it is called.

    A phrase that is also called something else comes as one without terms of its own. A `faint`
    word mostly builds sentences: it moves scores a little, and nothing else.
    """

    token: str
    word: Word
    times: int
    related: tuple[Related, ...] = ()
    faint: bool = False


@lru_cache(maxsize=_KEPT)
def asked(text: str) -> tuple[Asked, ...]:
    """The words of a query, each once, in order; function words only if there is nothing else.

    Words that only put a question are left out too, and so is what a sign of the grammar takes for
    itself. After the words come phrases that are also called something else.
    """
    text = parsed(cut(text)).plain
    found = _found(unframed(text))
    telling = _telling(found)
    if not telling:
        found = _found(text)
        telling = _telling(found) or found
    times = Counter(word for _, word in telling)
    first = {word: token for token, word in reversed(telling)}
    single = [Asked(first[word], word, n, _also(word)) for word, n in times.items()]
    turns = [
        Asked(" ".join(key), _NO_WORD, 1, related(key))
        for key in dict.fromkeys(phrases([word for _, word in found]))
    ]
    return (*single, *_faint(found, first), *turns)


def _found(text: str) -> list[tuple[str, Word]]:
    found = ((token, analysed(token)) for token in tokens(text))
    return [(token, word) for token, word in found if word.terms]


def _telling(found: list[tuple[str, Word]]) -> list[tuple[str, Word]]:
    return [(token, word) for token, word in found if not is_stop_word(word)]


def _faint(found: list[tuple[str, Word]], telling: Mapping[Word, str]) -> list[Asked]:
    """The words that mostly build sentences, each once; none where nothing else was asked."""
    faint = [
        (token, word) for token, word in found if word not in telling and not is_function_word(word)
    ]
    times = Counter(word for _, word in faint)
    tokens = {word: token for token, word in reversed(faint)}
    return [Asked(tokens[word], word, n, faint=True) for word, n in times.items()]


def _also(word: Word) -> tuple[Related, ...]:
    return related(word.terms) if len(word.terms) == 1 else ()


def cut(text: str) -> str:
    """As much of a text as is looked at; a word that would be cut in two is left out."""
    if len(text) <= MAX_CHARACTERS:
        return text
    whole = text[: MAX_CHARACTERS + 1].rsplit(maxsplit=1)
    return whole[0] if len(whole) > 1 else text[:MAX_CHARACTERS]
