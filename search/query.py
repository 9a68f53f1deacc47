"""What a person asks, and the words of it that are looked for."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Literal

from .analyzers import Word, analysed, is_stop_word
from .scripts import tokens

#: Longer text is cut: a description of work fits, an attack does not.
MAX_CHARACTERS = 256
MAX_TERMS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A search. `audiences` are the tokens whose documents the person may read.

    Empty sets filter nothing. `since` and `until` are days on `posted_on`, both included.
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


@dataclass(frozen=True, slots=True)
class Asked:
    """One word of a query: as typed, analysed, and how often it stands there."""

    token: str
    word: Word
    times: int


def asked(text: str) -> list[Asked]:
    """The words of a query, each once, in order; stop words only if there is nothing else.

    The text is plain words: no character of it is an operator. At most `MAX_TERMS` terms.
    """
    found = [(token, analysed(token)) for token in tokens(cut(text))]
    found = [(token, word) for token, word in found if word.terms]
    telling = [(token, word) for token, word in found if not is_stop_word(word)] or found
    times = Counter(word for _, word in telling)
    first = {word: token for token, word in reversed(telling)}
    return _within_limit([Asked(first[word], word, n) for word, n in times.items()])


def cut(text: str) -> str:
    """As much of a text as is looked at; a word that would be cut in two is left out."""
    if len(text) <= MAX_CHARACTERS:
        return text
    whole = text[: MAX_CHARACTERS + 1].rsplit(maxsplit=1)
    return whole[0] if len(whole) > 1 else text[:MAX_CHARACTERS]


def _within_limit(words: list[Asked]) -> list[Asked]:
    kept: list[Asked] = []
    left = MAX_TERMS
    for asked_word in words:
        terms = asked_word.word.terms[:left]
        if terms:
            word = asked_word.word._replace(terms=terms)
            kept.append(Asked(asked_word.token, word, asked_word.times))
        left -= len(terms)
    return kept
