"""Saved searches: kept under a name, each once, for nobody else to see."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import parse_qsl, urlencode

import sqlalchemy as sa
from sqlmodel import Session, col, select

from app.events.record import record
from app.kit.errors import Conflict, Invalid, NotFound
from app.lessons.search_address import NARROWING
from app.people.directory import one_at_a_time
from app.people.models import Person
from app.people.schemas import one_line
from app.searches.models import ADDRESS_LENGTH, NAME_LENGTH, SavedSearch

MOST_SAVED = 50
_PARTS = ("q", *NARROWING, "sort")
# Said once: every search page asks it.
_MINE = (
    select(SavedSearch)
    .where(SavedSearch.person_id == sa.bindparam("person"))
    .order_by(col(SavedSearch.saved_at).desc(), SavedSearch.id)
    .limit(MOST_SAVED)
)


class TooManySaved(Conflict):
    code = "too_many_saved_searches"
    message = f"You keep {MOST_SAVED} searches already. Remove one that you no longer need."


def tidy(address: str) -> str:
    """What stands behind `/search?`, with what makes it this search and in one order, so that the
    same search looks the same; empty for one that asks nothing."""
    pairs = [
        (name, " ".join(value.split()))
        for name, value in parse_qsl(address.removeprefix("/search").removeprefix("?"))
    ]
    kept = sorted(
        {(name, value) for name, value in pairs if name in _PARTS and value},
        key=lambda pair: (_PARTS.index(pair[0]), pair[1]),
    )
    asks = any(name != "sort" for name, _ in kept)
    return urlencode(kept) if asks else ""


def searches_of(session: Session, person: Person) -> Sequence[SavedSearch]:
    """A person's saved searches, the newest first."""
    return session.exec(_MINE, params={"person": person.id}).all()


def save(
    session: Session, name: str, address: str, *, by: Person, now: datetime
) -> tuple[SavedSearch, bool]:
    """Keep a search under a name; one that is kept already stays as it is, and False beside it
    says so. Raises Invalid, TooManySaved."""
    name, address = one_line(name), tidy(address)
    if not address or len(address) > ADDRESS_LENGTH:
        message = "There is nothing to save: type words or choose a filter first."
        raise Invalid(message, fields={"name": message})
    if not name or len(name) > NAME_LENGTH:
        raise Invalid(fields={"name": f"Give it a name of at most {NAME_LENGTH} characters."})
    one_at_a_time(session, by)
    mine = searches_of(session, by)
    for search in mine:
        if search.address == address:
            return search, False
    if len(mine) >= MOST_SAVED:
        raise TooManySaved
    search = SavedSearch(person_id=by.id, name=name, address=address, saved_at=now)
    session.add(search)
    # What somebody looks for is nobody else's business: neither words nor name are recorded.
    record(session, "search.saved", search.id, by=by.id, now=now)
    return search, True


def forget(session: Session, search_id: str, *, by: Person, now: datetime) -> SavedSearch:
    """Remove one of one's own saved searches. Raises NotFound."""
    search = session.get(SavedSearch, search_id)
    if search is None or search.person_id != by.id:
        raise NotFound
    session.delete(search)
    record(session, "search.forgotten", search.id, by=by.id, now=now)
    return search
