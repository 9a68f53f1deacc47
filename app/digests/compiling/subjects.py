"""Which rows concern some teams, a topic, or everybody: the conditions under which facts are read.

For the whole organisation everything of the twelve months is read; for some teams, or a topic, what
concerns those alone.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from app.actions.models import Action
from app.briefs.models import Brief, BriefLesson
from app.digests.compiling.facts import MOST_CANDIDATES, Window
from app.lessons.models import Lesson, LessonStanding, LessonTopic, State, Visibility
from app.people.models import Membership
from app.uses.models import Recurrence, Use

_SHARED = sa.and_(
    col(Lesson.visibility) == Visibility.ORGANISATION,
    col(Lesson.state).not_in((State.DRAFT, State.RETIRED)),
)


@dataclass(frozen=True, slots=True)
class Subjects:
    """Of what facts are read: of these teams, of a topic, or (neither) of everything."""

    window: Window
    teams: Collection[str] | None = None
    topic_id: str = ""

    @property
    def people(self) -> sa.Select[Any]:
        """The ids of who is in the teams."""
        return sa.select(col(Membership.person_id)).where(self._in_teams(Membership.team_id))

    def of_lessons(self) -> sa.ColumnElement[bool]:
        """A condition on `Lesson`: posted, and concerns the subjects."""
        posted = col(Lesson.state) != State.DRAFT
        if self.topic_id:
            return sa.and_(posted, self._about_topic(Lesson.id))
        if self.teams is None:
            return posted
        found = sa.union(*(sa.select(part.subquery()) for part in self._parts())).subquery()
        return sa.and_(posted, col(Lesson.id).in_(sa.select(*found.c)))

    def of_uses(self) -> sa.ColumnElement[bool]:
        """A condition on `Use`: by the teams, or of what is theirs."""
        if self.topic_id:
            return self._about_topic(Use.lesson_id)
        if self.teams is None:
            return sa.true()
        written = col(Lesson.author_id).in_(self.people)
        theirs = sa.select(col(Lesson.id)).where(sa.or_(self._in_teams(Lesson.team_id), written))
        by_them = sa.select(col(Use.id)).where(self._in_teams(Use.team_id))
        # Two walks along an index each: with an “or” all uses there are would be looked at.
        of_theirs = sa.select(col(Use.id)).where(col(Use.lesson_id).in_(theirs))
        return col(Use.id).in_(sa.union(by_them, of_theirs))

    def of_recurrences(self, older: Any) -> sa.ColumnElement[bool]:
        """A condition on `Recurrence`, joined with the `older` lesson."""
        if self.topic_id:
            return self._about_topic(older.id)
        ours = sa.or_(self._in_teams(Recurrence.team_id), self._in_teams(older.team_id))
        return sa.true() if self.teams is None else ours

    def of_what_waits(self, owner_id: Any = None) -> sa.ColumnElement[bool]:
        """A condition on `Lesson`, or on whose it is to do something about it."""
        if self.topic_id:
            return self._about_topic(Lesson.id)
        if self.teams is None:
            return sa.true()
        ours = self._in_teams(Lesson.team_id)
        return ours if owner_id is None else sa.or_(ours, owner_id.in_(self.people))

    def of_teams(self, team_id: Any) -> sa.ColumnElement[bool]:
        """A condition on a column that names a team: no topic has what is a team's."""
        if self.topic_id:
            return sa.false()
        return col(team_id).is_not(None) if self.teams is None else self._in_teams(team_id)

    def _in_teams(self, team_id: Any) -> sa.ColumnElement[bool]:
        return col(team_id).in_(sorted(self.teams or ()))

    def _about_topic(self, lesson_id: Any) -> sa.ColumnElement[bool]:
        about = sa.select(col(LessonTopic.lesson_id))
        return col(lesson_id).in_(about.where(col(LessonTopic.topic_id) == self.topic_id))

    def _parts(self) -> Iterable[sa.Select[Any]]:
        """Lessons of the teams and of those in them, what they used, what happened to them again,
        what is in their briefs, what they are to do something about; what is new and proven."""
        lesson, since = sa.select(col(Lesson.id)), self.window.starts_at
        yield lesson.where(self._in_teams(Lesson.team_id))
        yield lesson.where(col(Lesson.author_id).in_(self.people))
        used = sa.or_(col(Use.reported_at) >= since, col(Use.changed_at) >= since)
        yield sa.select(col(Use.lesson_id)).where(self._in_teams(Use.team_id), used)
        again = sa.select(col(Recurrence.lesson_id))
        yield again.where(self._in_teams(Recurrence.team_id), col(Recurrence.reported_at) >= since)
        briefed = sa.select(col(BriefLesson.lesson_id)).join(
            Brief, col(Brief.id) == BriefLesson.brief_id
        )
        yield briefed.where(self._in_teams(Brief.team_id), col(Brief.made_at) >= since)
        owed = sa.select(col(Action.lesson_id)).where(col(Action.done_at).is_(None))
        yield owed.where(col(Action.owner_id).in_(self.people))
        period = self.window.period
        yield lesson.where(
            _SHARED,
            col(Lesson.posted_at) >= period.starts_at,
            col(Lesson.posted_at) < period.ends_at,
        )
        yield _most_proven()


def _most_proven() -> sa.Select[Any]:
    return (
        sa.select(col(Lesson.id))
        .join(LessonStanding, col(LessonStanding.lesson_id) == Lesson.id)
        .where(_SHARED, col(LessonStanding.effect) > 0, col(LessonStanding.better) > 0)
        .order_by(col(LessonStanding.effect).desc(), col(Lesson.id))
        .limit(MOST_CANDIDATES)
    )
