"""What callers name in words or by id, as ids: teams, topics, an author."""

from collections.abc import Callable, Iterable, Sequence

import sqlalchemy as sa
from sqlmodel import Session, col, select

from app.kit.errors import Invalid
from app.lessons.access import Reader
from app.lessons.browse import known_among
from app.people.models import Person, Team
from app.people.teams import name_key
from app.topics.directory import topic_key, topics_named
from app.topics.models import Topic


def team_ids(session: Session, wanted: Sequence[str], *, field: str = "team") -> tuple[str, ...]:
    """The teams called so, or with these ids. Raises Invalid for one that is not there."""
    if not wanted:
        return ()
    keys = [name_key(word) for word in wanted]
    rows = session.exec(
        select(Team).where(sa.or_(col(Team.id).in_(wanted), col(Team.key).in_(keys)))
    ).all()
    known = {team.key: team.id for team in rows} | {team.id: team.id for team in rows}
    return _all_known(wanted, known, name_key, "team", field)


def topic_ids(session: Session, wanted: Sequence[str], who: Reader) -> tuple[str, ...]:
    """The topics called so, by name or synonym, or with these ids.

    Raises Invalid for one that is not there, or that `who` may not know of.
    """
    if not wanted:
        return ()
    named = {key: topic.id for key, topic in topics_named(session, wanted).items()}
    by_id = session.exec(select(Topic.id).where(col(Topic.id).in_(wanted))).all()
    found = named | {topic_id: topic_id for topic_id in by_id}
    open_to = known_among(session, found.values(), who)
    known = {word: topic_id for word, topic_id in found.items() if topic_id in open_to}
    return _all_known(wanted, known, topic_key, "topic", "topic")


def author_id(session: Session, wanted: str) -> str:
    """The person with this id or e-mail address. Raises Invalid when there is none."""
    found = session.exec(
        select(Person.id).where(
            sa.or_(col(Person.id) == wanted, col(Person.email) == wanted.strip().lower())
        )
    ).first()
    if found is None:
        message = f"There is no person with the id or address “{wanted}”."
        raise Invalid(message, fields={"author": message})
    return found


def _all_known(
    wanted: Iterable[str],
    known: dict[str, str],
    fold: Callable[[str], str],
    what: str,
    field: str,
) -> tuple[str, ...]:
    found = {word: known.get(word) or known.get(fold(word)) for word in wanted}
    for word, row_id in found.items():
        if row_id is None:
            message = f"There is no {what} called “{word}”."
            raise Invalid(message, fields={field: message})
    return tuple(row_id for row_id in found.values() if row_id)
