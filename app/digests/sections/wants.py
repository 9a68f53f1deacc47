"""What people look for in vain, near to the subject, and who may know.

Only what everybody sees wanted is told (decision 0011). A want is about a topic if it has all words
of one of the topic's names.
"""

from collections.abc import Callable, Sequence
from functools import cache

from sqlmodel import Session

from app.digests.contents import Sought
from app.digests.facts import Facts
from app.digests.models import About
from app.digests.scope import Scope
from app.digests.tally import Tally
from app.experts.knowing import who_knows_topic
from app.lessons.access import anybody
from app.searches.clusters import Wanted

_SHOWN = 5
_MOST_KNOWN = 3
#: Topic → who knows most about it.
Knowers = Callable[[str], Sequence[str]]


def knowers(session: Session, facts: Facts) -> Knowers:
    """Who knows about a topic, by what everybody may read; asked once for each topic."""
    who, now = anybody(facts.now), facts.now

    @cache
    def of_topic(topic_id: str) -> Sequence[str]:
        found = who_knows_topic(session, who, topic_id, now=now, limit=_MOST_KNOWN)
        return [knows.person.id for knows in found]

    return of_topic


def sought(scope: Scope, tally: Tally, knowers: Knowers) -> list[Sought]:
    """What is wanted, most wanted first: of a team and a topic what is about its topics."""
    near = [(want, topics_of(scope.facts, want)) for want in scope.facts.wants]
    found = [
        (want, topics)
        for want, topics in near
        if want.since < scope.period.end and _is_near(scope, topics)
    ]
    tally.put("wanted", (want.id for want, _ in found))
    return [
        Sought(
            want_id=want.id,
            people=want.people,
            looked=want.looked,
            knows=list(knowers(topics[0])) if topics else [],
        )
        for want, topics in found[:_SHOWN]
    ]


def topics_of(facts: Facts, want: Wanted) -> list[str]:
    """The topics that a want is about, those that say most of it first."""
    words = set(want.key.split())
    said: dict[str, int] = {}
    for topic, stems in facts.about:
        if stems and stems <= words:
            said[topic] = max(said.get(topic, 0), len(stems))
    return sorted(said, key=lambda topic: (-said[topic], topic))


def _is_near(scope: Scope, topics: Sequence[str]) -> bool:
    if scope.about is About.ORGANISATION:
        return True
    if scope.about is About.TOPIC:
        return scope.subject_id in topics
    return any(topic in scope.topics for topic in topics)
