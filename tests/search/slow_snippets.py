"""Passages made the long way round, to compare with: every text is cut into tokens one by one."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from search.analyzers import analysed
from search.grammar import parsed
from search.query import asked, cut
from search.results import Snippet
from search.scripts import token_pattern
from search.snippets import _cut

_MAX_CHARACTERS = 50_000
_link = re.compile(r"!?\[([^\[\]]*)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s[^()]*)?\)")
_line_start = re.compile(
    r"^\s{0,3}(?:#{1,6}\s+|>\s?|[-*+]\s+|\d+[.)]\s+|`{3}.*$|~{3}.*$)", re.MULTILINE
)
_emphasis = re.compile(r"[*`]+|~~")
_underscores = re.compile(r"(?<!\w)_{1,3}(?=\w)|(?<=[^\W_])_{1,3}(?!\w)")


class _Found(NamedTuple):
    start: int
    end: int
    terms: frozenset[str]


def plain(text: str) -> str:
    """A Markdown text without its marks, on one line."""
    text = _link.sub(r"\1", text)
    text = _emphasis.sub("", _line_start.sub("", text))
    if "_" in text:
        text = _underscores.sub("", text)
    return " ".join(text.split())


def snippet(text_query: str, parts: Sequence[str], *, limit: int = 240) -> Snippet:
    """At most about `limit` characters of the parts, in pieces (text, marked).

    The passage with most different words of the query wins, the earlier of equals; without any,
    the start of the first part that has text. Words match by stem, accents aside; where none of
    them stands, what they are also called is marked.
    """
    words = [word for word in asked(text_query) if not word.faint]
    typed = {term for word in words for term in (*word.word.terms, *word.word.forms)}
    also = {term for word in words for other in word.related for term in other.terms}
    texts = [text for text in (plain(part[:_MAX_CHARACTERS]) for part in parts) if text]
    typed |= {term for text in texts for term in _begun(text, text_query)}
    best = _best(texts, typed, limit) or _best(texts, also, limit)
    if best is None:
        return _cut(texts[0], [], 0, limit) if texts else ()
    text, found, start = best
    return _cut(text, found, start, limit)


def _begun(text: str, text_query: str) -> set[str]:
    """The terms of the words of a text that begin as the query asks."""
    asked_for = [c for c in parsed(cut(text_query)).conditions if c.prefix and not c.excluded]
    beginnings = [c.prefix for c in asked_for if c.field in ("text", "title")]
    words = [analysed(match[0]) for match in token_pattern(text).finditer(text)]
    return {
        term
        for word in words
        for term in word.terms
        if any(part.startswith(beginning) for part in word.plain for beginning in beginnings)
    }


def _best(texts: list[str], wanted: set[str], limit: int) -> tuple[str, list[_Found], int] | None:
    """The text with the best passage, its matches, and where that passage begins."""
    best: tuple[float, str, list[_Found], int] | None = None
    for text in texts:
        found = _matches(text, wanted) if wanted else []
        worth, start = _best_window(found, limit)
        if found and (best is None or worth > best[0]):
            best = (worth, text, found, start)
    return best[1:] if best else None


def _matches(text: str, wanted: set[str]) -> list[_Found]:
    found = []
    told: dict[str, frozenset[str]] = {}
    for match in token_pattern(text).finditer(text):
        token = match[0]
        terms = told.get(token)
        if terms is None:
            word = analysed(token)
            terms = told[token] = frozenset(wanted.intersection(word.terms + word.forms))
        if terms:
            found.append(_Found(match.start(), match.end(), terms))
    return found


def _best_window(found: list[_Found], limit: int) -> tuple[float, int]:
    """What the best passage is worth, and where its first match begins."""
    best, at = 0.0, 0
    starts = [match.start for match in found]
    for i, match in enumerate(found):
        inside = found[i : bisect_left(starts, match.start + limit * 3 // 4)]
        different = len(frozenset().union(*(other.terms for other in inside)))
        worth = different + 0.1 * min(len(inside), 9)
        if worth > best:
            best, at = worth, match.start
    return best, at
