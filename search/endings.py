"""Words without their endings, by script: "насосе" and "насосы" are one word.

The stemmers are those of Snowball (snowballstem.org): English for Latin letters, Russian for
Cyrillic ones, Greek, Arabic and Hindi. Each is applied until nothing changes: the one for Greek
takes "αντλιες" to "αντλι" and "αντλια" to "αντλ", which are the same word.
"""

import re
import threading

from snowballstemmer import stemmer

_SCRIPTS = (
    (0x0370, 0x03FF, "greek"),
    (0x0400, 0x052F, "russian"),
    (0x0590, 0x05FF, "hebrew"),
    (0x0600, 0x06FF, "arabic"),
    (0x0900, 0x097F, "hindi"),
    (0x1F00, 0x1FFF, "greek"),
)
_MOST_TIMES = 3
#: Plurals that no rule makes, as `many one`.
_IRREGULAR = dict(
    pair.split()
    for pair in (
        "analyses analysis, antennae antenna, appendices appendix, bacteria bacterium, "
        "children child, crises crisis, criteria criterion, diagnoses diagnosis, feet foot, "
        "formulae formula, halves half, hypotheses hypothesis, indices index, knives knife, "
        "loaves loaf, matrices matrix, men man, mice mouse, nuclei nucleus, "
        "parentheses parenthesis, phenomena phenomenon, radii radius, schemata schema, "
        "shelves shelf, spectra spectrum, stimuli stimulus, synopses synopsis, teeth tooth, "
        "theses thesis, vertices vertex, vortices vortex, women woman"
    ).split(", ")
)
#: Endings of stems that are spelt in two ways, long enough to be no others ("size", "hour").
_two_ways = re.compile(r"(?<=[a-z]{3})(?:iz|yz|our|ogu)$")
_SPELT = {"iz": "is", "yz": "ys", "our": "or", "ogu": "og"}
#: "ошибок" is "ошибка" of many: a vowel that comes and goes.
_fleeting = re.compile(r"(?<=[бвгджзклмнпрстфхцчшщ])[ео](?=к$)")
_FLEETING_FROM_LETTERS = 5
#: Hebrew writes "the", "and", "in", "to", "from", "that" onto the word.
_HEBREW_PREFIXES = frozenset("הובלכמש")
_HEBREW_STEM_LETTERS = 3


class _Stemmers(threading.local):
    """Stemmers for each thread: one keeps the word it works on in itself, so that two threads
    sharing it spoil each other's stems, or fail."""

    def __init__(self) -> None:
        self._made = {"english": stemmer("english")}

    def stem(self, language: str, word: str) -> str:
        """One pass of a language's stemmer."""
        if language not in self._made:
            self._made[language] = stemmer(language)
        return str(self._made[language].stemWord(word))


_stemmers = _Stemmers()


def english_stem(word: str) -> str:
    """The Snowball English stem of a folded word of plain letters, spelt one way: "organise" and
    "organize", "colour" and "color" have the same."""
    return _two_ways.sub(_one_way, _stemmers.stem("english", _IRREGULAR.get(word, word)))


def _one_way(found: re.Match[str]) -> str:
    return _SPELT[found[0]]


def foreign_stem(word: str) -> str:
    """The stem of a folded word in another script; of a script without stemmer, the word."""
    first = ord(word[0])
    language = next((name for low, high, name in _SCRIPTS if low <= first <= high), "")
    if language == "hebrew":
        return _hebrew(word)
    for _ in range(_MOST_TIMES if language else 0):
        shorter = _stemmers.stem(language, word)
        if language == "russian" and len(shorter) >= _FLEETING_FROM_LETTERS:
            shorter = _fleeting.sub("", shorter)
        if shorter == word or not shorter:
            break
        word = shorter
    return word


def _hebrew(word: str) -> str:
    """Without what is written onto its beginning, and without the plural's ending."""
    word = re.sub(r"(?<=\w{3})(?:ים|ות|ה)$", "", word)
    while len(word) > _HEBREW_STEM_LETTERS and word[0] in _HEBREW_PREFIXES:
        word = word[1:]
    return word
