"""Memories that plans are tried on: the sample organisation, and lessons that were brought in."""

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlmodel import Session, col, select

from app.bench.peers.engine import Paper
from app.config import load_settings
from app.demo.content import load
from app.demo.life import bring_to_life, load_life
from app.demo.stage import put_on_stage
from app.founding import make_ready
from app.kit.clock import system_clock
from app.kit.db import Database
from app.lessons.access import Reader, reader
from app.lessons.finding import IN_USE
from app.lessons.indexing import Follower, documents, stamps
from app.lessons.models import Lesson
from app.people.directory import add_person, found_organisation
from app.people.models import Person
from app.transfer.columns import suggest_mapping
from app.transfer.date_columns import learn_dates
from app.transfer.fields import TEXT_FIELDS
from app.transfer.files.sources import open_source
from app.transfer.importing import Importer
from search import Document, Index, open_index

SAMPLE = "sample"
#: Memory → files of a folder that fill it.
FILES = {
    "nasa": ("nasa_llis_until_2009.jsonl",),
    "safenet": ("safenet.jsonl",),
    "til": ("simonw_til.jsonl", "jbranchaud_til.jsonl"),
}
_PEOPLE = 20


@dataclass(frozen=True, slots=True)
class Memory:
    """A database with its index, read by people who are in no team, in turn: each has a fair share
    of the engine's time.

    `lessons` is external id (of the sample: key) → id.
    """

    database: Database
    index: Index
    people: tuple[Person, ...]
    lessons: Mapping[str, str]
    now: datetime

    def papers(self) -> Iterator[Paper]:
        """What the reader may read, for engines that know a title and a text: the same words that
        our index holds, topics and their synonyms too. Nothing retired, as in a brief."""
        with self.database.reading() as session:
            who = reader(session, self.people[0])
            made = documents(session, list(stamps(session)))
        return (
            _paper(document)
            for document in made
            if document.audience in who.audiences and document.state in IN_USE
        )

    def reader(self, turn: int = 0) -> Reader:
        """Whose turn it is to ask."""
        with self.database.reading() as session:
            return reader(session, self.people[turn % len(self.people)])


def sources_in(folder: Path | None) -> tuple[str, ...]:
    """The memories that can be filled: the sample, and those whose files are in the folder."""
    if folder is None:
        return (SAMPLE,)
    there = (name for name, files in FILES.items() if all((folder / f).is_file() for f in files))
    return (SAMPLE, *there)


@contextmanager
def memory(source: str, folder: Path | None = None) -> Iterator[Memory]:
    """A memory of one source, with a database of its own that is thrown away; as `demo` and
    `import` fill it."""
    files = [Path(folder or ".") / name for name in FILES.get(source, ())]
    with tempfile.TemporaryDirectory(prefix="commonplace-briefs-") as passing:
        settings = load_settings(data_dir=Path(passing), database_url="", admin_email="")
        database, now = Database(settings.database), system_clock()
        make_ready(settings, database, now=now)
        try:
            lessons = _imported(database, files) if files else _staged(database, now)
            with database.writing() as session:
                people = tuple(_somebody(session, number, now) for number in range(_PEOPLE))
            with open_index(settings.index_folder) as index:
                Follower(database, index, system_clock).start()
                yield Memory(database, index, people, lessons, now)
        finally:
            database.close()


def _somebody(session: Session, number: int, now: datetime) -> Person:
    email = f"bench{number}@example.org"
    return add_person(session, email=email, name=f"Bench {number}", by=None, now=now)


def _staged(database: Database, now: datetime) -> dict[str, str]:
    with database.writing() as session:
        stage = put_on_stage(session, load(), now=now)
        bring_to_life(stage, load_life(now.date()))
        return {key: posted.lesson.id for key, posted in stage.posted.items()}


def _imported(database: Database, files: Iterable[Path]) -> dict[str, str]:
    with database.writing() as session:
        found_organisation(session, "Bench", now=system_clock())
    for path in files:
        with open_source(path) as source:
            mapping, _ = learn_dates(suggest_mapping(source.columns), source.rows())
            Importer(database, system_clock, source, mapping).run()
    with database.reading() as session:
        rows = session.exec(
            select(Lesson.external_id, Lesson.id).where(col(Lesson.external_id).is_not(None))
        )
        return {external: id for external, id in rows if external}


def _paper(document: Document) -> Paper:
    texts = [getattr(document, name) for name in TEXT_FIELDS]
    text = "\n".join(part for part in (*texts, *document.topic_names) if part)
    return Paper(document.id, document.title, text, kind=document.kind)
