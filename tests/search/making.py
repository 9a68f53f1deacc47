"""Documents and queries, made in a line."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from search import EVERYONE, Document, Index, Query

FIRST_DAY = date(2025, 1, 1)


def make_document(id: str, title: str = "", *, day: int = 0, **fields: Any) -> Document:
    """A document posted so many days after the first of January 2025, open to everyone."""
    facts: dict[str, Any] = {
        "stamp": "1",
        "audience": EVERYONE,
        "kind": "failure",
        "state": "posted",
        "posted_on": FIRST_DAY + timedelta(days=day),
        "posted_at": datetime(2025, 1, 1, 12, tzinfo=UTC) + timedelta(days=day),
    }
    return Document(id=id, title=title, **{**facts, **fields})


def ask(text: str = "", *audiences: str, **choices: Any) -> Query:
    """A query of somebody who may read what everyone may, and what these audiences may."""
    return Query(text=text, audiences=frozenset({EVERYONE, *audiences}), **choices)


def found(index: Index, text: str = "", *audiences: str, **choices: Any) -> list[str]:
    """The ids that a query finds, in order."""
    return [hit.id for hit in index.search(ask(text, *audiences, **choices)).hits]
