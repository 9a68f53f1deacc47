"""As one types: topics to give to a lesson, and what of a name was typed already."""

import re
from collections.abc import Sequence
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col, select

from app.lessons.access import Reader
from app.lessons.as_written import MOST_WORDS, begins
from app.lessons.browse import known_among
from app.topics.models import Topic, TopicSynonym

MOST_SUGGESTED = 8
# So many are looked at: the first of them may be topics that this person may not know of.
_MOST_LOOKED_AT = 200


class SuggestedTopic(NamedTuple):
    """A topic that begins like what was typed, by its own name or by the synonym `also`."""

    name: str
    also: str


def topics_begun(session: Session, who: Reader, prefix: str) -> list[SuggestedTopic]:
    """The topics, by name, that this person may know of and of whose name, or of one of whose
    synonyms, every word typed begins a word."""
    named = begins(session, col(Topic.name), prefix)
    said = begins(session, col(TopicSynonym.name), prefix)
    if named is None or said is None:
        return []
    synonyms = select(TopicSynonym.topic_id, sa.func.min(TopicSynonym.name).label("also"))
    also = synonyms.where(said).group_by(col(TopicSynonym.topic_id)).subquery()
    rows = session.exec(
        select(Topic.id, Topic.name, sa.case((named, ""), else_=also.c.also))
        .outerjoin(also, also.c.topic_id == Topic.id)
        .where(sa.or_(named, also.c.also.is_not(None)))
        .order_by(Topic.key)
        .limit(_MOST_LOOKED_AT)
    ).all()
    known = known_among(session, [row[0] for row in rows], who)
    return [SuggestedTopic(*row[1:]) for row in rows if row[0] in known][:MOST_SUGGESTED]


def marked(text: str, prefix: str) -> Sequence[tuple[str, bool]]:
    """A name in pieces (text, whether it is what was typed): where a typed word begins one."""
    typed = [re.escape(word) for word in prefix.split()[:MOST_WORDS]]
    if not typed:
        return [(text, False)]
    longest_first = "|".join(sorted(typed, key=len, reverse=True))
    pieces = re.split(rf"(?<!\w)({longest_first})", text, flags=re.IGNORECASE)
    return [(piece, number % 2 == 1) for number, piece in enumerate(pieces) if piece]
