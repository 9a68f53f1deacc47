"""Compiles digests and keeps them: what the job does as soon as a period is over."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session, col, select

from app.digests.compiling.editions import editions_of
from app.digests.compiling.facts import Facts, Window
from app.digests.compiling.keeping import keep
from app.digests.compiling.loading import load
from app.digests.compiling.month import Compiled, compile_one, compiled
from app.digests.compiling.sections.wants import Knowers, knowers
from app.digests.compiling.subjects import Subjects
from app.digests.models import NOBODY, About, Cadence, Digest, DigestSubscription, Edition
from app.digests.period import Period
from app.events.record import record
from app.following.models import Follow, SubjectKind
from app.kit.db import Database
from app.people.models import Team
from app.people.teams import all_teams
from app.topics.models import Topic

__all__ = ["Compiled", "Progress", "compile_all", "compile_one"]

#: So many are compiled and kept at once; between, others write and the worker's threads breathe.
_CHUNK = 40
#: Hears how many are done, of how many.
Progress = Callable[[int, int | None], None]


class _Subject(NamedTuple):
    about: About
    subject_id: str
    edition: Edition


def compile_all(
    database: Database,
    period: Period,
    *,
    now: datetime,
    progress: Progress = lambda _done, _total: None,
) -> int:
    """Compile and keep what is not kept of a period that is over; returns how many that were.

    Of a month: the organisation's, every team's in each edition, and those of topics that somebody
    follows or is sent. Of a week: those that somebody is sent. What is read is a year of facts,
    once; each chunk is kept in a writing transaction of its own.
    """
    with database.reading() as session:
        owed = _owed(session, period)
        if not owed:
            return 0
        progress(0, len(owed))
        facts = load(session, Subjects(Window(period)), now=now)
        who = knowers(session, facts)
        for start in range(0, len(owed), _CHUNK):
            chunk = owed[start : start + _CHUNK]
            _keep(database, facts, chunk, who)
            progress(start + len(chunk), len(owed))
    return len(owed)


def _keep(database: Database, facts: Facts, chunk: Sequence[_Subject], who: Knowers) -> None:
    period, now = facts.window.period, facts.now
    made = [(subject, compiled(facts, *subject, who)) for subject in chunk]
    with database.writing() as session:
        for subject, digest in made:
            keep(session, period, *subject, digest, now=now)
        record(session, "digest.compiled", period.key, by=None, now=now, digests=len(made))


def _owed(session: Session, period: Period) -> list[_Subject]:
    """What is to be kept and is not, the organisation's first."""
    rows = select(Digest.about, Digest.subject_id, Digest.edition)
    there = set(session.exec(rows.where(Digest.period == period.key)))
    wanted = _of_week(session) if period.weekly else _of_month(session)
    return [subject for subject in dict.fromkeys(wanted) if tuple(subject) not in there]


def _of_month(session: Session) -> Iterator[_Subject]:
    teams = all_teams(session)
    yield _Subject(About.ORGANISATION, NOBODY, Edition.EVERYONE)
    for team in teams:
        yield from _editions(About.TEAM, team.id, teams)
    followed = select(Follow.subject_id).where(Follow.subject_kind == SubjectKind.TOPIC)
    sent = select(DigestSubscription.subject_id).where(
        DigestSubscription.about == About.TOPIC, DigestSubscription.cadence != Cadence.NEVER
    )
    known = select(Topic.id).where(col(Topic.id).in_(followed) | col(Topic.id).in_(sent))
    for topic_id in session.exec(known.order_by(Topic.id)):
        yield _Subject(About.TOPIC, topic_id, Edition.EVERYONE)


def _of_week(session: Session) -> Iterator[_Subject]:
    teams = all_teams(session)
    there = {team.id for team in teams}
    sent = select(DigestSubscription.about, DigestSubscription.subject_id).distinct()
    weekly = sent.where(DigestSubscription.cadence == Cadence.WEEKLY)
    for about, subject_id in sorted(session.exec(weekly)):
        if about is not About.TEAM or subject_id in there:
            yield from _editions(About(about), subject_id, teams)


def _editions(about: About, subject_id: str, teams: Sequence[Team]) -> Iterator[_Subject]:
    for edition in editions_of(about, subject_id, teams):
        yield _Subject(about, subject_id, edition)
