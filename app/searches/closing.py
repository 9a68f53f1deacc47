"""Whatever is posted or changed may be what somebody looked for: then the same search, asked for
everybody, finds it now, and what was wanted is closed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import NamedTuple

from sqlmodel import Session, col, select

from app.events.deliver import Claim, claim, done, failed, something_is_due, subscribe
from app.events.models import Delivery, Event
from app.kit.clock import Clock
from app.kit.db import Database
from app.lessons.access import EVERYONE, anybody
from app.lessons.fairness import SearchTakesTooLong
from app.lessons.finding import IN_USE
from app.lessons.indexing import documents, subscriber_name
from app.lessons.models import Lesson
from app.searches.answering import answers_everybody, close, search_for_all
from app.searches.clusters import Wanted, key_by_id, still_open
from app.searches.keys import one_letter_apart
from search import Document, Index, other_names, telling_terms

SUBSCRIBER = "wants"
_REACTS_TO = ("lesson", "want")
_CHANGES = ("lesson.posted", "lesson.edited", "lesson.restored")
# Behind a post others wait to be indexed: so many searches, then they go first.
_SEARCHES_A_STEP = 20
_BATCH = 200
# A lesson that nobody wrote for it must be among the first of a search that is answered.
_FIRST, _FIRST_IF_OFFERED = 3, 5
_WAIT_FOR_THE_INDEX = timedelta(seconds=2)


class _Looked(NamedTuple):
    """A want to look at again, and the lessons that changed or that were written for it."""

    want: Wanted
    changed: frozenset[str]
    written: frozenset[str]


@dataclass
class Closing:
    """A worker's job, behind the index."""

    database: Database
    index: Index
    clock: Clock
    _claimed: Claim | None = None
    _left: list[_Looked] = field(default_factory=list)

    def start(self) -> None:
        """Ask for deliveries from now on."""
        with self.database.writing() as session:
            subscribe(session, SUBSCRIBER, _REACTS_TO, now=self.clock())

    def step(self) -> bool:
        """Look at some of what may be answered now; whether there was any."""
        if self._claimed is None and not self._begin():
            return False
        part, self._left = self._left[:_SEARCHES_A_STEP], self._left[_SEARCHES_A_STEP:]
        with self.database.reading() as session:
            answered = [(one.want, self._answer(session, one)) for one in part]
        with self.database.writing() as session:
            for want, lesson_id in answered:
                lesson = session.get(Lesson, lesson_id) if lesson_id else None
                if lesson and answers_everybody(lesson):
                    close(session, want, lesson, by=None, now=self.clock())
            if not self._left and self._claimed:
                done(session, self._claimed)
                self._claimed = None
        return True

    def _begin(self) -> bool:
        """Claim what is due, once the index has heard of it, and find out what to look at."""
        now = self.clock()
        with self.database.reading() as session:
            if not something_is_due(session, SUBSCRIBER, now=now):
                return False
        with self.database.writing() as session:
            claimed = claim(session, SUBSCRIBER, now=now, limit=_BATCH)
            if self._index_is_behind(session, claimed):
                failed(session, claimed, now=now, longest=_WAIT_FOR_THE_INDEX)
                return False
        with self.database.reading() as session:
            self._left = self._to_look_at(session, claimed.events)
        self._claimed = claimed
        return True

    def _index_is_behind(self, session: Session, claimed: Claim) -> bool:
        owed = select(Delivery.event_id).where(
            Delivery.subscriber == subscriber_name(self.index),
            col(Delivery.event_id).in_(claimed.ids),
        )
        return session.exec(owed.limit(1)).first() is not None

    def _to_look_at(self, session: Session, events: Sequence[Event]) -> list[_Looked]:
        wanted = still_open(session, anybody(self.clock()))
        if not wanted:
            return []
        written = _written(session, events)
        ids = {event.subject_id for event in events if event.kind in _CHANGES}
        ids |= {lesson_id for some in written.values() for lesson_id in some}
        shared = [
            document
            for document in documents(session, sorted(ids))
            if document.audience == EVERYONE and document.state in IN_USE
        ]
        if not shared:
            return []
        changed = frozenset(document.id for document in shared)
        told = _Told(shared)
        return [
            _Looked(want, changed, written.get(want.key, frozenset()))
            for want in wanted
            if want.key in written or told.speaks_of(want.key)
        ]

    def _answer(self, session: Session, one: _Looked) -> str | None:
        """The lesson that the search finds now; none for words that no search can be held to."""
        now = self.clock()
        try:
            found = search_for_all(session, self.index, one.want.words, anybody(now), now=now)
        except SearchTakesTooLong:
            return None
        if found.notice:
            return None
        ids = [hit.card.id for hit in found.hits]
        written = next((i for i in ids[:_FIRST_IF_OFFERED] if i in one.written), None)
        first = (i for i in ids[:_FIRST] if i in one.changed)
        return written or (next(first, None) if found.answered else None)


class _Told:
    """The words of some lessons, to tell quickly what none of them can be about."""

    def __init__(self, lessons: Iterable[Document]) -> None:
        self._terms = frozenset(term for one in lessons for term in telling_terms(_text(one)))
        self._by_letter: dict[str, list[str]] = defaultdict(list)
        for term in self._terms:
            self._by_letter[term[0]].append(term)

    def speaks_of(self, key: str) -> bool:
        """Whether a word of the key is among them, misspelt or by another name."""
        terms = key.split()
        return (
            not self._terms.isdisjoint(terms)
            or not self._terms.isdisjoint(other_names(terms))
            or any(one_letter_apart(term, o) for term in terms for o in self._by_letter[term[0]])
        )


def _text(document: Document) -> str:
    parts = [getattr(document, name) for name in _PARTS]
    return "\n".join([*parts, *document.topic_names])


_PARTS = (
    *("title", "context", "expected", "happened", "why", "lesson", "recommendation"),
    *("applies_when", "not_when", "external_id", "team_name", "author_name"),
)


def _written(session: Session, events: Iterable[Event]) -> Mapping[str, frozenset[str]]:
    """The lessons that were written for something wanted, by its key."""
    found: dict[str, set[str]] = defaultdict(set)
    for event in events:
        if event.kind == "want.offered":
            key = session.scalar(select(key_by_id(event.subject_id)))
            found[str(key)].add(str(event.facts.get("lesson_id")))
    return {key: frozenset(ids) for key, ids in found.items()}
