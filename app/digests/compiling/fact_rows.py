"""The questions that the facts of digests are read with, each asked once."""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from app.actions.models import Action
from app.briefs.models import Brief, BriefLesson, Disposition
from app.digests.compiling.subjects import Subjects
from app.lessons.access import shared_with_teams
from app.lessons.models import Lesson, LessonStanding, LessonTopic
from app.people.models import Membership, Person, Team
from app.responses.models import Answer, Question
from app.topics.models import Topic, TopicSynonym
from app.uses.models import Manner, Recurrence, Use
from app.uses.shared import Older, counted, with_both

_EVERYBODY_READS = shared_with_teams(frozenset())
# A question may name some 30,000 things.
_MOST_NAMED = 5_000
_SAID = (Use.reported_at, Use.changed_at)
_SETTLED = (Disposition.ALREADY_DO, Disposition.DOES_NOT_APPLY)
_BY_OTHERS = sa.and_(
    col(Use.team_id).is_not(None), ~col(Use.own_team), col(Use.manner) != Manner.REJECTED
)


class Rows:
    """One method a question; `of` says whose facts are asked for."""

    def __init__(self, session: Session, of: Subjects):
        self._connection, self._of = session.connection(), of
        self._since, self._until = of.window.starts_at, of.window.ends_at

    def _in_window(self, column: Any) -> sa.ColumnElement[bool]:
        return sa.and_(col(column) >= self._since, col(column) < self._until)

    def _run(self, question: Any) -> Any:
        return self._connection.execute(question)

    def parents(self) -> Any:
        return self._run(sa.select(col(Team.id), col(Team.parent_id)))

    def members(self) -> Any:
        here = sa.join(Membership, Person, col(Person.id) == Membership.person_id)
        return self._run(
            sa.select(col(Membership.team_id), col(Membership.person_id))
            .select_from(here)
            .where(col(Person.disabled_at).is_(None))
        )

    def lessons(self) -> Any:
        both = sa.outerjoin(Lesson, LessonStanding, col(LessonStanding.lesson_id) == Lesson.id)
        author = sa.outerjoin(both, Person, col(Person.id) == Lesson.author_id)
        standing = LessonStanding
        return self._run(
            sa.select(
                *map(col, (Lesson.id, Lesson.team_id, Lesson.visibility, Lesson.author_id)),
                *(col(Lesson.claim_hash).is_not(None).label("claimed"), col(Lesson.kind)),
                *map(col, (Person.disabled_at, Lesson.state, Lesson.posted_at)),
                sa.func.length(Lesson.recommendation).label("told"),
                *map(col, (standing.effect, standing.reach, standing.better, standing.worse)),
                *map(col, (standing.uses, standing.used_on, standing.confirmed_on)),
                col(standing.rewrite_since),
            )
            .select_from(author)
            .where(self._of.of_lessons())
            .order_by(col(Lesson.posted_at).desc(), col(Lesson.id))
        )

    def topics(self, lesson_ids: Collection[str]) -> Any:
        """Of these lessons; where they are very many, of all."""
        asked = sa.select(col(LessonTopic.lesson_id), col(LessonTopic.topic_id))
        if len(lesson_ids) <= _MOST_NAMED:
            asked = asked.where(col(LessonTopic.lesson_id).in_(lesson_ids))
        return self._run(asked.order_by(col(LessonTopic.lesson_id), col(LessonTopic.position)))

    def uses(self) -> Any:
        when = (self._in_window(column) for column in _SAID)
        return self._run(
            sa.select(
                *map(col, (Use.id, Use.lesson_id, Use.team_id)),
                _BY_OTHERS.label("by_others"),
                *map(col, (Use.brief_id, Use.manner, Use.result)),
                sa.and_(col(Use.before).is_not(None), col(Use.after).is_not(None)).label("both"),
                *map(col, (Use.work, Use.reported_at, Use.changed_at)),
            )
            .where(sa.or_(*when), self._of.of_uses())
            .order_by(col(Use.reported_at).desc(), col(Use.id))
        )

    def again(self) -> Any:
        row = Recurrence
        columns = (row.id, row.lesson_id, row.team_id, row.broke, row.reported_at)
        asked = with_both(sa.select(*map(col, columns)).select_from(Recurrence))
        counting = asked.where(
            self._in_window(row.reported_at), counted(), self._of.of_recurrences(Older)
        )
        return self._run(counting.order_by(col(row.reported_at).desc(), col(row.id)))

    def briefs(self) -> Any:
        columns = (Brief.id, Brief.team_id, Brief.made_at, Brief.asked_at, Brief.ended_at)
        when = sa.or_(self._in_window(Brief.made_at), self._in_window(Brief.asked_at))
        ours = self._of.of_teams(Brief.team_id)
        asked = sa.select(*map(col, columns)).where(when, ours)
        return self._run(asked.order_by(col(Brief.made_at).desc(), col(Brief.id)))

    def decisions(self) -> Any:
        row = BriefLesson
        return self._run(
            sa.select(col(row.brief_id), col(row.lesson_id), col(row.disposition))
            .join(Brief, col(Brief.id) == row.brief_id)
            .where(self._in_window(Brief.made_at), self._of.of_teams(Brief.team_id))
            .order_by(col(row.brief_id), col(row.position), col(row.lesson_id))
        )

    def actions(self) -> Any:
        row = Action
        return self._run(
            sa.select(*map(col, (row.id, row.lesson_id, row.owner_id, row.due_on)))
            .join(Lesson, col(Lesson.id) == row.lesson_id)
            .where(
                col(row.done_at).is_(None),
                col(row.due_on) < self._of.window.period.end,
                col(row.made_at) < self._of.window.period.ends_at,
                self._of.of_what_waits(col(row.owner_id)),
            )
            .order_by(col(row.due_on), col(row.id))
        )

    def changes_made(self) -> Any:
        made = sa.select(col(Action.lesson_id)).join(Lesson, col(Lesson.id) == Action.lesson_id)
        return self._run(made.where(col(Action.done_at).is_not(None)).distinct())

    def questions(self) -> Any:
        row = Question
        answered = sa.exists().where(col(Answer.question_id) == row.id)
        asked = (
            sa.select(col(row.id), col(row.lesson_id), col(row.asked_at))
            .join(Lesson, col(Lesson.id) == row.lesson_id)
            .where(~answered, self._in_window(row.asked_at))
        )
        ours = asked.where(self._of.of_what_waits())
        return self._run(ours.order_by(col(row.asked_at), col(row.id)))

    def second(self) -> Any:
        first = sa.func.min(Use.reported_at)
        return self._run(
            sa.select(col(Use.lesson_id), first)
            .join(Lesson, col(Lesson.id) == Use.lesson_id)
            .where(_BY_OTHERS, self._of.of_what_waits())
            .group_by(col(Use.lesson_id))
            .having(first >= self._since)
        )

    def tried(self) -> Any:
        pairs = sa.select(col(Use.team_id), col(Use.lesson_id)).distinct()
        return self._run(pairs.where(self._of.of_teams(Use.team_id)))

    def settled(self) -> Any:
        pairs = sa.select(col(Brief.team_id), col(BriefLesson.lesson_id)).distinct()
        return self._run(
            pairs.join(Brief, col(Brief.id) == BriefLesson.brief_id).where(
                self._of.of_teams(Brief.team_id), col(BriefLesson.disposition).in_(_SETTLED)
            )
        )

    def topic_words(self) -> Any:
        """The names of topics that everybody may know of."""
        public = sa.select(col(LessonTopic.topic_id)).join(
            Lesson, col(Lesson.id) == LessonTopic.lesson_id
        )
        known = sa.or_(col(Topic.curated), col(Topic.id).in_(public.where(_EVERYBODY_READS)))
        other: Any = sa.select(col(TopicSynonym.topic_id).label("id"), col(TopicSynonym.name))
        both = sa.union_all(
            sa.select(col(Topic.id), col(Topic.name)).where(known), other
        ).subquery()
        return self._run(sa.select(both).order_by(both.c.id, both.c.name))
