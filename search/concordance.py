"""Words as they stand in texts, by the terms they are found by: learned as texts are read."""

from collections.abc import Iterable

from .analyzers import analysed
from .scripts import tokens

#: So many words are remembered; then it starts anew. Names and numbers would never end.
_MOST_WORDS = 200_000


class Concordance:
    """Which written words hold a term. A written word is what stands between two spaces: no token
    spans a space, so that a text need not be cut into tokens to be looked through.

    Threads may share one: a word counts as met only when all its terms are noted.
    """

    def __init__(self) -> None:
        self._met: set[str] = set()
        self._by_term: dict[str, set[str]] = {}

    @property
    def full(self) -> bool:
        return len(self._met) > _MOST_WORDS

    def meet(self, words: Iterable[str]) -> None:
        """Note the words that are new."""
        for word in set(words).difference(self._met):
            for token in tokens(word):
                for term in terms_of(token):
                    self._by_term.setdefault(term, set()).add(word)
            self._met.add(word)

    def holding(self, terms: Iterable[str]) -> set[str]:
        """The words met so far that hold any of the terms."""
        return set().union(*(self._by_term.get(term, ()) for term in terms))


def terms_of(token: str) -> tuple[str, ...]:
    """Everything that a token is found by."""
    word = analysed(token)
    return word.terms + word.forms
