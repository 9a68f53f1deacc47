"""What a brief's page says around its lessons: people who know, what is being changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from app.actions.listing import OpenAction, open_actions
from app.experts.knowing import Knows, by_place, who_knows
from app.lessons.access import Reader

_MOST_ACTIONS = 5


@dataclass(frozen=True, slots=True)
class Around:
    """People who know about the lessons of a brief, and the changes that these ask for."""

    people: Sequence[Knows]
    actions: Sequence[OpenAction]


def around(session: Session, who: Reader, lesson_ids: Sequence[str], *, now: datetime) -> Around:
    """What stands beside these lessons, the most relevant of them first; the reader is not told
    that they know. Two questions."""
    me = frozenset({who.person.id})
    return Around(
        who_knows(session, who, by_place(lesson_ids), now=now, but=me),
        open_actions(session, who, lesson_ids)[:_MOST_ACTIONS],
    )
