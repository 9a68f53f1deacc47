"""Reads the facts that digests are made of, in a number of questions that never grows."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from app.actions.models import Action
from app.briefs.models import Brief, BriefLesson, Disposition
from app.digests.facts import (
    AgainFact,
    BriefFact,
    DecisionFact,
    Facts,
    LessonFact,
    UseFact,
    Waiting,
    grouped,
)
from app.digests.subjects import Subjects
from app.lessons.access import anybody
from app.lessons.models import Kind, Lesson, LessonStanding, LessonTopic, State, Visibility
from app.people.models import Membership, Person, Team
from app.responses.models import Answer, Question
from app.searches.clusters import wanted
from app.searches.keys import want_key
from app.topics.models import Topic, TopicSynonym
from app.uses.models import Manner, Recurrence, Use
from app.uses.shared import Older, counted, with_both

#: Of what is wanted, so many are looked at, most wanted first.
_MOST_WANTED = 500
_FAILED = (Kind.FAILURE, Kind.NEAR_MISS)
_BY_OTHERS = sa.and_(
    col(Use.team_id).is_not(None), ~col(Use.own_team), col(Use.manner) != Manner.REJECTED
)


def load(session: Session, of: Subjects, *, now: datetime) -> Facts:
    """The facts of the subjects in their window, as they are now."""
    rows = _Rows(session, of)
    lessons = {fact.id: fact for fact in map(_lesson, rows.lessons())}
    return Facts(
        window=of.window,
        now=now,
        parents=dict(rows.run(sa.select(col(Team.id), col(Team.parent_id)))),
        members=_sets(rows.members()),
        lessons=lessons,
        topics={
            lesson_id: tuple(row.topic_id for row in about)
            for lesson_id, about in grouped(rows.topics(), lambda row: row.lesson_id).items()
            if lesson_id
        },
        uses=list(map(_use, rows.uses())),
        again=[AgainFact(*row) for row in rows.again()],
        briefs=[BriefFact(*row) for row in rows.briefs()],
        decisions={
            brief_id: [DecisionFact(*row) for row in decided]
            for brief_id, decided in grouped(rows.decisions(), lambda row: row.brief_id).items()
            if brief_id
        },
        actions=[Waiting(*row) for row in rows.actions()],
        questions=[_question(row) for row in rows.questions()],
        second=dict(rows.second()),
        tried=_sets(rows.tried()),
        settled=_sets(rows.settled()),
        ready=frozenset(row.lesson_id for row in rows.changes_made()),
        wants=wanted(session, anybody(now), limit=_MOST_WANTED)[0],
        about=[(row.id, frozenset(want_key(row.name).split())) for row in rows.topic_words()],
    )


class _Rows:
    """The questions, one method each."""

    def __init__(self, session: Session, of: Subjects):
        self._connection, self._of = session.connection(), of
        self._since, self._until = of.window.starts_at, of.window.ends_at

    def run(self, question: Any) -> Any:
        return self._connection.execute(question).all()

    def members(self) -> Any:
        here = sa.join(Membership, Person, col(Person.id) == Membership.person_id)
        return self.run(
            sa.select(col(Membership.team_id), col(Membership.person_id))
            .select_from(here)
            .where(col(Person.disabled_at).is_(None))
        )

    def lessons(self) -> Any:
        both = sa.outerjoin(Lesson, LessonStanding, col(LessonStanding.lesson_id) == Lesson.id)
        author = sa.outerjoin(both, Person, col(Person.id) == Lesson.author_id)
        standing = LessonStanding
        return self.run(
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

    def topics(self) -> Any:
        concerned = sa.select(col(Lesson.id)).where(self._of.of_lessons())
        return self.run(
            sa.select(col(LessonTopic.lesson_id), col(LessonTopic.topic_id))
            .where(col(LessonTopic.lesson_id).in_(concerned))
            .order_by(col(LessonTopic.lesson_id), col(LessonTopic.position))
        )

    def uses(self) -> Any:
        when = (col(column).between(self._since, self._until) for column in _SAID)
        return self.run(
            sa.select(
                *map(col, (Use.id, Use.lesson_id, Use.team_id)),
                _BY_OTHERS.label("by_others"),
                *map(col, (Use.brief_id, Use.manner, Use.result)),
                sa.and_(col(Use.before).is_not(None), col(Use.after).is_not(None)).label("both"),
                *map(col, (Use.work, Use.reported_at, Use.changed_at)),
            )
            .join(Lesson, col(Lesson.id) == Use.lesson_id)
            .where(sa.or_(*when), self._of.of_uses())
            .order_by(col(Use.reported_at).desc(), col(Use.id))
        )

    def again(self) -> Any:
        row = Recurrence
        columns = (row.id, row.lesson_id, row.team_id, row.broke, row.reported_at)
        asked = with_both(sa.select(*map(col, columns)).select_from(Recurrence))
        when = col(row.reported_at).between(self._since, self._until)
        return self.run(
            asked.where(when, counted(), self._of.of_recurrences(Older)).order_by(
                col(row.reported_at).desc(), col(row.id)
            )
        )

    def briefs(self) -> Any:
        columns = (Brief.id, Brief.team_id, Brief.made_at, Brief.asked_at, Brief.ended_at)
        when = sa.or_(col(Brief.made_at) >= self._since, col(Brief.asked_at) >= self._since)
        ours = self._of.of_teams(Brief.team_id)
        asked = sa.select(*map(col, columns)).where(when, ours)
        return self.run(asked.order_by(col(Brief.made_at).desc(), col(Brief.id)))

    def decisions(self) -> Any:
        row = BriefLesson
        return self.run(
            sa.select(col(row.brief_id), col(row.lesson_id), col(row.disposition))
            .join(Brief, col(Brief.id) == row.brief_id)
            .where(col(Brief.made_at) >= self._since, self._of.of_teams(Brief.team_id))
            .order_by(col(row.brief_id), col(row.position), col(row.lesson_id))
        )

    def actions(self) -> Any:
        row = Action
        return self.run(
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
        return self.run(made.where(col(Action.done_at).is_not(None)).distinct())

    def questions(self) -> Any:
        row = Question
        answered = sa.exists().where(col(Answer.question_id) == row.id)
        asked = (
            sa.select(col(row.id), col(row.lesson_id), col(row.asked_at))
            .join(Lesson, col(Lesson.id) == row.lesson_id)
            .where(~answered, col(row.asked_at).between(self._since, self._until))
        )
        ours = asked.where(self._of.of_what_waits())
        return self.run(ours.order_by(col(row.asked_at), col(row.id)))

    def second(self) -> Any:
        first = sa.func.min(Use.reported_at)
        return self.run(
            sa.select(col(Use.lesson_id), first)
            .join(Lesson, col(Lesson.id) == Use.lesson_id)
            .where(_BY_OTHERS, self._of.of_what_waits())
            .group_by(col(Use.lesson_id))
            .having(first >= self._since)
        )

    def tried(self) -> Any:
        pairs = sa.select(col(Use.team_id), col(Use.lesson_id)).distinct()
        return self.run(pairs.where(self._of.of_teams(Use.team_id)))

    def settled(self) -> Any:
        pairs = sa.select(col(Brief.team_id), col(BriefLesson.lesson_id)).distinct()
        return self.run(
            pairs.join(Brief, col(Brief.id) == BriefLesson.brief_id).where(
                self._of.of_teams(Brief.team_id), col(BriefLesson.disposition).in_(_SETTLED)
            )
        )

    def topic_words(self) -> Any:
        other: Any = sa.select(col(TopicSynonym.topic_id).label("id"), col(TopicSynonym.name))
        both = sa.union_all(sa.select(col(Topic.id), col(Topic.name)), other).subquery()
        return self.run(sa.select(both).order_by(both.c.id, both.c.name))


_SAID = (Use.reported_at, Use.changed_at)
_SETTLED = (Disposition.ALREADY_DO, Disposition.DOES_NOT_APPLY)


def _lesson(row: Any) -> LessonFact:
    named = row.author_id is not None
    signs = [day for day in (row.used_on, row.confirmed_on) if day]
    return LessonFact(
        id=row.id,
        team_id=row.team_id,
        shared=row.visibility is Visibility.ORGANISATION,
        author_id=row.author_id,
        thankable=row.disabled_at is None if named else bool(row.claimed),
        failed=row.kind in _FAILED,
        retired=row.state is State.RETIRED,
        posted_at=row.posted_at,
        told=row.told,
        effect=row.effect or 0,
        reach=row.reach or 0,
        better=row.better or 0,
        worse=row.worse or 0,
        uses=row.uses or 0,
        held_on=max([row.posted_at.date(), *signs]),
        worded=row.rewrite_since.date() if row.rewrite_since else None,
    )


def _question(row: Any) -> Waiting:
    return Waiting(row.id, row.lesson_id, owner_id=None, since=row.asked_at.date())


def _use(row: Any) -> UseFact:
    return UseFact(
        id=row.id,
        lesson_id=row.lesson_id,
        team_id=row.team_id,
        by_others=bool(row.by_others),
        brief_id=row.brief_id,
        rejected=row.manner is Manner.REJECTED,
        result=row.result,
        compared=bool(row.both),
        # Words are compared within this process and never kept.
        work=hash((row.team_id, row.work)) if row.work else hash(row.id),
        reported_at=row.reported_at,
        changed_at=row.changed_at,
    )


def _sets(pairs: Iterable[Any]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for one, other in pairs:
        found.setdefault(one, set()).add(other)
    return {one: frozenset(others) for one, others in found.items()}
