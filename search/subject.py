"""What a question is about, however it is put: for telling whether two people ask the same."""

from collections.abc import Iterable

from .analyzers import Word, is_stop_word, words
from .framing import unframed
from .vocabulary import related

#: From this share on, another name is the same thing in another spelling.
_SAME = 0.8


def telling_terms(text: str) -> tuple[str, ...]:
    """The stems of the words that say what a text is about, in its order, each once.

    What only puts the question and what only builds sentences is left out, unless there is nothing
    else; of two spellings of one thing ("colour", "color") the same one is always taken.
    """
    spoken = words(unframed(text))
    told = [word for word in spoken if word.terms and not is_stop_word(word)] or words(text)
    return tuple(dict.fromkeys(term for word in told for term in _one_spelling(word)))


def other_names(terms: Iterable[str]) -> frozenset[str]:
    """The terms of what words, by their stems, are also called: "vendor" for "supplier"."""
    return frozenset(term for word in terms for other in related((word,)) for term in other.terms)


def _one_spelling(word: Word) -> tuple[str, ...]:
    others = (other.terms for other in related(word.terms) if other.share >= _SAME)
    return min([word.terms, *others])
