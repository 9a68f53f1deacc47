"""From a plan of work to its ideas: the words that tell what it is about, section by section.

Any word counts, and the whole text does. Numbers, dates, money and units count for little, as do
words that only build sentences or say that something is planned. A long plan is read in sections,
so that no subject drowns another.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from .analyzers import Word, analysed, is_function_word, is_stop_word, stem
from .framing import unframed
from .scripts import tokens
from .stopwords import ASIDE
from .vocabulary import Related, phrases, related_widely

#: Some sixty pages. What comes after is not looked at.
MAX_CHARACTERS = 200_000
#: A section ends with the paragraph that brings it to so many words, or the sentence that brings it
#: to so many, if so many are left for another. A plan of no more than one section's is one.
_ENOUGH, _MUCH, _SHORT = 30, 120, 15
MOST_SECTIONS = 32
_KEPT = 16
_paragraph_end = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*•#]|\d+[.)]))")
_sentence_end = re.compile(r"(?<=[.!?;:,)])\s+|\s(?=[(\u2013\u2014-])|\s*\n\s*")
_letter = re.compile(r"[^\W\d_]{2}")
_ASIDE = frozenset(map(stem, ASIDE))
_NO_WORD = Word((), (), ())


class Idea(NamedTuple):
    """A word of a plan as first typed, analysed, and what else it is called or has to do with.

    A phrase that is called something else has no terms of its own. A `faint` idea mostly builds
    sentences, or says when and how much.
    """

    token: str
    word: Word
    names: tuple[Related, ...]
    faint: bool


class Plan(NamedTuple):
    """A plan as read: its ideas; for each section, how often each of them stands there; and its
    sentences, each word as typed with the number of its idea, -1 for none."""

    ideas: tuple[Idea, ...]
    sections: tuple[Counter[int], ...]
    sentences: tuple[tuple[tuple[str, int], ...], ...]


@lru_cache(maxsize=_KEPT)
def read_plan(work: str) -> Plan:
    """A plan, up to `MAX_CHARACTERS` of it."""
    ideas: dict[Word | str, tuple[int, Idea]] = {}
    sections: list[Counter[int]] = []
    sentences: list[tuple[tuple[str, int], ...]] = []
    for section in _sections(unframed(work[:MAX_CHARACTERS])):
        counted: Counter[int] = Counter()
        for sentence in section:
            placed = tuple((token, _place(ideas, token)) for token in sentence)
            counted.update(number for _, number in placed if number >= 0)
            counted.update(_phrases(ideas, sentence))
            sentences.append(placed)
        sections.append(counted)
    return Plan(tuple(idea for _, idea in ideas.values()), tuple(sections), tuple(sentences))


def _sections(work: str) -> Iterator[list[list[str]]]:
    """The sentences of each section, as lists of words: paragraphs, short ones together."""
    paragraphs = [
        [found for text in _sentence_end.split(paragraph) if (found := tokens(text))]
        for paragraph in _paragraph_end.split(work)
    ]
    left = sum(len(sentence) for paragraph in paragraphs for sentence in paragraph)
    if left <= _MUCH:
        yield [sentence for paragraph in paragraphs for sentence in paragraph]
        return
    enough, most = max(_ENOUGH, left // MOST_SECTIONS), max(_MUCH, left // MOST_SECTIONS)
    section: list[list[str]] = []
    words = 0
    for paragraph in paragraphs:
        for place, sentence in enumerate(paragraph, 1):
            section.append(sentence)
            words += len(sentence)
            left -= len(sentence)
            if words >= (enough if place == len(paragraph) else most) and left >= _SHORT:
                yield section
                section, words = [], 0
    if section:
        yield section


def _place(ideas: dict[Word | str, tuple[int, Idea]], token: str) -> int:
    """The number of a word's idea, a new one if it is new; -1 if it tells nothing at all."""
    word = analysed(token)
    if not word.terms or is_function_word(word):
        return -1
    if word not in ideas:
        faint = not _tells(word)
        names = () if faint else related_widely(word.terms)
        ideas[word] = len(ideas), Idea(token, word, names, faint)
    return ideas[word][0]


def _phrases(ideas: dict[Word | str, tuple[int, Idea]], sentence: Sequence[str]) -> Iterable[int]:
    """The numbers of the phrases of a sentence; parts of one identifier make none."""
    spoken = [word for token in sentence if (word := analysed(token)).terms]
    plain = [word if len(word.terms) == 1 else word._replace(terms=("",)) for word in spoken]
    for key in dict.fromkeys(phrases(plain)):
        phrase = " ".join(key)
        if phrase not in ideas:
            ideas[phrase] = len(ideas), Idea(phrase, _NO_WORD, related_widely(key), False)
        yield ideas[phrase][0]


def _tells(word: Word) -> bool:
    return (
        not is_stop_word(word)
        and not (len(word.terms) == 1 and word.terms[0] in _ASIDE)
        and any(_letter.search(part) for part in word.plain)
    )
