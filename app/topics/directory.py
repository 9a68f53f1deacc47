"""Topics: found by name or synonym, made when new, their words changed."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from app.events.record import record
from app.kit.errors import Conflict, Invalid
from app.people.models import Person
from app.topics.models import NAME_LENGTH, Topic, TopicSynonym


class TopicWordTaken(Conflict):
    code = "topic_word_taken"


def topic_key(name: str) -> str:
    """A name folded for comparison: case, hyphens and runs of space make no other topic."""
    # Folding may lengthen: ß becomes ss.
    return " ".join(name.casefold().replace("-", " ").replace("_", " ").split())[:NAME_LENGTH]


def all_topics(session: Session) -> Sequence[Topic]:
    """Every topic, by name."""
    return session.exec(select(Topic).order_by(Topic.key)).all()


def topics_named(session: Session, names: Iterable[str]) -> dict[str, Topic]:
    """Topics by folded name, found by their own name or by a synonym."""
    keys = {topic_key(name) for name in names} - {""}
    if not keys:
        return {}
    found = {t.key: t for t in session.exec(select(Topic).where(col(Topic.key).in_(keys)))}
    by_synonym = select(TopicSynonym.key, Topic).join(Topic, col(Topic.id) == TopicSynonym.topic_id)
    rows = session.exec(by_synonym.where(col(TopicSynonym.key).in_(keys))).all()
    return dict(rows) | found


def topics_for(
    session: Session, names: Sequence[str], *, by: Person | None, now: datetime
) -> list[Topic]:
    """The topics that `names` mean, in that order, each once; new ones are made."""
    known = topics_named(session, names)
    chosen: dict[str, Topic] = {}
    for name in names:
        key = topic_key(name)
        if not key:
            continue
        topic = known.get(key) or create_topic(session, name, by=by, now=now)
        known[key] = topic
        chosen.setdefault(topic.id, topic)
    return list(chosen.values())


def create_topic(session: Session, name: str, *, by: Person | None, now: datetime) -> Topic:
    """Make a topic; callers have looked that its name is new."""
    clean = " ".join(name.split())[:NAME_LENGTH]
    topic = Topic(name=clean, key=topic_key(clean), created_at=now)
    session.add(topic)
    session.flush()
    record(session, "topic.created", topic.id, by=by.id if by else None, now=now, name=clean)
    return topic


def synonyms_of(session: Session, topic_ids: Iterable[str]) -> dict[str, list[str]]:
    """The synonyms of each topic, by topic id."""
    found: dict[str, list[str]] = {topic_id: [] for topic_id in topic_ids}
    rows = session.exec(
        select(TopicSynonym).where(col(TopicSynonym.topic_id).in_(found)).order_by(TopicSynonym.key)
    )
    for synonym in rows:
        found[synonym.topic_id].append(synonym.name)
    return found


def change_words(
    session: Session,
    topic: Topic,
    *,
    name: str,
    synonyms: Sequence[str],
    by: Person | None,
    now: datetime,
) -> None:
    """Rename a topic and say which other words mean it; each word means one topic only."""
    name = " ".join(name.split())
    if not topic_key(name):
        message = "A topic's name needs a letter or a digit."
        raise Invalid(message, fields={"name": message})
    words = {topic_key(word): " ".join(word.split()) for word in synonyms}
    words.pop(topic_key(name), None)
    words.pop("", None)
    for key, other in topics_named(session, [name, *synonyms]).items():
        if other.id != topic.id:
            message = f"“{words.get(key, name)}” already means the topic {other.name}."
            field = "synonyms" if key in words else "name"
            raise TopicWordTaken(message, fields={field: message})
    for old in session.exec(select(TopicSynonym).where(TopicSynonym.topic_id == topic.id)):
        session.delete(old)
    session.flush()
    for key, word in words.items():
        session.add(TopicSynonym(key=key, name=word, topic_id=topic.id))
    topic.name, topic.key, topic.revision = name, topic_key(name), topic.revision + 1
    topic.curated = True
    session.add(topic)
    record(session, "topic.changed", topic.id, by=by.id if by else None, now=now, name=name)
