"""From a word as somebody wrote it to the terms it is found by; the same for lesson and query.

A plain word becomes its stem. A code, file name or identifier
is found whole, joined and by its parts: `ORA-00054` gives `ora-00054`, `ora00054`, `ora`, `00054`.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from .endings import english_stem, foreign_stem
from .scripts import MARKS, fold, is_paired, pairs, tokens, without_accents
from .stopwords import FUNCTION_WORDS, STOP_WORDS

_MAX_LETTERS = 64
_MAX_PARTS = 8
_STEMMED_FROM_LETTERS = 3
_hump = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[0-9]+")
_has_hump = re.compile(r"[a-z][A-Z]|[A-Z]{2}[a-z]{2}")
_separator = re.compile(rf"(?![{MARKS}])[\W_]")
_version = re.compile(r"v?\d+(?:\.\d+)+")
#: What an identifier is made of: versions stay whole, all else falls apart.
_piece = re.compile(rf"(?<!\w){_version.pattern}(?!\w)|(?:[^\W_]|[{MARKS}])+", re.IGNORECASE)
#: A name with its number: postgres14, office365.
_counted = re.compile(r"([A-Za-z]{3,})([0-9]+)")
#: French joins its little words to the next: l'usine, d'huile.
_elided = re.compile(r"(?:[cdjlmnst]|qu)'(?=\w{3})", re.IGNORECASE)


class Word(NamedTuple):
    """A word analysed.

    `terms` must all be there for the word to be there; `forms` are further spellings of the whole
    that make a match surer; `plain` are its parts as words, for spelling and completion.
    """

    terms: tuple[str, ...]
    forms: tuple[str, ...]
    plain: tuple[str, ...]


@lru_cache(maxsize=1 << 17)
def stem(word: str) -> str:
    """The stem of a folded word (`endings.py`); codes and numbers pass unchanged."""
    if len(word) < _STEMMED_FROM_LETTERS:
        return word
    if word.isascii():
        return english_stem(word) if word.isalpha() else word
    return foreign_stem(word)


@lru_cache(maxsize=1 << 17)
def analysed(token: str) -> Word:
    """One token (as `scripts.tokens` cuts it) to its terms."""
    if token.isascii() and token.isalpha() and (token.islower() or not _has_hump.search(token)):
        return _simple(token.lower()[:_MAX_LETTERS])
    if is_paired(token):
        folded = fold(token)
        return Word(pairs(folded), (), (folded,))
    return _compound(without_accents(token).replace("\u2019", "'").strip("_'"))


def words(text: str) -> list[Word]:
    """Every word of a text, analysed, in order."""
    return [analysed(token) for token in tokens(text)]


def is_function_word(word: Word) -> bool:
    """Whether a word tells nothing at all."""
    return len(word.plain) == 1 and word.plain[0] in FUNCTION_WORDS


def is_stop_word(word: Word) -> bool:
    """Whether a word only builds sentences."""
    return len(word.plain) == 1 and word.plain[0] in STOP_WORDS


def _simple(lowered: str) -> Word:
    return Word((stem(lowered),), (), (lowered,))


def _compound(token: str) -> Word:
    token = _elided.sub("", token.removesuffix("'s").removesuffix("'S"), count=1)
    lowered = fold(token)
    if _version.fullmatch(lowered):
        return _numbered(lowered.removeprefix("v"))
    if lowered.endswith(("#", "++")):
        return Word((lowered,), (), (lowered,))
    parts = _parts(token.replace("'", ""))
    if not parts:
        return Word((), (), ())
    if len(parts) == 1 and not _separator.search(lowered.replace("'", "")):
        return _simple(parts[0])
    whole = lowered.strip("_")[:_MAX_LETTERS]
    joined = "".join(parts)[:_MAX_LETTERS]
    stems = tuple(dict.fromkeys(stem(part) for part in parts))
    if len(parts) > _MAX_PARTS:
        return Word(stems, (), parts)
    versions = (form for part in parts if "." in part for form in _numbered(part).forms)
    forms = tuple(
        form for form in dict.fromkeys((whole, stem(joined), *versions)) if form not in stems
    )
    return Word(stems, forms, parts)


def _parts(token: str) -> tuple[str, ...]:
    found: list[str] = []
    for piece in _piece.findall(token):
        if "." in piece:
            found.append(piece.lower().removeprefix("v")[:_MAX_LETTERS])
        elif counted := _counted.fullmatch(piece):
            found.extend(part.lower()[:_MAX_LETTERS] for part in counted.groups())
        else:
            humps = _hump.findall(piece) if piece.isascii() and _has_hump.search(piece) else [piece]
            found.extend(fold(hump)[:_MAX_LETTERS] for hump in humps)
    return tuple(found)


def _numbered(version: str) -> Word:
    numbers = version.split(".")
    shorter = tuple(".".join(numbers[:n]) for n in range(2, min(len(numbers), _MAX_PARTS)))
    return Word((version,), shorter, (version,))
