"""When two people look for the same: one key for what they typed, spelling and order aside."""

from itertools import permutations

import sqlalchemy as sa
from sqlmodel import Session, col

from app.searches.models import WORDS_LENGTH, Miss, Want
from search import telling_terms

#: From so many letters on, a word with one letter wrong is still that word.
_LETTERS_FORGIVEN = 5
_MOST_PARTS = 2


def want_key(words: str) -> str:
    """What words are about, as one text: the stems of those that tell, each once, in one order.
    Empty for words that say nothing."""
    terms = sorted(set(telling_terms(words)))
    while len(" ".join(terms)) > WORDS_LENGTH:
        terms.pop()
    return " ".join(terms)


def key_of(session: Session, words: str) -> str:
    """The key under which these words are kept: their own, or that of what somebody looked for
    before and that differs in spelling alone. One question to the database."""
    key = want_key(words)
    if not key:
        return key
    near = [
        sa.select(col(column)).where(
            sa.func.length(col(column)).between(len(key) - 1, len(key) + 1)
        )
        for column in (Want.key, Miss.key)
    ]
    known = set(session.connection().execute(sa.union(*near)).scalars())
    if key in known:
        return key
    return min((other for other in known if same_but_for_spelling(key, other)), default=key)


def same_but_for_spelling(one: str, other: str) -> bool:
    """Whether two keys are the same but for one letter of one longer word, or for one word that is
    written apart. Codes and numbers differ by a digit and mean another thing."""
    left, right = set(one.split()), set(other.split())
    ours, theirs = sorted(left - right, key=len), sorted(right - left, key=len)
    if len(ours) == len(theirs) == 1:
        return one_letter_apart(ours[0], theirs[0])
    whole, parts = (ours, theirs) if len(ours) < len(theirs) else (theirs, ours)
    apart = len(whole) == 1 and len(parts) <= _MOST_PARTS
    return apart and any("".join(order) == whole[0] for order in permutations(parts))


def one_letter_apart(one: str, other: str) -> bool:
    """One letter more, another one, or two that changed places; never the first."""
    if not (one.isalpha() and other.isalpha() and one[0] == other[0]):
        return False
    if max(len(one), len(other)) < _LETTERS_FORGIVEN or abs(len(one) - len(other)) > 1:
        return False
    begins = next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
    a, b = one[begins:], other[begins:]
    swapped = a[:2] == b[:2][::-1] and a[2:] == b[2:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or swapped
