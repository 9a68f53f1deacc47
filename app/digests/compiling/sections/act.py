"""Three lessons to act on: proven by others, easy, near to what the teams do, and not yet used.

Which topics somebody follows plays no part: nobody's following is told.
"""

from collections.abc import Mapping, Sequence
from heapq import nsmallest

from app.digests.compiling.facts import LessonFact
from app.digests.compiling.scope import Scope, within
from app.digests.contents import Ease, ToAct
from app.digests.models import About

#: Topic → our own lessons about it that happened again.
Again = Mapping[str, set[str]]

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
    weighed = ((_weight(scope, one, again), one) for one in scope.facts.candidates)
    best = nsmallest(_SHOWN, (pair for pair in weighed if _is_new(scope, pair[1])))
    return [_to_act(scope, one, again) for _, one in best]


def _is_new(scope: Scope, lesson: LessonFact) -> bool:
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


def _weight(scope: Scope, lesson: LessonFact, again: Again) -> tuple[bool, int, str]:
    """Least for what is best: near before far, then by what was proven, how easy it is, how near,
    and what happened again; the id last, so that the order is always the same."""
    about, near = scope.facts.topics.get(lesson.id, ()), scope.topics
    topics = sum(topic in near for topic in about)
    weight = lesson.effect + _EASE * len(_eases(scope, lesson))
    weight += _TOPIC * min(topics, _MOST_COUNTED)
    weight += _AGAIN * min(_happened(about, again), _MOST_COUNTED) if again else 0
    return not topics, -weight, lesson.id


def _happened(about: Sequence[str], again: Again) -> int:
    return len({one for topic in about for one in again.get(topic, ())})


def _to_act(scope: Scope, lesson: LessonFact, again: Again) -> ToAct:
    return ToAct(
        lesson_id=lesson.id,
        reach=lesson.reach,
        better=lesson.better,
        worse=lesson.worse,
        topics=scope.shared_topics(lesson)[:_MOST_TOPICS],
        again=_happened(scope.facts.topics.get(lesson.id, ()), again),
        eases=_eases(scope, lesson),
    )


def _eases(scope: Scope, lesson: LessonFact) -> list[Ease]:
    plain = Ease.SHORT if lesson.told <= _SHORT else Ease.PLAIN
    ready = [Ease.READY] if lesson.id in scope.facts.ready else []
    return [plain, *ready] if lesson.told else ready


def _again_by_topic(scope: Scope) -> Again:
    """Of our own lessons those that happened again in the twelve months, by topic."""
    ours = {one.id for one in scope.lessons}
    found: dict[str, set[str]] = {}
    for row in scope.again:
        for topic in scope.facts.topics.get(row.lesson_id, ()) if row.lesson_id in ours else ():
            found.setdefault(topic, set()).add(row.lesson_id)
    return found
