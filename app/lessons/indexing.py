"""The index follows the database: it hears of acts by deliveries and asks what is so now."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa
import structlog
from prometheus_client import Counter
from sqlmodel import Session, col, select

from app.events.deliver import claim, done, failed, something_is_due, subscribe
from app.events.models import Event
from app.events.record import record
from app.kit.clock import Clock
from app.kit.db import Database
from app.kit.ids import ID_LENGTH
from app.lessons.access import audience_of
from app.lessons.cards import Card, cards
from app.lessons.models import Lesson, LessonStanding, LessonTopic, State, Visibility
from app.topics.directory import synonyms_of
from app.topics.models import Topic
from search import Difference, Document, Index, IndexBusy, IndexDamaged

SUBSCRIBER_KIND = "search"
# What came of a lesson, which their events name.
_TELL_OF = ("use", "recurrence", "confirmation", "standing")
_REACTS_TO = ("lesson", "topic", "team", "person", *_TELL_OF)
# A commit costs much, whatever it holds, so an import is indexed in few; but a lesson posted
# meanwhile waits for the one under way.
_BATCH = 500
# Whatever keeps the index from being written (a rebuild, a full disk), somebody waits to be found.
_LONGEST_WAIT = timedelta(seconds=4)
_REBUILDS = Counter("commonplace_index_rebuilds", "Times the index was built anew", ["cause"])
_log = structlog.get_logger("indexing")


def subscriber_name(index: Index) -> str:
    """Each index follows on its own account: two machines with one database have two."""
    return f"{SUBSCRIBER_KIND}:{index.identity}"


def stamps(session: Session) -> dict[str, str]:
    """What the index should hold: every posted lesson's id with a stamp of what it is made from
    (revision, audience, the words of its topics, what came of it)."""
    words = (
        sa.select(col(LessonTopic.lesson_id), sa.func.sum(Topic.revision).label("revisions"))
        .join(Topic, col(Topic.id) == LessonTopic.topic_id)
        .group_by(col(LessonTopic.lesson_id))
        .subquery()
    )
    rows = session.connection().execute(
        sa.select(
            col(Lesson.id),
            col(Lesson.revision),
            col(Lesson.visibility),
            col(Lesson.team_id),
            sa.func.coalesce(words.c.revisions, 0),
            sa.func.coalesce(col(LessonStanding.revision), 0),
        )
        .outerjoin(words, words.c.lesson_id == Lesson.id)
        .outerjoin(LessonStanding, col(LessonStanding.lesson_id) == Lesson.id)
        .where(col(Lesson.state) != State.DRAFT)
    )
    return {row[0]: _stamp(*row[1:]) for row in rows}


def _stamp(
    revision: int, visibility: Visibility, team_id: str | None, words: int, standing: int
) -> str:
    audience = "organisation" if visibility is Visibility.ORGANISATION else f"team:{team_id}"
    return f"{revision}/{audience}/{words}" + (f"/{standing}" if standing else "")


def documents(session: Session, ids: Sequence[str]) -> list[Document]:
    """The posted lessons among `ids`, as the index takes them. A protected author is in none."""
    lessons = session.exec(
        select(Lesson).where(col(Lesson.id).in_(ids), col(Lesson.state) != State.DRAFT)
    ).all()
    ready = cards(session, lessons)
    synonyms = synonyms_of(session, {topic.id for card in ready for topic in card.topics})
    return [_document(card, synonyms) for card in ready]


def _document(card: Card, synonyms: dict[str, list[str]]) -> Document:
    row = card.row
    words = [w for topic in card.topics for w in (topic.name, *synonyms[topic.id])]
    return Document(
        id=row.id,
        stamp=_stamp(
            row.revision,
            row.visibility,
            row.team_id,
            sum(t.revision for t in card.topics),
            card.worth.revision if card.worth else 0,
        ),
        audience=audience_of(row),
        kind=row.kind.value,
        state=row.state.value,
        team=row.team_id or "",
        team_name=card.team.name if card.team else "",
        topics=tuple(topic.id for topic in card.topics),
        topic_names=tuple(words),
        author=card.author.id if card.author else "",
        author_name=card.author.name if card.author else "",
        title=row.title,
        context=row.context,
        expected=row.expected,
        happened=row.happened,
        why=row.why,
        lesson=row.lesson,
        recommendation=row.recommendation,
        applies_when=row.applies_when,
        not_when=row.not_when,
        external_id=row.external_id or "",
        occurred_on=row.occurred_on,
        posted_on=row.posted_at.date(),
        posted_at=row.posted_at,
        effect=card.worth.effect if card.worth else 0,
        held_on=card.held_on,
    )


def _touched(session: Session, events: Sequence[Event]) -> list[str]:
    """Ids of the lessons whose documents the events may have changed."""
    subjects: dict[str, set[str]] = {}
    for event in events:
        subjects.setdefault(event.subject_kind, set()).add(event.subject_id)
    ids = set(subjects.get("lesson", set()))
    ids.update(event.facts["lesson_id"] for event in events if event.subject_kind in _TELL_OF)
    for kind, ours in (("team", Lesson.team_id), ("person", Lesson.author_id)):
        if subjects.get(kind):
            ids.update(session.exec(select(Lesson.id).where(col(ours).in_(subjects[kind]))))
    if subjects.get("topic"):
        about = col(LessonTopic.topic_id).in_(subjects["topic"])
        ids.update(session.exec(select(LessonTopic.lesson_id).where(about)))
    return sorted(ids)


@dataclass(frozen=True, slots=True)
class Follower:
    """Keeps one index equal to the database."""

    database: Database
    index: Index
    clock: Clock

    def start(self, progress: Callable[[int], None] | None = None) -> Difference:
        """Ask for deliveries from now on, then mend what differs; returns what did. Also how to
        catch up after the index was lost or a while away."""
        with self.database.writing() as session:
            subscribe(session, subscriber_name(self.index), _REACTS_TO, now=self.clock())
        try:
            difference = self.difference()
        except IndexDamaged as error:
            self.mend(error)
            difference = self.difference()
        self._put([*difference.missing, *difference.stale], progress)
        if difference.extra:
            self.index.remove(difference.extra)
        return difference

    def difference(self) -> Difference:
        """How the index differs from the database just now."""
        with self.database.reading() as session:
            expected = stamps(session)
        return self.index.check(expected)

    def step(self) -> bool:
        """React to the deliveries that are due; False when there were none."""
        name = subscriber_name(self.index)
        with self.database.reading() as session:
            if not something_is_due(session, name, now=self.clock()):
                return False
        with self.database.writing() as session:
            claimed = claim(session, name, now=self.clock(), limit=_BATCH)
            ids = _touched(session, claimed.events)
        try:
            self._put(ids)
        except (IndexBusy, IndexDamaged, OSError) as error:
            _log.warning("the index could not be written", error=str(error))
            with self.database.writing() as session:
                failed(session, claimed, now=self.clock(), longest=_LONGEST_WAIT)
            if isinstance(error, IndexDamaged):
                self.mend(error)
            return False
        with self.database.writing() as session:
            done(session, claimed)
        return True

    def mend(self, damage: IndexDamaged) -> None:
        """Build a damaged index anew. Raises IndexBusy while another process does."""
        _log.error("the index is damaged and is built anew", damage=str(damage))
        _log.info("the index was built anew", lessons=self.rebuild(cause="damage"))

    def rebuild(
        self, progress: Callable[[int], None] | None = None, *, cause: str = "asked"
    ) -> int:
        """Build the index anew beside the old one and swap; returns how many lessons it holds.

        What is done meanwhile waits in deliveries, as nobody else can write.
        """
        with self.database.reading() as session:
            ids = list(stamps(session))
        count = self.index.rebuild(self._all(ids), progress=progress)
        _REBUILDS.labels(cause).inc()
        with self.database.writing() as session:
            subject = self.index.identity[:ID_LENGTH]
            record(
                session,
                "index.rebuilt",
                subject,
                by=None,
                now=self.clock(),
                cause=cause,
                count=count,
            )
        return count

    def _all(self, ids: Sequence[str]) -> Iterator[Document]:
        for batch in _batches(ids):
            with self.database.reading() as session:
                yield from documents(session, batch)

    def _put(self, ids: Sequence[str], progress: Callable[[int], None] | None = None) -> None:
        written = 0
        for batch in _batches(ids):
            with self.database.reading() as session:
                found = documents(session, batch)
            gone = set(batch) - {document.id for document in found}
            if found:
                self.index.index(found)
            if gone:
                self.index.remove(gone)
            written += len(batch)
            if progress:
                progress(written)


def _batches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), _BATCH):
        yield ids[start : start + _BATCH]
