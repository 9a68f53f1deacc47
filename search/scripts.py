"""How letters of different scripts are folded together and cut into words."""

import re
import unicodedata

#: Scripts written without spaces, or with endings glued to the word (Korean): cut into pairs.
_PAIRED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Myanmar, Khmer
    "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af"  # Hangul, composed and not
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f"  # kana
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
)
#: Marks that belong to the letter before them, and signs that cannot be seen (soft hyphens,
#: joiners, directions); Python's `\w` leaves them out.
MARKS = (
    "\u0300-\u036f\u0591-\u05c7\u064b-\u0652\u0900-\u0963\u0966-\u0dff\u3099\u309a"
    "\u00ad\u200c-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
)
_JOINTS = r"['\u2019.\-\u2010\u2011/:@&+]"

#: A word as typed: letters and digits, held together by single joints ("ORA-00054", "a.b").
_TOKEN = re.compile(
    rf"[{_PAIRED}][{_PAIRED}{MARKS}]*"
    rf"|(?:(?![{_PAIRED}])[\w{MARKS}])+"
    rf"(?:{_JOINTS}(?:(?![{_PAIRED}])[\w{MARKS}])+)*(?:\+\+|#)?"
)
#: The same for text that is all ASCII, which most text is.
_ASCII_TOKEN = re.compile(r"[A-Za-z0-9_]+(?:['.\-/:@&+][A-Za-z0-9_]+)*(?:\+\+|#)?")

_paired = re.compile(rf"[{_PAIRED}]")
#: What people leave out or type otherwise: accents, but not that of the letter й; the points of
#: Hebrew, the vowels and the stretching of Arabic; and what cannot be seen.
_dropped = re.compile(
    "(?<![ИиУу])\u0306|[\u0300-\u0305\u0307-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u064b-\u0652\u0640\u00ad\u200c-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
_letters = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "\u0131": "i",
    }
)


def token_pattern(text: str) -> re.Pattern[str]:
    """What cuts a text into words."""
    return _ASCII_TOKEN if text.isascii() else _TOKEN


def tokens(text: str) -> list[str]:
    """The words of a text as written, in order."""
    return token_pattern(text).findall(text)


def without_accents(text: str) -> str:
    """Composed and decomposed, accented and plain letters made the same (é → e); case is kept.

    Compatibility forms are folded too (Unicode Annex 15, NFKD), marks of Latin, Greek, Cyrillic,
    Hebrew and Arabic letters dropped, the rest composed again (NFC).
    """
    if text.isascii():
        return text
    bare = _dropped.sub("", unicodedata.normalize("NFKD", text))
    return unicodedata.normalize("NFC", bare)


def fold(text: str) -> str:
    """`without_accents`, in lower case, with the letters that do not decompose spelt out."""
    lowered = without_accents(text).lower()
    return lowered if lowered.isascii() else lowered.translate(_letters)


def is_paired(token: str) -> bool:
    """Whether a token is of a script that is searched by pairs of letters."""
    return not token.isascii() and _paired.match(token) is not None


def pairs(token: str) -> tuple[str, ...]:
    """Overlapping pairs of letters; a single letter stands for itself."""
    return tuple(token[i : i + 2] for i in range(len(token) - 1)) or (token,)
