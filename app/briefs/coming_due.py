"""Work that ended: its team is asked once what came of it, reminded twice, then left in peace."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.briefs.models import Brief, BriefLesson
from app.events.record import record
from app.kit.clock import Clock
from app.kit.db import Database
from app.lessons.access import Reader, readers, shared_with_teams
from app.lessons.models import Lesson, Visibility
from app.people.models import Membership
from app.people.teams import teams_read
from app.uses.models import Use

REMINDED_AFTER = (timedelta(days=7), timedelta(days=21))
#: So long after it was asked, the question stands on the first page of those whom it concerns.
IN_PEACE_AFTER = timedelta(days=28)
_AT_ONCE = 100
_BEGINNING = 1_000
#: Whether anything was said of a lesson in its brief.
_SAID = sa.exists().where(
    col(Use.brief_id) == BriefLesson.brief_id, col(Use.lesson_id) == BriefLesson.lesson_id
)


@dataclass(frozen=True, slots=True)
class FollowUps:
    """A worker's job: asks and reminds, each once, however many processes look."""

    database: Database
    clock: Clock

    def look(self) -> None:
        """Ask and remind wherever that is due, also what came due while nobody looked."""
        while self.step():
            pass

    def step(self) -> bool:
        """Ask and remind for some of the briefs where it is due; whether there were any.

        What is claimed and what is recorded is one transaction: nothing leaves the database.
        """
        now = self.clock()
        with self.database.reading() as session:
            if session.exec(_due(now).limit(1)).first() is None:
                return False
        with self.database.writing() as session:
            found = session.exec(
                _due(now).order_by(col(Brief.id)).limit(_AT_ONCE).with_for_update(skip_locked=True)
            ).all()
            open_still = _unanswered(session, [brief.id for brief in found])
            for brief in found:
                ask(session, brief, brief.id in open_still, now)
        return bool(found)


def _due(now: datetime) -> SelectOfScalar[Brief]:
    """Briefs of work that ended before today, not over, to be asked or reminded."""
    reminded = [
        sa.and_(col(Brief.reminders) == count, col(Brief.asked_at) <= now - after)
        for count, after in enumerate(REMINDED_AFTER)
    ]
    return select(Brief).where(
        col(Brief.ended_at).is_(None),
        col(Brief.ends_on) < now.date(),
        sa.or_(col(Brief.asked_at).is_(None), *reminded),
    )


def ask(session: Session, brief: Brief, is_open: bool, now: datetime) -> None:
    """Ask what came of it, or remind for all the times that are due at once. Where everything was
    answered there is nothing to ask, but what they learned themselves; and nothing to remind of."""
    facts = {"brief_id": brief.id, "team_id": brief.team_id}
    if brief.asked_at is None:
        brief.asked_at = now
        record(session, "followup.asked", brief.id, by=None, now=now, **facts)
    else:
        passed = now - brief.asked_at
        brief.reminders = sum(passed >= after for after in REMINDED_AFTER)
        if is_open:
            often = brief.reminders
            record(session, "followup.reminded", brief.id, by=None, now=now, often=often, **facts)
    session.add(brief)


def _unanswered(session: Session, brief_ids: Sequence[str]) -> set[str]:
    """Those of the briefs with a lesson that nothing was said of and that can be read there still:
    by all of the team, or by whoever made one for themselves."""
    rows = session.exec(
        select(Brief, Lesson)
        .join(BriefLesson, col(BriefLesson.brief_id) == Brief.id)
        .join(Lesson, col(Lesson.id) == BriefLesson.lesson_id)
        .where(col(Brief.id).in_(brief_ids), ~_SAID)
    ).all()
    who = readers(session, {brief.by_id for brief, _ in rows})
    return {brief.id for brief, lesson in rows if _is_shared(lesson, brief, who.get(brief.by_id))}


def _is_shared(lesson: Lesson, brief: Brief, maker: Reader | None) -> bool:
    if brief.team_id is None:
        return maker is not None and maker.may_read(lesson)
    return lesson.visibility is Visibility.ORGANISATION or lesson.team_id == brief.team_id


def ended_lately(person_id: str, now: datetime) -> sa.Select[Any]:
    """The work of this person and of their teams that they were asked about lately and that they
    have not said all of, as far as they may read it, as (id, how it begins), the last that ended
    first."""
    open_still = sa.exists().where(
        col(BriefLesson.brief_id) == Brief.id,
        col(Lesson.id) == BriefLesson.lesson_id,
        shared_with_teams(teams_read(sa.literal(person_id))),
        ~_SAID,
    )
    theirs = sa.select(col(Membership.team_id)).where(col(Membership.person_id) == person_id)
    return (
        sa.select(col(Brief.id), sa.func.substr(col(Brief.work), 1, _BEGINNING).label("begins"))
        .where(
            sa.or_(col(Brief.by_id) == person_id, col(Brief.team_id).in_(theirs)),
            col(Brief.asked_at) > now - IN_PEACE_AFTER,
            col(Brief.ended_at).is_(None),
            open_still,
        )
        .order_by(col(Brief.ends_on).desc(), col(Brief.id))
    )
