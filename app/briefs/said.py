"""Long texts in a line: what a lesson says to do, without the marks of Markdown."""

import re

from app.briefs.naming import shortened

LINE_LENGTH = 240
_MARKS = re.compile(r"^\s*(?:#{1,6}\s+|>\s?|[-*+]\s+|\d{1,3}[.)]\s+)|[*_`~]{1,3}", re.MULTILINE)
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)\s]*\)")
_SENTENCE = re.compile(r"(?<=[.!?…])([\"”’)]*)\s+(?=[\"“‘(]?[^\Wa-z_])")
_SHORTEST_SENTENCE = 12


def plain(text: str) -> str:
    """A text without the marks of Markdown, in one line."""
    return " ".join(_MARKS.sub("", _LINK.sub(r"\1", text)).split())


def first_sentence(text: str, most: int = LINE_LENGTH) -> str:
    """The first sentence that says something, without marks; cut at a word where it is long. A
    question is none without what follows it, and nothing ends inside its quotation marks."""
    whole = plain(text)
    end = next((m.end(1) for m in _SENTENCE.finditer(whole) if _says(whole[: m.end(1)])), None)
    return shortened(whole[:end], most)


def _says(opening: str) -> bool:
    quoted = opening.count('"') % 2 or opening.count("“") > opening.count("”")
    return len(opening) >= _SHORTEST_SENTENCE and not opening.endswith("?") and not quoted
