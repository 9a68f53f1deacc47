"""What people look for in vain, near to the subject, and who may know.

Only what everybody sees wanted is told (decision 0011)."""

from collections.abc import Callable, Sequence
from functools import cache

from sqlmodel import Session

from app.digests.compiling.facts import Facts
from app.digests.compiling.scope import Scope
from app.digests.compiling.tally import Tally
from app.digests.contents import Sought
from app.digests.models import About
from app.experts.knowing import who_knows_topic
from app.lessons.access import anybody

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
    found = [
        (want, topics)
        for want, topics in scope.facts.wants
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


def _is_near(scope: Scope, topics: Sequence[str]) -> bool:
    if scope.about is About.ORGANISATION:
        return True
    if scope.about is About.TOPIC:
        return scope.subject_id in topics
    return any(topic in scope.topics for topic in topics)
