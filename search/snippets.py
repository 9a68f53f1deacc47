"""The passage of a text that answers a query best, with what matches marked."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, chain, compress, count
from typing import NamedTuple

from .analyzers import analysed
from .concordance import Concordance, terms_of
from .grammar import parsed
from .query import asked, cut
from .results import Snippet
from .scripts import token_pattern, tokens

_MAX_CHARACTERS = 50_000
#: More matches than these make a passage no better.
_MOST_COUNTED = 9
_Terms = frozenset[str]
_link = re.compile(r"!?\[([^\[\]]*)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s[^()]*)?\)")
_line_start = re.compile(
    r"^\s{0,3}(?:#{1,6}\s+|>\s?|[-*+]\s+|\d+[.)]\s+|`{3}.*$|~{3}.*$)", re.MULTILINE
)
_emphasis = re.compile(r"[*`]+|~~")
_underscores = re.compile(r"(?<!\w)_{1,3}(?=\w)|(?<=[^\W_])_{1,3}(?!\w)")
_concordances = [Concordance()]


class _Found(NamedTuple):
    start: int
    end: int
    terms: frozenset[str]


def plain(text: str) -> str:
    """A Markdown text without its marks, on one line."""
    return " ".join(_words(text))


def snippet(text_query: str, parts: Sequence[str], *, limit: int = 240) -> Snippet:
    """At most about `limit` characters of the parts, in pieces (text, marked).

    The passage with most different words of the query wins, the earlier of equals; without any,
    the start of the first part that has text. Words match by stem, accents aside, or by a beginning
    that was asked for; where none of them stands, what they are also called is marked.
    """
    typed, also = _wanted(text_query)
    texts = [words for part in parts if part and (words := _words(part[:_MAX_CHARACTERS]))]
    known = _concordance()
    known.meet(chain.from_iterable(texts))
    if beginnings := _beginnings(text_query):
        typed |= _begun(chain.from_iterable(texts), beginnings)
    best = _best(texts, typed, known, limit) or _best(texts, also, known, limit)
    if best is None:
        return _cut(" ".join(texts[0]), [], 0, limit) if texts else ()
    number, found, start = best
    return _cut(" ".join(texts[number]), found, start, limit)


def _words(text: str) -> list[str]:
    """What stands between the spaces of a Markdown text without its marks."""
    if "](" in text:
        text = _link.sub(r"\1", text)
    if "\n" in text or _line_start.match(text):
        text = _line_start.sub("", text)
    if "*" in text or "`" in text or "~~" in text:
        text = _emphasis.sub("", text)
    if "_" in text:
        text = _underscores.sub("", text)
    return text.split()


@lru_cache(maxsize=64)
def _wanted(text_query: str) -> tuple[_Terms, _Terms]:
    """The terms of a query's words, and of what those are also called."""
    words = [word for word in asked(text_query) if not word.faint]
    typed = {term for word in words for term in (*word.word.terms, *word.word.forms)}
    also = {term for word in words for other in word.related for term in other.terms}
    return frozenset(typed), frozenset(also)


@lru_cache(maxsize=64)
def _beginnings(text_query: str) -> tuple[str, ...]:
    """What a word found must begin with: `deploy*`."""
    conditions = parsed(cut(text_query)).conditions
    wanted = (c for c in conditions if not c.excluded and c.field in ("text", "title"))
    return tuple(condition.prefix for condition in wanted if condition.prefix)


def _begun(words: Iterable[str], beginnings: tuple[str, ...]) -> _Terms:
    """The terms of those words that begin so."""
    found = (analysed(token) for word in set(words) for token in tokens(word))
    return frozenset(
        term
        for word in found
        if any(part.startswith(beginnings) for part in word.plain)
        for term in word.terms
    )


def _concordance() -> Concordance:
    if _concordances[0].full:
        _concordances[0] = Concordance()
    return _concordances[0]


def _best(
    texts: list[list[str]], wanted: _Terms, known: Concordance, limit: int
) -> tuple[int, list[_Found], int] | None:
    """Which text has the best passage, its matches, and where that passage begins."""
    best: tuple[int, list[_Found], int] | None = None
    most, holding = 0.0, known.holding(wanted)
    for number, words in enumerate(texts):
        here = holding.intersection(words) if holding else holding
        if not here:
            continue
        held = {word: _held(word, wanted) for word in here}
        if _worth([match for some in held.values() for match in some], _MOST_COUNTED) <= most:
            continue  # with all its words at one place it would not win
        found = list(_matches(words, held))
        worth, start = _best_window(found, limit, most)
        if worth > most:
            most, best = worth, (number, found, start)
    return best


@lru_cache(maxsize=4096)
def _held(word: str, wanted: _Terms) -> tuple[_Found, ...]:
    """The tokens of a written word that are found by what is wanted."""
    return tuple(
        _Found(token.start(), token.end(), terms)
        for token in token_pattern(word).finditer(word)
        if (terms := wanted.intersection(terms_of(token[0])))
    )


def _matches(words: list[str], held: dict[str, tuple[_Found, ...]]) -> Iterator[_Found]:
    letters = accumulate(map(len, words), initial=0)
    for before, number, word in compress(
        zip(letters, count(), words), map(held.__contains__, words)
    ):
        at = before + number  # a space before each
        for start, end, terms in held[word]:
            yield _Found(at + start, at + end, terms)


def _worth(found: Sequence[_Found], many: int) -> float:
    """Different words count most, then how many there are."""
    return len(frozenset().union(*[match.terms for match in found])) + 0.1 * min(
        many, _MOST_COUNTED
    )


def _best_window(found: list[_Found], limit: int, most: float) -> tuple[float, int]:
    """What the best passage is worth, and where its first match begins; only such as are worth
    more than `most` are looked for."""
    best, at = most, 0
    starts = [match.start for match in found]
    whole = _worth(found, len(found))
    for i, start in enumerate(starts):
        if whole <= best:
            break  # no window holds more than all
        inside = found[i : bisect_left(starts, start + limit * 3 // 4)]
        worth = _worth(inside, len(inside))
        if worth > best:
            best, at = worth, start
    return best, at


def _cut(text: str, found: Iterable[_Found], first: int, limit: int) -> Snippet:
    start = 0 if first < limit // 3 else _word_start(text, first - limit // 5)
    end = len(text) if start + limit >= len(text) else _word_end(text, start + limit)
    pieces: list[tuple[str, bool]] = [("… ", False)] if start else []
    at = start
    for match in found:
        if match.start >= at and match.end <= end:
            pieces += [(text[at : match.start], False), (text[match.start : match.end], True)]
            at = match.end
    pieces.append((text[at:end] + (" …" if end < len(text) else ""), False))
    return tuple((piece, marked) for piece, marked in pieces if piece)


def _word_start(text: str, near: int) -> int:
    """The start of a sentence just after, or else of a word."""
    sentence = text.find(". ", max(near - 40, 0), near + 20)
    if sentence >= 0:
        return sentence + 2
    return text.find(" ", near) + 1 if " " in text[near : near + 40] else near


def _word_end(text: str, near: int) -> int:
    space = text.rfind(" ", near - 40, near + 1)
    return space if space > 0 else near
