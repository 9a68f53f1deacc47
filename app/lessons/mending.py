"""Looking after the index: damage is found early, and mended while searching goes on."""

import os
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from prometheus_client import Counter

from app.lessons.indexing import Follower
from search import Index, IndexBusy, IndexDamaged

_GLANCE = timedelta(seconds=2)
_DOUBT = timedelta(minutes=1)
_CHECKS = Counter("commonplace_index_checks", "Times every file was read", ["found"])
_log = structlog.get_logger("mending")
Files = dict[str, tuple[int, int, int]]


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

    Glances every two seconds whether it opens, and whether a file changed or went, for they are
    written once; reads all of them after a glance that told something. At the start, and every
    `every_minutes` (0: never), reads them and compares the index with the database.
    """

    follower: Follower
    folder: Path
    every_minutes: int
    _glanced: datetime | None = None
    _read: datetime | None = None
    _compared: datetime | None = None
    _generation: int = 0
    _files: Files = field(default_factory=dict)

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
        odd, begun_anew = self._glance(now)
        compare = begun_anew or self._is_time(now)
        if odd or compare:
            self._read_all()
            self._read = now
        if compare and self._equal():
            self._compared = now

    def _is_time(self, now: datetime) -> bool:
        if self._compared is None:
            return True
        every = timedelta(minutes=self.every_minutes)
        return bool(every) and now - self._compared >= every

    def _glance(self, now: datetime) -> tuple[bool, bool]:
        """Whether the files are to be read, and whether somebody made the index anew.

        Raises IndexDamaged if the index cannot be opened.
        """
        index = self.follower.index
        before, generation, files = self._files, index.generation(), _files_in(self.folder)
        index.suggest("", audiences=frozenset())
        same, begun_anew = generation == self._generation, generation < self._generation
        self._generation, self._files = generation, files
        # What stands beside the folders is written anew by each commit, the rest once.
        changed = any(
            files.get(name, facts) != facts
            for name, facts in before.items()
            if same or os.path.dirname(name) != str(self.folder)
        )
        gone = not before.keys() <= files.keys()
        # Commits that merge remove files, too: then it is enough to look now and then.
        suspicious = gone and (same or self._read is None or now - self._read >= _DOUBT)
        return changed or suspicious, begun_anew

    def _read_all(self) -> None:
        try:
            self.follower.index.verify()
        except IndexDamaged:
            _CHECKS.labels("damage").inc()
            raise
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


def _files_in(folder: Path) -> Files:
    """Inode, length and time of change of every file below a folder that an index is made of."""
    found: Files = {}
    for place, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(place, name)
            try:
                facts = os.stat(path)
            except FileNotFoundError:  # a writer goes on meanwhile
                continue
            found[path] = facts.st_ino, facts.st_size, facts.st_mtime_ns
    return found
