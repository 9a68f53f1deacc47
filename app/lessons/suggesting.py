"""As one types: lessons, topics and people that begin so, and topics to give to a lesson."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col, select

from app.lessons import fallback
from app.lessons.access import Reader
from app.lessons.as_written import MOST_WORDS, begins
from app.lessons.browse import known_among
from app.lessons.fairness import fairly
from app.lessons.finding import IN_USE
from app.lessons.found import FoundLesson, Named, found_lessons
from app.people.directory import names_of
from app.topics.directory import topic_key, topics_named
from app.topics.models import Topic, TopicSynonym
from search import Index

MOST_SUGGESTED = 8
# So many are looked at: the first of them may be topics that this person may not know of.
_MOST_LOOKED_AT = 200


class NamedPerson(Named):
    """A person as a line under the search box."""

    __slots__ = ()

    @property
    def url(self) -> str:
        return f"/people/{self.id}"


@dataclass(frozen=True, slots=True)
class Suggested:
    """What may be meant by what was typed so far."""

    lessons: list[FoundLesson]
    topics: list[Topic]
    people: list[NamedPerson] = field(default_factory=list)
    notice: str | None = None


class SuggestedTopic(NamedTuple):
    """A topic that begins like what was typed, by its own name or by the synonym `also`."""

    name: str
    also: str


def suggestions(session: Session, index: Index, who: Reader, prefix: str) -> Suggested:
    """Lessons by title, topics and people by name, that begin like what was typed."""
    try:
        # More than are shown: some may be retired by now.
        with fairly(who.person.id):
            begun_so = index.suggest(prefix, audiences=who.audiences, limit=2 * MOST_SUGGESTED)
    except fallback.NO_ANSWER as error:
        fallback.note(error)
        named_so = fallback.topics_begun(session, who, prefix)
        left = MOST_SUGGESTED - len(named_so)
        begun = fallback.lessons_begun(session, who, prefix, IN_USE, left)
        lessons = found_lessons(session, begun, who, IN_USE)
        return Suggested(lessons, named_so, notice=fallback.NOTICE)
    ids = [entry.id for entry in begun_so if entry.kind == "lesson"]
    names = [entry.text for entry in begun_so if entry.kind == "topic"]
    named = topics_named(session, names)
    topics = {t.id: t for name in names if (t := named.get(topic_key(name)))}
    known = known_among(session, topics, who) if topics else set()
    begun_people = [entry.id for entry in begun_so if entry.kind == "person"]
    called = [NamedPerson(*pair) for pair in names_of(session, begun_people).items()]
    left = MOST_SUGGESTED - len(known) - len(called)
    lessons = found_lessons(session, ids, who, IN_USE, left)
    return Suggested(lessons, [t for t in topics.values() if t.id in known], called)


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
