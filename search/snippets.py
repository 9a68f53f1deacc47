"""The passage of a text that answers a query best, with what matches marked."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from .concordance import Concordance, terms_of
from .query import asked
from .results import Snippet
from .scripts import token_pattern

_MAX_CHARACTERS = 50_000
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
    if "](" in text:
        text = _link.sub(r"\1", text)
    if "\n" in text or _line_start.match(text):
        text = _line_start.sub("", text)
    if "*" in text or "`" in text or "~~" in text:
        text = _emphasis.sub("", text)
    if "_" in text:
        text = _underscores.sub("", text)
    return " ".join(text.split())


def snippet(text_query: str, parts: Sequence[str], *, limit: int = 240) -> Snippet:
    """At most about `limit` characters of the parts, in pieces (text, marked).

    The passage with most different words of the query wins, the earlier of equals; without any,
    the start of the first part that has text. Words match by stem, accents aside; where none of
    them stands, what they are also called is marked.
    """
    typed, also = _wanted(text_query)
    texts = [text for text in (plain(part[:_MAX_CHARACTERS]) for part in parts if part) if text]
    written = [text.split(" ") for text in texts]
    known = _concordance()
    for words in written:
        known.meet(words)
    best = _best(written, typed, known, limit) or _best(written, also, known, limit)
    if best is None:
        return _cut(texts[0], [], 0, limit) if texts else ()
    number, found, start = best
    return _cut(texts[number], found, start, limit)


@lru_cache(maxsize=64)
def _wanted(text_query: str) -> tuple[frozenset[str], frozenset[str]]:
    """The terms of a query's words, and of what those are also called."""
    words = [word for word in asked(text_query) if not word.faint]
    typed = {term for word in words for term in (*word.word.terms, *word.word.forms)}
    also = {term for word in words for other in word.related for term in other.terms}
    return frozenset(typed), frozenset(also)


def _concordance() -> Concordance:
    if _concordances[0].full:
        _concordances[0] = Concordance()
    return _concordances[0]


def _best(
    texts: list[list[str]], wanted: frozenset[str], known: Concordance, limit: int
) -> tuple[int, list[_Found], int] | None:
    """Which text has the best passage, its matches, and where that passage begins."""
    best: tuple[int, list[_Found], int] | None = None
    most, holding = 0.0, known.holding(wanted)
    for number, words in enumerate(texts):
        if holding.isdisjoint(words):
            continue
        found = list(_matches(words, holding, wanted))
        if _worth(found) > most:  # else no window of it is worth more
            worth, start = _best_window(found, limit)
            if worth > most:
                most, best = worth, (number, found, start)
    return best


def _matches(words: list[str], holding: set[str], wanted: frozenset[str]) -> Iterator[_Found]:
    before = accumulate(map(len, words), initial=0)
    for number, (letters, word) in enumerate(zip(before, words, strict=False)):
        if word in holding:
            at = letters + number  # a space before each
            for token in token_pattern(word).finditer(word):
                if terms := wanted.intersection(terms_of(token[0])):
                    yield _Found(at + token.start(), at + token.end(), terms)


def _worth(found: Sequence[_Found]) -> float:
    """Different words count most, then how many there are."""
    return len(frozenset().union(*[match.terms for match in found])) + 0.1 * min(len(found), 9)


def _best_window(found: list[_Found], limit: int) -> tuple[float, int]:
    """What the best passage is worth, and where its first match begins."""
    best, at = 0.0, 0
    starts = [match.start for match in found]
    for i, match in enumerate(found):
        inside = found[i : bisect_left(starts, match.start + limit * 3 // 4)]
        worth = _worth(inside)
        if worth > best:
            best, at = worth, match.start
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
