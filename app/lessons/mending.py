"""Looking after the index: damage is found early, and mended while searching goes on."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from prometheus_client import Counter

from app.lessons.indexing import Follower
from search import Index, IndexBusy, IndexDamaged

_GLANCE = timedelta(seconds=2)
_CHECKS = Counter("commonplace_index_checks", "Times all was read or found damaged", ["found"])
_log = structlog.get_logger("mending")


def answers(index: Index) -> bool:
    """Whether the newest state of an index can be opened. Says nothing of what is open already."""
    try:
        index.suggest("", audiences=frozenset())
    except (IndexDamaged, OSError):
        return False
    return True


@dataclass
class Watch:
    """Looks whether the index is what was written, and has it built anew when it is not.

    Every two seconds: whether it opens, and reads the files that are new or changed or went since
    they were found right. At the start, every `every_minutes` (0: never), and after anything odd,
    reads all of them and compares the index with the database.
    """

    follower: Follower
    folder: Path
    every_minutes: int
    _glanced: datetime | None = None
    _compared: datetime | None = None
    _generation: int = 0

    def step(self) -> bool:
        """Look, if it is time; never counts as work, so that the worker may rest after it."""
        now = self.follower.clock()
        if self._glanced is not None and now - self._glanced < _GLANCE:
            return False
        self._glanced = now
        try:
            self._look(now)
        except IndexDamaged as damage:
            self._mend(damage)
        return False

    def _look(self, now: datetime) -> None:
        index = self.follower.index
        index.suggest("", audiences=frozenset())  # opens it; columns that are lost are made again
        generation = index.generation()
        if generation < self._generation:  # somebody began it anew
            self._compared = None
        self._generation = generation
        compare = self._is_time(now)
        self._read(again=compare)
        if compare and self._equal():
            self._compared = now

    def _is_time(self, now: datetime) -> bool:
        if self._compared is None:
            return True
        every = timedelta(minutes=self.every_minutes)
        return bool(every) and now - self._compared >= every

    def _read(self, *, again: bool) -> None:
        """Whoever wrote what is new: nothing counts as right before it was read here."""
        try:
            self.follower.index.verify(again=again)
        except IndexDamaged:
            _CHECKS.labels("damage").inc()
            raise
        if again:
            _CHECKS.labels("intact").inc()

    def _equal(self) -> bool:
        """Whether the index was equal to the database; what differed is mended."""
        difference = self.follower.start()
        if not difference.clean:
            _log.warning(
                "the index differed from the database",
                missing=len(difference.missing),
                stale=len(difference.stale),
                extra=len(difference.extra),
            )
        return difference.clean

    def _mend(self, damage: IndexDamaged) -> None:
        self._compared = None  # whatever comes of this, it is looked at again
        self.follower.index.close()  # what is open may be what is damaged
        self.folder.mkdir(parents=True, exist_ok=True)  # the whole folder may be gone
        try:
            self.follower.mend(damage)
        except IndexBusy:
            _log.info("another process builds the index anew")
