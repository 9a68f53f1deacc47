"""Reads the facts that digests are made of, in a number of questions that never grows."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlmodel import Session

from app.digests.compiling.fact_rows import Rows
from app.digests.compiling.facts import (
    AgainFact,
    BriefFact,
    DecisionFact,
    Facts,
    LessonFact,
    UseFact,
    Waiting,
    grouped,
)
from app.digests.compiling.subjects import Subjects
from app.lessons.access import anybody
from app.lessons.models import Kind, State, Visibility
from app.searches.clusters import Wanted, wanted
from app.searches.keys import want_key
from app.uses.models import Manner

#: Of what is wanted, so many are looked at, most wanted first.
_MOST_WANTED = 500
_FAILED = (Kind.FAILURE, Kind.NEAR_MISS)


def load(session: Session, of: Subjects, *, now: datetime) -> Facts:
    """The facts of the subjects in their window, as they are now."""
    rows = Rows(session, of)
    lessons = {fact.id: fact for fact in map(_lesson, rows.lessons())}
    return Facts(
        window=of.window,
        now=now,
        parents=dict(rows.parents().all()),
        members=_sets(rows.members()),
        lessons=lessons,
        topics={
            lesson_id: tuple(row.topic_id for row in about)
            for lesson_id, about in grouped(rows.topics(lessons), lambda row: row.lesson_id).items()
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
        second=dict(rows.second().all()),
        tried=_sets(rows.tried()),
        settled=_sets(rows.settled()),
        ready=frozenset(row.lesson_id for row in rows.changes_made()),
        wants=_wants(session, rows, now),
    )


def _wants(session: Session, rows: Rows, now: datetime) -> list[tuple[Wanted, list[str]]]:
    """What is wanted, each with its topics, those that say most of it first. It is about a topic if
    it has all words of one of the topic's names."""
    named: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for row in rows.topic_words():
        stems = frozenset(want_key(row.name).split())
        for stem in sorted(stems)[:1]:  # by one of them it is found, by all it is meant
            named.setdefault(stem, []).append((row.id, stems))
    found = []
    for want in wanted(session, anybody(now), limit=_MOST_WANTED)[0]:
        words, said = set(want.key.split()), dict[str, int]()
        for topic, stems in (one for word in words for one in named.get(word, ())):
            if stems <= words:
                said[topic] = max(said.get(topic, 0), len(stems))
        found.append((want, sorted(said, key=lambda topic: (-said[topic], topic))))
    return found


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
