"""Every lesson of the index gets its vector, where a model is named."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from app.kit.clock import Clock
from app.kit.db import Database
from app.lessons.indexing import documents
from search import Index, IndexBusy, IndexDamaged
from search.meaning import Meaning, MeaningUnavailable

# Some 20 to 40 ms a lesson: what else waits for the worker waits no longer than a blink.
_BATCH = 4
# Looking through all lessons takes time that grows with them; it must stay a small part.
_LESSONS_A_SECOND_OF_REST = 10_000
_REST_AFTER_TROUBLE = timedelta(minutes=1)
_READ_AGAIN_AFTER = timedelta(hours=1)
_log = structlog.get_logger("meaning")


@dataclass
class MeaningFollower:
    """Keeps the vectors equal to the index: makes those that lack, wipes those of lessons gone."""

    database: Database
    index: Index
    meaning: Meaning
    clock: Clock
    _waiting: list[str] = field(default_factory=list)
    _generation: int = -1
    _read_at: datetime | None = None
    _next_look: datetime | None = None
    _rest_until: datetime | None = None

    def step(self) -> bool:
        """Make the vectors of a few lessons; False when none lacks one, or none can be made."""
        now = self.clock()
        if self._rest_until is not None and now < self._rest_until:
            return False
        try:
            self._look(now)
            return self._learn_some() > 0
        except (MeaningUnavailable, IndexBusy, IndexDamaged, OSError) as error:
            _log.warning("vectors of lessons could not be made", error=str(error))
            self._rest_until = now + _REST_AFTER_TROUBLE
            return False

    def all(self, progress: Callable[[int], None] | None = None) -> int:
        """Make all that lack, now; how many. Raises what `Meaning.learn` raises."""
        self._look(self.clock())
        made = 0
        while some := self._learn_some():
            made += some
            if progress:
                progress(made)
        return made

    def lacking(self) -> int:
        """How many lessons of the index lack a vector."""
        return len(self.meaning.lacking(self.index.stamps()))

    def _look(self, now: datetime) -> None:
        """See what lacks, if anything was committed since the last look; now and then anyway."""
        generation = self.index.generation()
        read_again = self._read_at is None or now - self._read_at >= _READ_AGAIN_AFTER
        too_soon = self._next_look is not None and now < self._next_look
        if not read_again and (generation == self._generation or too_soon):
            return
        if read_again:
            self.meaning.look_again()
            self._read_at = now
        stamps = self.index.stamps()
        if wiped := self.meaning.keep_only(stamps):
            _log.info("vectors wiped", count=wiped)
        self._waiting = self.meaning.lacking(stamps)
        self._generation = generation
        self._next_look = now + timedelta(seconds=len(stamps) // _LESSONS_A_SECOND_OF_REST)

    def _learn_some(self) -> int:
        """Of the few that wait and came last; how many were taken."""
        # Taken off before they are tried: a text that a model cannot stand holds up no other.
        ids, self._waiting = self._waiting[-_BATCH:], self._waiting[:-_BATCH]
        if ids:
            with self.database.reading() as session:
                found = documents(session, ids)
            self.meaning.learn(found)
        return len(ids)
