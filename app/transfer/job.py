"""The worker's part of an import: a little at a time, so that its other work goes on."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.kit.clock import Clock
from app.kit.db import Database
from app.people.models import Person
from app.transfer.files.rows import SourceRefused
from app.transfer.files.sources import open_source
from app.transfer.importing import Importer, Summary
from app.transfer.models import ImportRun
from app.transfer.preview import RunOptions, mapping_for
from app.transfer.rejects import RejectsFile
from app.transfer.runs import (
    claim_run,
    fail,
    finish,
    forget_old_runs,
    release_runs,
    something_waits,
    tell,
    the_run,
)
from app.transfer.uploads import Uploads

_TOLD_EVERY = timedelta(seconds=1)
_FORGOTTEN_EVERY = timedelta(hours=1)
_CUT_OFF = "it was cut off and began anew: what the first time imported counts as unchanged"


@dataclass
class ImportJob:
    """Imports the uploads of this machine, one after the other.

    A run that was cut off begins anew when its lease ends, or when the next worker starts here: a
    row that is there already changes nothing. A turn lasts `turn_seconds`: short enough for a
    lesson that is posted meanwhile, long enough for the index to take many rows at once.
    """

    database: Database
    uploads: Uploads
    clock: Clock
    turn_seconds: float = 0.5
    _work: Iterator[None] | None = field(default=None, init=False)
    _forgotten_at: datetime | None = field(default=None, init=False)

    def start(self) -> None:
        """Take up at once what the worker before left: of one machine there is only one."""
        with self.database.writing() as session:
            release_runs(session, self.uploads.present())

    def step(self) -> bool:
        """Import some rows of the run at work, or begin the next; False when nothing waits."""
        if self._work is None:
            run = self._claim()
            if run is None:
                self._forget()
                return False
            self._work = self._import(run)
        ends = time.monotonic() + self.turn_seconds
        try:
            next(self._work)
            while time.monotonic() < ends:
                next(self._work)
        except StopIteration:
            self._work = None
        except BaseException:
            self._work = None
            raise
        return True

    def _claim(self) -> ImportRun | None:
        here = self.uploads.present()
        if not here:
            return None
        with self.database.reading() as session:
            if not something_waits(session, here, now=self.clock()):
                return None
        with self.database.writing() as session:
            return claim_run(session, here, now=self.clock())

    def _import(self, run: ImportRun) -> Iterator[None]:
        summary = Summary()
        if run.attempts > 1:
            summary.notes[_CUT_OFF] += 1
        try:
            yield from self._rows(run, summary)
        except SourceRefused as refusal:
            with self.database.writing() as session:
                fail(session, the_run(session, run.id), refusal.message, now=self.clock())
            return
        with self.database.writing() as session:
            finish(session, run.id, summary, now=self.clock())

    def _rows(self, run: ImportRun, summary: Summary) -> Iterator[None]:
        options = RunOptions.model_validate(run.options)
        path = self.uploads.file_of(run.id, run.file_name)
        told_at = None
        with (
            open_source(path) as source,
            RejectsFile(self.uploads.rejects_of(run.id), source.columns) as rejects,
        ):
            mapping, _ = mapping_for(source, options)
            importer = Importer(
                self.database,
                self.clock,
                source,
                mapping,
                by=self._person(run.by_id),
                create_teams=options.create_teams,
                on_reject=rejects.write,
                summary=summary,
            )
            for _ in importer.steps():
                if told_at is None or self.clock() - told_at >= _TOLD_EVERY:
                    told_at = self.clock()
                    with self.database.writing() as session:
                        tell(session, run.id, summary, now=told_at)
                yield

    def _person(self, person_id: str) -> Person:
        with self.database.reading() as session:
            return session.get_one(Person, person_id)

    def _forget(self) -> None:
        now = self.clock()
        if self._forgotten_at is None or now - self._forgotten_at >= _FORGOTTEN_EVERY:
            self._forgotten_at = now
            with self.database.writing() as session:
                forget_old_runs(session, self.uploads, now=now)
