"""What can be typed into the search field beside plain words, and what it asks of a document.

    "heat pump"   these words, one after another      -valve, -"by hand"   not these
    deploy*       any word that begins so             title: topic: team: kind: author:

A reader of questions, not a language: whatever is not one of these signs, rightly placed, is plain
words. Nothing nests, nothing is refused, and the time is linear in the length of the text.
"""

import re
from functools import lru_cache
from typing import Literal, NamedTuple, get_args

from .analyzers import Word, analysed, is_stop_word
from .scripts import fold, is_paired, tokens

#: A longer text was pasted, not typed as a query: all of it is plain words.
MAX_CHARACTERS = 256
#: So many signs are read; a text with more of them is plain words.
MAX_CONDITIONS = 16
#: Beside more plain words than these, quotes, minus and star are punctuation of a sentence.
SENTENCE_WORDS = 8
#: A shorter beginning of a word, or word left out, is no sign: `-rf` and `a*` are words.
MIN_LETTERS = 3

Field = Literal["text", "title", "topic", "team", "kind", "author"]
FIELDS: tuple[Field, ...] = get_args(Field)[1:]

_sign = re.compile(
    rf"""(?<![^\s(\[])                          # at the start, after a space or a bracket
    (?P<minus>-?) (?:(?P<field>{"|".join(FIELDS)}):)?
    (?: ["“”„«»＂] (?=[^\s]) (?P<phrase>[^"“”„«»＂]++) ["“”„«»＂]
      | (?![(\[]) (?P<word>[^\s"“”„«»＂*]++) (?P<star>\*?) )
    (?=[\s.,;:!?)\]]|\Z)                        # and up to a space or the end of a sentence
    """,
    re.VERBOSE | re.IGNORECASE,
)


class Condition(NamedTuple):
    """What a document must hold, or must not.

    All of the words, one after another if `exact`, and any word that begins with `prefix` (folded,
    "" for none), in a field; "text" is all of a document.
    """

    field: Field
    words: tuple[Word, ...]
    exact: bool = False
    prefix: str = ""
    excluded: bool = False


class Parsed(NamedTuple):
    """A text read: the plain words that are scored, and what every document found must pass.

    The words of phrases and titles that are asked for are scored too.
    """

    plain: str
    conditions: tuple[Condition, ...]


class _Sign(NamedTuple):
    """One sign where it stands: what it asks for, what of it is scored, and said plainly."""

    start: int
    end: int
    condition: Condition
    scored: str
    plainly: str


@lru_cache(maxsize=128)
def parsed(text: str) -> Parsed:
    """A query read. Any text is one."""
    signs = _signs(text)
    plain = _with(text, signs, [sign.scored for sign in signs])
    return Parsed(plain, tuple(sign.condition for sign in signs))


def plainly(text: str) -> str:
    """The same query without signs: what was asked for as words, what was left out not at all."""
    while signs := _signs(text):  # `title:title:x` is one inside the other
        text = _with(text, signs, [sign.plainly for sign in signs])
    return " ".join(text.split())


def _with(text: str, signs: list[_Sign], said: list[str]) -> str:
    """A text with something else in the place of each sign."""
    pieces, at = [], 0
    for sign, words in zip(signs, said, strict=True):
        pieces += [text[at : sign.start], f" {words} " if words else " "]
        at = sign.end
    return "".join([*pieces, text[at:]])


def _signs(text: str) -> list[_Sign]:
    if len(text) > MAX_CHARACTERS:
        return []
    found = [sign for match in _sign.finditer(text) if (sign := _read(match))]
    if len(tokens(_with(text, found, [""] * len(found)))) > SENTENCE_WORDS:
        found = [sign for sign in found if sign.condition.field != "text"]
    return found if len(found) <= MAX_CONDITIONS else []


def _read(match: re.Match[str]) -> _Sign | None:
    """A sign, unless it only looks like one."""
    phrase, star, minus = match["phrase"], bool(match["star"]), bool(match["minus"])
    field: Field = next((f for f in FIELDS if f == (match["field"] or "").lower()), "text")
    if phrase is None and not star and not minus and field == "text":
        return None
    written = match["word"].rstrip(".,;:!?)]") if phrase is None else phrase
    found = [token for token in tokens(written) if analysed(token).terms]
    quoted = phrase is not None
    if not found or not (quoted or _is_word(written, found, field=field, minus=minus, star=star)):
        return None
    condition = _condition(field, found, minus=minus, quoted=quoted, star=star)
    said = " ".join(found)
    scored = "" if minus or condition.prefix or field not in ("text", "title") else said
    end = match.end() if quoted or star else match.start("word") + len(written)
    return _Sign(match.start(), end, condition, scored, "" if minus or field == "kind" else said)


def _is_word(written: str, found: list[str], *, field: Field, minus: bool, star: bool) -> bool:
    """Whether something without quotes is a sign: not `-10`, `-rf`, `--force`, `-Dx=y`, `a*`."""
    if star and not _beginning(found[-1]):
        return False
    if field != "text":
        return True
    if found != [written]:
        return False
    long_enough = len(written) >= MIN_LETTERS or not written.isascii()
    told = written[0].isalpha() and long_enough and not is_stop_word(analysed(written))
    return told if minus else star


def _beginning(token: str) -> str:
    """The last part of a token, folded, if it is long enough to be the beginning of a word."""
    if is_paired(token):
        return fold(token)
    parts = analysed(token).plain
    return parts[-1] if parts and len(parts[-1]) >= MIN_LETTERS else ""


def _condition(
    field: Field, found: list[str], *, minus: bool, quoted: bool, star: bool
) -> Condition:
    words = tuple(analysed(token) for token in found)
    if star and not is_paired(found[-1]):
        # `ora-000*` is the word ora, and a word that begins with 000
        *before, last = words
        parts = (analysed(part) for part in last.plain[:-1])
        return Condition(field, (*before, *parts), False, _beginning(found[-1]), minus)
    return Condition(field, words, quoted or any(len(word.terms) > 1 for word in words), "", minus)
