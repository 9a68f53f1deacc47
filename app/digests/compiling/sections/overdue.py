"""What is overdue: follow-ups, changes, questions, lessons that nobody stood by."""

from datetime import timedelta

from app.briefs.coming_due import REMINDED_AFTER
from app.digests.compiling.scope import Scope
from app.digests.compiling.sections.begun import waiting_briefs
from app.digests.compiling.tally import Tally
from app.digests.contents import Late, Overdue
from app.digests.models import About
from app.lessons.freshness import AGEING_DAYS

#: After so many days a question waits too long.
ANSWERED_WITHIN = timedelta(days=14)
_SHOWN = 8
_PLURALS = {
    Late.FOLLOW_UP: "follow_ups",
    Late.ACTION: "actions",
    Late.QUESTION: "questions",
    Late.REVIEW: "reviews",
}


def overdue(scope: Scope, tally: Tally) -> list[Overdue]:
    """What waits, the longest first."""
    found = {
        Late.FOLLOW_UP: _follow_ups(scope),
        Late.ACTION: _actions(scope),
        Late.QUESTION: _questions(scope),
        Late.REVIEW: _reviews(scope),
    }
    for kind, late in found.items():
        if kind is not Late.FOLLOW_UP or scope.counted_teams:
            tally.put(f"overdue.{_PLURALS[kind]}", (one.id for one in late))
    openable = {brief.id for brief in scope.briefs if brief.team_id in scope.own}
    shown = [
        one
        for late in found.values()
        for one in late
        if one.kind is not Late.FOLLOW_UP or one.id in openable
    ]
    return sorted(shown, key=lambda one: (one.since, one.kind, one.id))[:_SHOWN]


def _follow_ups(scope: Scope) -> list[Overdue]:
    """Briefs that were reminded of without an answer."""
    last = scope.period.ends_at - REMINDED_AFTER[0]
    return [
        Overdue(kind=Late.FOLLOW_UP, id=brief.id, since=brief.asked_at.date().isoformat())
        for brief in waiting_briefs(scope)
        if brief.asked_at and brief.asked_at <= last
    ]


def _actions(scope: Scope) -> list[Overdue]:
    """Changes of our lessons, or for one of us to make, whose day has passed."""
    ours = {one.id for one in scope.lessons}
    return [
        Overdue(kind=Late.ACTION, id=action.id, since=action.since.isoformat())
        for action in scope.facts.actions
        if (action.lesson_id in ours or action.owner_id in _owners(scope))
        and _is_in_use(scope, action.lesson_id)
    ]


def _owners(scope: Scope) -> frozenset[str]:
    return scope.people if scope.about is About.TEAM else frozenset()


def _questions(scope: Scope) -> list[Overdue]:
    """Questions about our lessons that nobody answered."""
    last = (scope.period.ends_at - ANSWERED_WITHIN).date()
    found = [
        Overdue(kind=Late.QUESTION, id=question.id, since=question.since.isoformat())
        for lesson in scope.lessons
        for question in scope.facts.questions_of_lesson.get(lesson.id, ())
        if question.since < last and not lesson.retired
    ]
    return sorted(found, key=lambda one: (one.since, one.id))


def _reviews(scope: Scope) -> list[Overdue]:
    """Lessons whose wording waits to be mended, or that were used and have grown old."""
    end, found = scope.period.end, []
    for one in scope.lessons:
        old = one.held_on + timedelta(days=AGEING_DAYS)
        since = one.worded or (old if one.uses else None)
        if since and since < end and not one.retired:
            found.append(Overdue(kind=Late.REVIEW, id=one.id, since=since.isoformat()))
    return sorted(found, key=lambda one: (one.since, one.id))


def _is_in_use(scope: Scope, lesson_id: str) -> bool:
    lesson = scope.lesson(lesson_id)
    return lesson is not None and not lesson.retired
