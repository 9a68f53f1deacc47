"""Topics for programs: which there are, their words, and changing those."""

from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, Field
from sqlmodel import Session

from app.kit.api import BaseUrl, Id, Paged, PageView, Sent, api_router, needs_curator, refusals
from app.kit.db import Db, Now
from app.lessons.access import Reader
from app.lessons.api_shapes import Reads, Writes
from app.lessons.browse import known_topic, known_topics, newest
from app.lessons.schemas import Name
from app.topics.directory import change_words, synonyms_of
from app.topics.models import Topic

MOST_SYNONYMS = 50
Word = Annotated[Name, Field(min_length=1)]


class TopicView(BaseModel):
    """`lessons` is how many of them you may read."""

    id: str
    name: str
    synonyms: list[str]
    lessons: int
    url: str


class TopicsView(PageView):
    topics: list[TopicView]


class TopicChange(Sent):
    """What is left out stays; `synonyms` take the place of those that are there."""

    name: Word | None = None
    synonyms: list[Word] | None = Field(None, max_length=MOST_SYNONYMS)


router = api_router("topics")


@router.get("/topics", responses=refusals())
def list_topics(
    db: Db, who: Reads, base_url: BaseUrl, asked: Annotated[Paged, Query()]
) -> TopicsView:
    """The topics that you may know of, by name."""
    known = known_topics(db, who)
    part = known[asked.offset : asked.offset + asked.per_page]
    synonyms = synonyms_of(db, [topic.id for topic, _ in part])
    return TopicsView(
        total=len(known),
        page=asked.page,
        per_page=asked.per_page,
        topics=[_view(topic, synonyms[topic.id], count, base_url) for topic, count in part],
    )


@router.get("/topics/{topic_id}", responses=refusals(404))
def read_topic(db: Db, who: Reads, base_url: BaseUrl, topic_id: Id) -> TopicView:
    """One topic. `GET /lessons?topic=…` lists its lessons."""
    return _shown(db, known_topic(db, topic_id, who), who, base_url)


@router.patch("/topics/{topic_id}", responses=refusals(404, 409, body=True))
def change_topic(
    db: Db, now: Now, who: Writes, base_url: BaseUrl, topic_id: Id, change: TopicChange
) -> TopicView:
    """Rename a topic, or say which other words mean it. For curators."""
    needs_curator(who.person.curates)
    topic = known_topic(db, topic_id, who)
    synonyms = synonyms_of(db, [topic.id])[topic.id]
    change_words(
        db,
        topic,
        name=change.name or topic.name,
        synonyms=synonyms if change.synonyms is None else change.synonyms,
        by=who.person,
        now=now,
    )
    return _shown(db, topic, who, base_url)


def _shown(session: Session, topic: Topic, who: Reader, base_url: str) -> TopicView:
    session.flush()
    synonyms = synonyms_of(session, [topic.id])[topic.id]
    count = newest(session, who, topic_id=topic.id, limit=1).total
    return _view(topic, synonyms, count, base_url)


def _view(topic: Topic, synonyms: list[str], lessons: int, base_url: str) -> TopicView:
    return TopicView(
        id=topic.id,
        name=topic.name,
        synonyms=synonyms,
        lessons=lessons,
        url=f"{base_url}{topic.url}",
    )
