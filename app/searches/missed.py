"""Searches and briefs that found nothing which answers them: noted, shown when two people look for
the same, without the person after thirty days, gone after a year (decision 0011)."""

import re
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from app.coach.secrets import looks_secret
from app.events.record import record
from app.kit.clock import day_floor
from app.kit.db import Database
from app.lessons.finding import Answer
from app.people.directory import one_at_a_time
from app.people.models import Person
from app.people.schemas import one_line
from app.searches.keys import key_of
from app.searches.models import WORDS_LENGTH, Miss, MissedBy, Want

#: So long it is known who looked, and so long two who look for the same are two.
WITH_THE_PERSON = timedelta(days=30)
KEPT_FOR = timedelta(days=365)
#: A program may ask for a whole dictionary.
MOST_A_DAY = 50
_MAIL = re.compile(r"\S@\S+\.\w")
_NAMES_SOMEBODY = re.compile(r"\b(?:author|team):", re.IGNORECASE)
# Letters and digits in one long word: a key, a hash, a session.
_CODE = re.compile(r"(?=\S*\d)(?=\S*[^\W\d_])\S{20,}")


def is_missed(answer: Answer) -> bool:
    """Whether a search for words alone, looked at from its beginning, found nothing that answers
    it. Not if the index could not say, nor if signs in the words alone kept it from finding."""
    asked = answer.asked
    plain = asked.text and not asked.narrowed and asked.page == 1
    unsure = answer.notice or answer.partial or answer.plainly
    return bool(plain and not unsure and not answer.answered)


def may_be_kept(words: str) -> bool:
    """Whether words may be kept: short enough, with letters, and nothing that looks like a key, an
    address of mail, or a search for somebody's lessons."""
    return (
        len(words) <= WORDS_LENGTH
        and any(letter.isalpha() for letter in words)
        and not looks_secret(words)
        and not any(pattern.search(words) for pattern in (_MAIL, _NAMES_SOMEBODY, _CODE))
    )


def note_search(database: Database, words: str, by: Person, now: datetime) -> None:
    """Note a missed search behind the answer, which does not wait for it; given up when the
    database cannot write."""
    with database.noting() as session:
        note_miss(session, words, by=by, now=now, source=MissedBy.SEARCH)


def note_miss(
    session: Session, words: str, *, by: Person, now: datetime, source: MissedBy
) -> Miss | None:
    """Note what somebody looked for in vain, once a day for the same. None where nothing is kept:
    for what may not be, for the name of somebody here, and the second time."""
    words = one_line(words)
    key = key_of(session, words) if may_be_kept(words) else ""
    if not key:
        return None
    if _before(session, key, words, by, now).settled:
        return None
    one_at_a_time(session, by)
    before = _before(session, key, words, by, now)
    if before.settled:
        return None
    # The day alone: what somebody looked for must not lie beside the minute at which a protected
    # author posts about it.
    day, answer = day_floor(now), before.lesson_id
    miss = Miss(key=key, words=words, source=source, person_id=by.id, at=day, lesson_id=answer)
    session.add(miss)
    session.flush()
    shown = settle_shown(session, key, now=now)
    if shown and not before.visible:
        # Who looked stands nowhere beside it.
        record(session, "want.shown", miss.id, by=None, now=day)
    return miss


def settle_shown(session: Session, key: str, *, now: datetime) -> bool:
    """Show the misses of a key of the last thirty days if two people look for it or ask for it;
    else let each be seen by whoever looked. What was shown before that stays. Returns which."""
    session.flush()
    recent = sa.and_(col(Miss.key) == key, col(Miss.at) > now - WITH_THE_PERSON)
    people = sa.union(
        sa.select(col(Miss.person_id)).where(recent, col(Miss.person_id).is_not(None)),
        sa.select(col(Want.person_id)).where(col(Want.key) == key),
    ).subquery()
    older = sa.exists().where(
        col(Miss.key) == key, col(Miss.shown), col(Miss.at) <= now - WITH_THE_PERSON
    )
    several = sa.select(sa.func.count() > 1).select_from(people).scalar_subquery()
    shown = bool(session.scalar(sa.select(sa.or_(several, older))))
    changed = sa.update(Miss).where(recent, col(Miss.shown) != shown).values(shown=shown)
    session.connection().execute(changed)
    return shown


def forget_misses(session: Session, *, now: datetime) -> None:
    """Erase who looked after thirty days, and what was looked for after a year."""
    run = session.connection().execute
    run(sa.delete(Miss).where(col(Miss.at) <= now - KEPT_FOR))
    run(
        sa.update(Miss)
        .where(col(Miss.at) <= now - WITH_THE_PERSON, col(Miss.person_id).is_not(None))
        .values(person_id=None)
    )


def _before(session: Session, key: str, words: str, by: Person, now: datetime) -> Any:
    """In one question: whether there is nothing to note (`settled`), because this person looked for
    it today, or for very much, or because somebody here is called so; whether everybody sees it
    (`visible`), and what answers it (`lesson_id`)."""
    mine_today = sa.and_(col(Miss.person_id) == by.id, col(Miss.at) >= day_floor(now))
    all_today = sa.select(sa.func.count()).where(mine_today).scalar_subquery()
    called_so = sa.exists().where(sa.func.lower(Person.name) == words.lower())
    misses = sa.select(
        sa.func.max(sa.case((mine_today, 1), else_=0)).label("today"),
        sa.func.max(sa.case((col(Miss.shown), 1), else_=0)).label("shown"),
        sa.func.max(col(Miss.lesson_id)).label("lesson_id"),
    ).where(col(Miss.key) == key)
    wants = sa.select(
        sa.func.count().label("asked"), sa.func.max(col(Want.lesson_id)).label("lesson_id")
    ).where(col(Want.key) == key)
    looked, asked = misses.subquery(), wants.subquery()
    m, w = looked.c, asked.c
    return (
        session.connection()
        .execute(
            sa.select(
                sa.or_(m.today == 1, all_today >= MOST_A_DAY, called_so).label("settled"),
                sa.or_(m.shown == 1, w.asked > 0).label("visible"),
                sa.func.coalesce(w.lesson_id, m.lesson_id).label("lesson_id"),
            ).select_from(sa.join(looked, asked, sa.true()))
        )
        .one()
    )
