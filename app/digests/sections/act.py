"""Three lessons to act on: proven by others, easy, near to what the teams do, and not yet used.

Which topics somebody follows plays no part: nobody's following is told.
"""

from app.digests.contents import Ease, ToAct
from app.digests.facts import LessonFact
from app.digests.models import About
from app.digests.scope import Scope, within

_SHOWN = 3
_MOST_TOPICS = 3
#: A recommendation of so many characters is a step or two.
_SHORT = 240
# What weighs beside the effect (-100 to 100): each ease, each topic in common, what happened again.
_EASE, _TOPIC, _AGAIN = 10, 10, 20
_MOST_COUNTED = 2


def to_act(scope: Scope) -> list[ToAct]:
    """The three, best first; fewer where fewer are proven."""
    again = _again_by_topic(scope)
    candidates = [
        _candidate(scope, one, again) for one in scope.facts.candidates if _new(scope, one)
    ]
    best = sorted(candidates, key=lambda pair: (pair[0], pair[1].lesson_id))[:_SHOWN]
    return [one for _, one in best]


def _new(scope: Scope, lesson: LessonFact) -> bool:
    """Whether the lesson is another's, and none of the teams used it or decided about it. Of
    everybody and of a topic: whether it lay idle in the period."""
    facts = scope.facts
    if scope.about is not About.TEAM:
        about = scope.about is not About.TOPIC or scope.subject_id in facts.topics.get(
            lesson.id, ()
        )
        uses = facts.uses_of_lesson.get(lesson.id, ())
        return about and not any(within(use.reported_at, scope.period) for use in uses)
    if lesson.team_id in scope.teams or lesson.author_id in scope.people:
        return False
    return lesson.id not in scope.done_with


def _candidate(
    scope: Scope, lesson: LessonFact, again: dict[str, set[str]]
) -> tuple[tuple[bool, int], ToAct]:
    topics = scope.shared_topics(lesson)
    about = scope.facts.topics.get(lesson.id, ())
    happened = len({one for topic in about for one in again.get(topic, ())} - {lesson.id})
    eases = _eases(scope, lesson)
    weight = lesson.effect + _EASE * len(eases)
    weight += _TOPIC * min(len(topics), _MOST_COUNTED) + _AGAIN * min(happened, _MOST_COUNTED)
    chosen = ToAct(
        lesson_id=lesson.id,
        reach=lesson.reach,
        better=lesson.better,
        worse=lesson.worse,
        topics=topics[:_MOST_TOPICS],
        again=happened,
        eases=eases,
    )
    return (not topics, -weight), chosen


def _eases(scope: Scope, lesson: LessonFact) -> list[Ease]:
    plain = Ease.SHORT if lesson.told <= _SHORT else Ease.PLAIN
    ready = [Ease.READY] if lesson.id in scope.facts.ready else []
    return [plain, *ready] if lesson.told else ready


def _again_by_topic(scope: Scope) -> dict[str, set[str]]:
    """Of our own lessons those that happened again in the twelve months, by topic."""
    ours = {one.id for one in scope.lessons}
    found: dict[str, set[str]] = {}
    for row in scope.again:
        for topic in scope.facts.topics.get(row.lesson_id, ()) if row.lesson_id in ours else ():
            found.setdefault(topic, set()).add(row.lesson_id)
    return found
