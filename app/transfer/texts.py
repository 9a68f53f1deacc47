"""Texts from files made clean: one kind of line end, no control characters, composed letters."""

from __future__ import annotations

import re
import unicodedata

from app.lessons.models import TITLE_LENGTH

_SENTENCE = re.compile(r"(.+?[.!?])(?=\s+[A-Z¿“\"'(]|\s*$)", re.DOTALL)
_HEADLINE_CHARS = 110
_LINE_ENDS = str.maketrans({"\v": "\n", "\f": "\n"})


def _repair(code: int) -> str | None:
    """C1 controls are Windows-1252 letters read as Latin-1 (as HTML reads them); others go."""
    try:
        letter = bytes([code]).decode("cp1252")
    except UnicodeDecodeError:
        return None
    return letter if code > ord("\x7f") else None


_CONTROLS = {code: _repair(code) for code in (*range(32), *range(127, 160)) if code not in (9, 10)}
_HAS_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")


def clean(text: str) -> str:
    """The text as it is kept; a second time changes nothing more."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_LINE_ENDS)
    return unicodedata.normalize("NFC", text.translate(_CONTROLS)).strip().strip("\ufeff").strip()


def has_controls(text: str) -> bool:
    """Whether cleaning takes or repairs control characters in a text."""
    return _HAS_CONTROLS.search(text) is not None


def one_line(text: str) -> str:
    """A clean text with every run of white space as one space."""
    return " ".join(clean(text).split())


def first_sentence(text: str) -> str:
    """A title for a text that has none: its first sentence without Markdown marks, cut at a word
    within 110 letters."""
    opening = next((line for line in text.split("\n") if line.strip(" #*->_`=|")), "")
    plain = one_line(re.sub(r"^[\s#>*-]+|[*`]+", "", opening)) or one_line(text)
    match = _SENTENCE.match(plain)
    return cut_at_word(match[1] if match else plain, _HEADLINE_CHARS)


def cut_at_word(text: str, length: int = TITLE_LENGTH) -> str:
    """The text itself, or as many whole words as fit in `length` letters with “…”."""
    if len(text) <= length:
        return text
    kept = text[: length - 1]
    space = kept.rfind(" ")
    return (kept[:space] if space > length // 2 else kept).rstrip(" ,;:-") + "…"
