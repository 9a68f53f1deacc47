"""What is put into the index: one document a lesson, already free of anything to be hidden."""

import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime

from .errors import InvalidDocument

#: The audience that everyone belongs to. Statistics and spellings come from it alone.
EVERYONE = "organisation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One lesson as the index knows it.

    `stamp` is an opaque version of the content, compared by `Index.check`. `audience` is an
    opaque token; whoever searches names the tokens they hold. `topic_names` holds names and
    synonyms. A protected author has neither `author` nor `author_name`. `effect` is what uses
    showed, from -100 (worse) to 100 (better); `held_on` the last day that somebody stood by it, by
    default that of posting.
    """

    id: str
    stamp: str
    audience: str
    kind: str
    state: str
    team: str = ""
    topics: tuple[str, ...] = ()
    author: str = ""
    author_name: str = ""
    team_name: str = ""
    topic_names: tuple[str, ...] = ()
    title: str
    context: str = ""
    expected: str = ""
    happened: str = ""
    why: str = ""
    lesson: str = ""
    recommendation: str = ""
    applies_when: str = ""
    not_when: str = ""
    external_id: str = ""
    posted_on: date
    occurred_on: date | None = None
    posted_at: datetime
    effect: int = 0
    held_on: date | None = None


_TEXTS = tuple(field.name for field in fields(Document) if field.type in (str, "str"))
_LISTS = ("topics", "topic_names")
_NAMES = tuple(field.name for field in fields(Document))
_DAYS = ("posted_on", "occurred_on", "held_on")
MOST_EFFECT = 100


def checked(documents: Iterable[Document]) -> list[Document]:
    """The documents, one an id (the last wins), or `InvalidDocument` before anything is written."""
    latest: dict[str, Document] = {}
    for document in documents:
        _check(document)
        latest.pop(document.id, None)
        latest[document.id] = document
    return list(latest.values())


def _check(document: Document) -> None:
    for name in _TEXTS:
        if not isinstance(getattr(document, name), str):
            raise InvalidDocument(f"{name} of document {document.id!r} is not text")
    for name in _LISTS:
        if not all(isinstance(value, str) for value in getattr(document, name)):
            raise InvalidDocument(f"{name} of document {document.id!r} holds what is not text")
    if not document.id or not document.audience:
        raise InvalidDocument("a document needs an id and an audience")
    try:
        document.id.encode()
    except UnicodeEncodeError as error:
        raise InvalidDocument(f"id {document.id!r} cannot be written as UTF-8") from error
    if not isinstance(document.posted_at, datetime) or document.posted_at.utcoffset() is None:
        raise InvalidDocument(f"posted_at of document {document.id!r} has no time zone")
    if not isinstance(document.posted_on, date):
        raise InvalidDocument(f"posted_on of document {document.id!r} is not a date")
    if not isinstance(document.held_on, date | None):
        raise InvalidDocument(f"held_on of document {document.id!r} is not a date")
    if not isinstance(document.effect, int) or abs(document.effect) > MOST_EFFECT:
        raise InvalidDocument(f"effect of document {document.id!r} is not from -100 to 100")


def as_bytes(document: Document) -> bytes:
    """A document as the record keeps it."""
    facts = [_plain(getattr(document, name)) for name in _NAMES]
    return zlib.compress(json.dumps(facts, separators=(",", ":")).encode(), 1)


def from_bytes(content: bytes) -> Document:
    """A document out of the record."""
    facts = dict(zip(_NAMES, json.loads(zlib.decompress(content)), strict=True))
    for name in _LISTS:
        facts[name] = tuple(facts[name])
    for name in _DAYS:
        facts[name] = date.fromisoformat(facts[name]) if facts[name] else None
    facts["posted_at"] = datetime.fromisoformat(facts["posted_at"])
    return Document(**facts)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
