"""The plain facts of a document, as one small JSON list: to filter, count and order by."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from .analyzers import words
from .documents import Document

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Card(NamedTuple):
    """What is known of a document without its text; `title_words` are plain.

    Days are proleptic ordinals, times µs UTC."""

    id: str
    stamp: str
    audience: str
    kind: str
    state: str
    team: str
    author: str
    topics: list[str]
    topic_names: list[str]
    title_words: str
    posted_on: int
    posted_at: int


def card_bytes(document: Document) -> bytes:
    """The card of a document as it is stored."""
    card = Card(
        id=document.id,
        stamp=document.stamp,
        audience=document.audience,
        kind=document.kind,
        state=document.state,
        team=document.team,
        author=document.author,
        topics=list(dict.fromkeys(document.topics)),
        topic_names=list(document.topic_names),
        title_words=" ".join(_title_words(document.title)),
        posted_on=document.posted_on.toordinal(),
        posted_at=(document.posted_at - _EPOCH) // timedelta(microseconds=1),
    )
    return json.dumps(card, separators=(",", ":")).encode()


def _title_words(title: str) -> Iterable[str]:
    found = words(title)
    return dict.fromkeys(part for word in found for part in (*word.plain, *word.forms))


def read_cards(stored: list[bytes]) -> list[Card]:
    """The cards of a whole segment, parsed in one go."""
    return [Card(*facts) for facts in json.loads(b"[" + b",".join(stored) + b"]")]
