"""Importing: every row of a file becomes a lesson, updates one, changes nothing, or is rejected."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from sqlalchemy.exc import IntegrityError

from app.kit.clock import Clock
from app.kit.db import Database
from app.people.models import Person
from app.transfer.batch import Batch, Outcome, Seen
from app.transfer.columns import Mapping
from app.transfer.facts import Rejection
from app.transfer.files.rows import Source
from app.transfer.models import sum_in_words
from app.transfer.reading import to_facts

BATCH = 100
_ATTEMPTS = 3


@dataclass
class Summary:
    """What became of the rows; the four add up to `rows`. `notes` counts what was bent to fit."""

    rows: int = 0
    imported: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    notes: Counter[str] = field(default_factory=Counter)

    def in_words(self) -> str:
        """One sentence with the sum."""
        return sum_in_words(self.rows, self.imported, self.updated, self.unchanged, self.rejected)


@dataclass
class Importer:
    """Imports one source. Rows are committed a hundred at a time, and a row that is there already
    changes nothing: an import that was cut off is simply run again."""

    database: Database
    clock: Clock
    source: Source
    mapping: Mapping
    by: Person | None = None
    create_teams: bool = False
    on_reject: Callable[[Rejection], None] = lambda _rejection: None
    progress: Callable[[int], None] = lambda _count: None
    summary: Summary = field(default_factory=Summary)
    _seen: Seen = field(default_factory=dict)

    def run(self) -> Summary:
        """Import every row; returns the summary."""
        for _ in self.steps():
            pass
        return self.summary

    def steps(self) -> Iterator[None]:
        """Import a hundred rows at each step, for whoever has other work between."""
        rows = self.source.rows()
        while some := list(islice(rows, BATCH)):
            # Read before the transaction begins: others wait for no longer than writing takes.
            read = [(row, to_facts(row, self.mapping)) for row in some]
            batch = Batch(
                read,
                self.by,
                self.create_teams,
                self._seen,
                next(iter(self.mapping.columns_for("external_id")), ""),
            )
            self._count(self._written(batch))
            self.progress(self.summary.rows)
            yield

    def _written(self, batch: Batch) -> list[Outcome]:
        # Somebody may make the same topic or id at the same moment: the second look finds it.
        for _ in range(_ATTEMPTS - 1):
            try:
                return self._write(batch)
            except IntegrityError:
                continue
        return self._write(batch)

    def _write(self, batch: Batch) -> list[Outcome]:
        with self.database.writing() as session:
            return batch.write(session, now=self.clock())

    def _count(self, outcomes: list[Outcome]) -> None:
        # Only now: what is counted and written out is committed.
        for outcome in outcomes:
            self.summary.rows += 1
            setattr(self.summary, outcome.what, getattr(self.summary, outcome.what) + 1)
            self.summary.notes.update(outcome.notes)
            if outcome.rejection is not None:
                self.on_reject(outcome.rejection)
