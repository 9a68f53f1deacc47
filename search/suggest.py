"""As you type: lessons whose title has words beginning so, names of topics, and of people."""

from collections.abc import Iterable
from functools import reduce
from typing import NamedTuple

import numpy as np

from .analyzers import words
from .documents import EVERYONE
from .ordering import first
from .query import cut
from .results import Suggestion
from .scripts import fold
from .snapshot import Snapshot

_MAX_WORDS = 8
_MAX_TOPICS = 3
_MAX_PEOPLE = 2


def suggest(
    snapshot: Snapshot, prefix: str, audiences: frozenset[str], limit: int
) -> list[Suggestion]:
    """At most `limit` lines: topics first, then people, then lessons, newest first.

    Every word typed must begin a word of the title or name; names come from documents that
    everyone may read.
    """
    typed = [part for word in words(cut(prefix)) for part in word.plain][:_MAX_WORDS]
    if not typed or limit < 1:
        return []
    named = _named(snapshot, typed)[:limit] if EVERYONE in audiences else []
    begun = (snapshot.beginning("facts", f"begins:{part}") for part in typed)
    titled = reduce(np.logical_and, begun, snapshot.readable(audiences))
    numbers = first(snapshot, titled, limit - len(named)) if limit > len(named) else []
    return [*named, *(Suggestion("lesson", id=snapshot.id(number)) for number in numbers)]


def _named(snapshot: Snapshot, typed: list[str]) -> list[Suggestion]:
    names = snapshot.worked_out("names", _names)
    topics = (Suggestion("topic", text=name.text) for name in _begun(names.topics, typed))
    people = (Suggestion("person", id=n.id, text=n.text) for n in _begun(names.people, typed))
    return [*list(topics)[:_MAX_TOPICS], *list(people)[:_MAX_PEOPLE]]


class _Name(NamedTuple):
    text: str
    id: str
    words: list[str]


class _Names(NamedTuple):
    """The names of one generation, those of most documents first."""

    topics: list[_Name]
    people: list[_Name]


def _begun(names: Iterable[_Name], typed: list[str]) -> Iterable[_Name]:
    for name in names:
        if all(any(word.startswith(part) for word in name.words) for part in typed):
            yield name


def _names(snapshot: Snapshot) -> _Names:
    _, topics = snapshot.several("topic_names").spread(np.flatnonzero(snapshot.public))
    texts = snapshot.values.all("topic_names")
    counts = np.bincount(topics, minlength=len(texts))
    authors, names = snapshot.single("author"), snapshot.single("author_name")
    ids, called = snapshot.values.all("author"), snapshot.values.all("author_name")
    lessons = np.bincount(authors[snapshot.public], minlength=len(ids))
    name_of = np.zeros(len(ids), np.int32)
    name_of[authors[snapshot.public]] = names[snapshot.public]
    return _Names(
        _ordered((n, text, "") for n, text in zip(counts.tolist(), texts, strict=True)),
        _ordered(
            (n, called[name], id)
            for n, name, id in zip(lessons.tolist(), name_of.tolist(), ids, strict=True)
            if id and n
        ),
    )


def _ordered(found: Iterable[tuple[int, str, str]]) -> list[_Name]:
    held = sorted((-times, text, id) for times, text, id in found if times and text)
    return [_Name(text, id, fold(text).split()) for _, text, id in held]
