"""New lessons: from elsewhere those that matter here, and our own."""

from app.digests.compiling.facts import LessonFact
from app.digests.compiling.scope import Scope, within
from app.digests.compiling.tally import Tally
from app.digests.contents import Fresh
from app.digests.models import About

_SHOWN = 5
_MOST_TOPICS = 3
#: Used by so many other teams, a new lesson matters to everybody.
_SEVERAL = 2


def fresh_ours(scope: Scope, tally: Tally) -> list[Fresh]:
    """New lessons of the teams, about the topic, or all; those that others used first."""
    found = [
        one for one in scope.lessons if not one.retired and within(one.posted_at, scope.period)
    ]
    tally.put("fresh.ours", (one.id for one in found))
    return [_fresh(scope, one) for one in sorted(found, key=_most_used)[:_SHOWN]]


def fresh_elsewhere(scope: Scope, tally: Tally) -> list[Fresh]:
    """New lessons of others that everybody may read, nearest to what the teams do first."""
    if scope.about is not About.TEAM:
        return []
    others = (one for one in scope.facts.fresh if one.team_id not in scope.teams)
    near = {one.id: len(scope.shared_topics(one)) for one in scope.facts.fresh}
    found = [one for one in others if near[one.id] or one.reach >= _SEVERAL]
    found.sort(key=lambda one: (-near[one.id], *_most_used(one)))
    tally.put("fresh.elsewhere", (one.id for one in found))
    return [_fresh(scope, one) for one in found[:_SHOWN]]


def _fresh(scope: Scope, lesson: LessonFact) -> Fresh:
    topics = scope.shared_topics(lesson)[:_MOST_TOPICS]
    return Fresh(lesson_id=lesson.id, topics=topics, reach=lesson.reach)


def _most_used(lesson: LessonFact) -> tuple[int, float, str]:
    return -lesson.reach, -lesson.posted_at.timestamp(), lesson.id
