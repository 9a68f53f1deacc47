"""How long making a brief takes, as its door does it, in memories of made-up lessons."""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

from sqlmodel import select

from app.bench.corpus import Corpus
from app.bench.place import furnish
from app.bench.speed.clock import timed_within
from app.briefs.making import make
from app.briefs.schemas import BriefInput
from app.kit.clock import system_clock
from app.kit.db import Database
from app.people.models import Person
from search import Index, open_index

SHORT, LONG = "a few sentences", "twenty pages"
#: Words of a plan: all of the short one tell something, as some 35 do of three sentences.
_WORDS = {SHORT: 35, LONG: 10_000}
_SECONDS = 60.0
_BEFORE = 5
#: Each has a fair share of the engine's time, so many ask in turn.
_PEOPLE = 60


@dataclass(frozen=True, slots=True)
class BriefSpeed:
    """`sizes` are numbers of lessons, `briefs` how many are timed of short plans, and a fifth as
    many of long ones; `progress` hears what is being done."""

    sizes: tuple[int, ...]
    progress: Callable[[str], None]
    briefs: int = 150

    def run(self) -> dict[str, Any]:
        """Size → how long the plan is → times in ms, by the clock and of the processor."""
        return {str(size): self._at(size) for size in self.sizes}

    def _at(self, size: int) -> dict[str, Any]:
        with tempfile.TemporaryDirectory(prefix="commonplace-briefs-") as folder:
            self.progress(f"making {size:,} lessons")
            place = furnish(Path(folder), size, lambda _: None, others=_PEOPLE)
            database = Database(place.settings.database)
            try:
                with open_index(place.settings.index_folder) as index:
                    return {length: self._timed(database, index, length) for length in _WORDS}
            finally:
                database.close()

    def _timed(self, database: Database, index: Index, length: str) -> dict[str, float]:
        self.progress(f"making briefs of {length}")
        with database.reading() as session:
            people = cycle(session.exec(select(Person)).all())

        def brief(work: str) -> None:
            with database.writing() as session:
                content, now = BriefInput(work=work), system_clock()
                made = make(session, index, content, by=next(people), now=now)
                if made.unwritten["plainly"]:
                    raise RuntimeError("the index did not answer")

        asked = self.briefs if length == SHORT else max(1, self.briefs // 5)
        works = plans(length, asked + _BEFORE)
        times = timed_within(brief, works[_BEFORE:], seconds=_SECONDS, before=works[:_BEFORE])
        return times.as_dict()


def plans(length: str, asked: int) -> Sequence[str]:
    """So many made-up plans of a length, the same each time."""
    corpus, words = Corpus(), _WORDS[length]
    if length == SHORT:
        return corpus.queries(asked, words)
    text = " ".join(f"{c.happened} {c.lesson}" for c, _ in corpus.lessons(asked * words // 60))
    spoken = text.split()
    return [" ".join(spoken[n * words : (n + 1) * words]) for n in range(asked)]
