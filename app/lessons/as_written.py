"""Words of a query as conditions on columns: found as they are written, whatever the case."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped
from sqlmodel import Session

MOST_WORDS = 8
_SHORTEST = 3
_TELL_NOTHING = frozenset(
    "about after all and any anybody anyone are been before but can cannot could did does doing "
    "for from had has have her him his how into its just make makes more not now one other our "
    "out over should some such than that the their them then there these they this those too "
    "under was were what when where which while who whom why will with would you your".split()
)


def telling_words(text: str) -> list[str]:
    """The words to look for, each once; those that tell little only if there are no others.

    No character of the text is an operator. A plural is cut to its singular, which is part of it.
    """
    words = _words(text)
    telling = [word for word in words if _tells(word)]
    return [_singular(word) for word in telling or words][:MOST_WORDS]


def says_something(text: str) -> bool:
    """Whether any word of it tells what it is about."""
    return any(_tells(word) and not word.isdecimal() for word in _words(text))


def _words(text: str) -> list[str]:
    typed = re.findall(r"\w+", unicodedata.normalize("NFC", text).casefold())
    return list(dict.fromkeys(typed))


def _tells(word: str) -> bool:
    return word not in _TELL_NOTHING and not _short(word)


def holds(session: Session, column: Mapped[Any], word: str) -> sa.ColumnElement[bool]:
    """Whether a column holds a word, or a longer one with it inside."""
    return _like(session, column, f"%{_plain(word)}%")


def begins(session: Session, column: Mapped[Any], prefix: str) -> sa.ColumnElement[bool] | None:
    """Whether every word typed so far begins a word of a column; None when nothing was typed."""
    typed = unicodedata.normalize("NFC", prefix).replace("\x00", " ").split()[:MOST_WORDS]
    found = [
        sa.or_(_like(session, column, f"{start}%"), _like(session, column, f"% {start}%"))
        for start in map(_plain, typed)
    ]
    return sa.and_(*found) if found else None


def number_of(claims: Sequence[sa.ColumnElement[bool]]) -> sa.ColumnElement[int]:
    """How many of the claims hold."""
    ones: list[sa.ColumnElement[int]] = [sa.case((claim, 1), else_=0) for claim in claims]
    return sum(ones[1:], start=ones[0]) if ones else sa.literal(0)


def _short(word: str) -> bool:
    return word.isascii() and len(word) < _SHORTEST


def _singular(word: str) -> str:
    plural = word.isascii() and len(word) > _SHORTEST and word.endswith("s")
    return word[:-1] if plural and not word.endswith("ss") else word


def _like(session: Session, column: Mapped[Any], pattern: str) -> sa.ColumnElement[bool]:
    # SQLite's LIKE ignores the case of ASCII by itself; to lower every text would copy it.
    if session.get_bind().dialect.name == "sqlite":
        return column.like(pattern, escape="\\")
    return column.ilike(pattern, escape="\\")


def _plain(word: str) -> str:
    return re.sub(r"([\\%_])", r"\\\1", word)
