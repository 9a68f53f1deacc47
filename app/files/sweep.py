"""Erasing contents that no attachment has any more: taken away, or never attached after all."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice

import structlog
from sqlmodel import Session, col, select

from app.files.models import Attachment
from app.files.store import Store
from app.kit.clock import Clock
from app.kit.db import Database

KEPT_FOR = timedelta(hours=1)
# A store whose contents are mostly nobody's is more likely beside a wrong database than full of
# what was taken away: then nothing is erased.
_SUSPICIOUS_COUNT = 100
_AT_ONCE = 500
_log = structlog.get_logger("files")


@dataclass
class Sweep:
    """Erases a content that was nobody's at two looks an hour apart. Times in the store are no
    help: they tell the day at most."""

    database: Database
    store: Store
    clock: Clock
    _unclaimed: dict[str, datetime] = field(default_factory=dict)

    def look(self) -> None:
        """Look at everything in the store once, and erase what is due. What is being attached just
        now lies in the store before its row is there, and so is never due."""
        now, count, unclaimed = self.clock(), 0, set()
        names = self.store.names()
        while several := list(islice(names, _AT_ONCE)):
            count += len(several)
            unclaimed |= self._without_row(several)
        self._unclaimed = {name: self._unclaimed.get(name, now) for name in unclaimed}
        due = [name for name, since in self._unclaimed.items() if now - since >= KEPT_FOR]
        if len(due) > max(_SUSPICIOUS_COUNT, count // 2):
            _log.error("files of another database? nothing is erased", unclaimed=len(due), of=count)
            return
        for name in self._still_without_row(due):
            self.store.remove(name)
            del self._unclaimed[name]

    def _still_without_row(self, names: list[str]) -> Iterator[str]:
        for start in range(0, len(names), _AT_ONCE):
            yield from self._without_row(names[start : start + _AT_ONCE])

    def _without_row(self, names: list[str]) -> set[str]:
        with self.database.reading() as session:
            return set(names) - _with_row(session, names)


def _with_row(session: Session, names: list[str]) -> set[str]:
    return set(session.exec(select(Attachment.id).where(col(Attachment.id).in_(names))))
