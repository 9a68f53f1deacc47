"""Who knows about what somebody says in words: by the lessons that a search for them finds."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session

from app.experts.knowing import Knows, by_place, who_knows
from app.lessons import fallback
from app.lessons.access import Reader
from app.lessons.fairness import SearchTakesTooLong, fairly
from app.lessons.finding import Asked, query_for
from search import Index

#: So many of the lessons found say who knows.
LESSONS_ASKED = 20


class Near(NamedTuple):
    """Ids of lessons near some words, best first; whether they answer them; what to tell of an
    answer without the index."""

    ids: list[str]
    answered: bool
    notice: str | None


@dataclass(frozen=True, slots=True)
class Knowing:
    """Who knows, most first. Not `near` if what was found says little of what was asked: then these
    know about something like it. `notice` is what to tell of an answer without the index."""

    people: list[Knows] = field(default_factory=list)
    near: bool = True
    notice: str | None = None


def lessons_near(session: Session, index: Index, who: Reader, text: str) -> Near:
    """The lessons that a search for `text` finds, with any of its words. At most one question to
    the database. Raises as `fairly`."""
    query = query_for(who, Asked(text=text, per_page=LESSONS_ASKED))
    try:
        with fairly(who.person.id):
            results = index.search(query)
    except fallback.NO_ANSWER as error:
        fallback.note(error)
        ids, _ = fallback.lessons_found(session, who, query)
        return Near(ids, True, fallback.NOTICE)
    return Near([hit.id for hit in results.hits], results.answered, None)


def ids_near(session: Session, index: Index, who: Reader, words: str) -> list[str]:
    """Ids of lessons near what is wanted; none where its words are no search that can be answered,
    since one such want must not keep all others waiting."""
    try:
        return lessons_near(session, index, who, words).ids
    except SearchTakesTooLong:
        return []


def who_knows_about(
    session: Session, index: Index, who: Reader, text: str, *, now: datetime, limit: int = 10
) -> Knowing:
    """Who knows about `text`, by the lessons that `who` may read; nobody knows about nothing. At
    most two questions to the database. Raises as `fairly`."""
    if not text.strip():
        return Knowing()
    near = lessons_near(session, index, who, text)
    people = who_knows(session, who, by_place(near.ids), now=now, limit=limit)
    return Knowing(people, near.answered, near.notice)
