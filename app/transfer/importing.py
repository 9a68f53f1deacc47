"""Importing: every row of a file becomes a lesson, updates one, changes nothing, or is rejected."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from itertools import islice

from pydantic import ValidationError
from sqlmodel import Session, col, select

from app.kit.clock import Clock
from app.kit.db import Database
from app.kit.forms import errors_by_field
from app.lessons.bring_in import bring_in, bring_up_to_date
from app.lessons.models import AuthorMode, Lesson
from app.lessons.schemas import LessonInput
from app.people.directory import person_with_email
from app.people.models import Person, Team
from app.people.teams import create_team, name_key, team_named
from app.transfer.columns import Mapping
from app.transfer.facts import Facts, Rejection, content_key
from app.transfer.reading import to_facts
from app.transfer.rows import BrokenRow, Row, Source

_BATCH = 100
_OWN_KEY = "content:"
_OWN_KEY_LENGTH = 32


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
        return (
            f"{self.rows:,} rows: {self.imported:,} imported, {self.updated:,} updated, "
            f"{self.unchanged:,} unchanged, {self.rejected:,} rejected."
        )


@dataclass(frozen=True, slots=True)
class Refused(Exception):
    """A row that cannot become a lesson."""

    column: str
    reason: str


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
    _seen: dict[str, tuple[int, int]] = field(default_factory=dict)

    def run(self) -> Summary:
        """Import every row; returns the summary."""
        rows = self.source.rows()
        while batch := list(islice(rows, _BATCH)):
            with self.database.writing() as session:
                outcome = _Batch(self, session).run(batch)
            self._count(outcome)
            self.progress(self.summary.rows)
        return self.summary

    def _count(self, outcome: "list[tuple[str, Rejection | None]]") -> None:
        # Only now: what is counted and written out is committed.
        for what, rejection in outcome:
            self.summary.rows += 1
            setattr(self.summary, what, getattr(self.summary, what) + 1)
            if rejection is not None:
                self.on_reject(rejection)


@dataclass
class _Batch:
    """Some rows, in one transaction."""

    importer: Importer
    session: Session
    people: dict[str, Person | None] = field(default_factory=dict)
    teams: dict[str, Team | None] = field(default_factory=dict)

    def run(self, rows: list[Row | BrokenRow]) -> list[tuple[str, Rejection | None]]:
        read = [(row, to_facts(row, self.importer.mapping)) for row in rows]
        known = self._known([facts for _, facts in read if isinstance(facts, Facts)])
        return [self._row(row, facts, known) for row, facts in read]

    def _known(self, facts: list[Facts]) -> dict[str, Lesson]:
        keys = {_key(fact) for fact in facts}
        ids = {fact.lesson_id for fact in facts if fact.lesson_id}
        found = self.session.exec(
            select(Lesson).where(col(Lesson.external_id).in_(keys) | col(Lesson.id).in_(ids))
        ).all()
        return {lesson.external_id or lesson.id: lesson for lesson in found} | {
            lesson.id: lesson for lesson in found
        }

    def _row(
        self, row: Row | BrokenRow, facts: Facts | Rejection, known: dict[str, Lesson]
    ) -> tuple[str, Rejection | None]:
        if isinstance(facts, Rejection):
            return "rejected", facts
        try:
            what = self._take(row.number, facts, known)
        except Refused as refused:
            raw = row.values if isinstance(row, Row) else row.raw
            return "rejected", Rejection(
                row.number, row.line, refused.column, refused.reason, raw
            )
        self.importer.summary.notes.update(facts.notes)
        return what, None

    def _take(self, number: int, facts: Facts, known: dict[str, Lesson]) -> str:
        key = _key(facts)
        if self._stands_already(key, number, facts):
            return "unchanged"
        lesson = known.get(facts.lesson_id) or known.get(key)
        team = self._team(facts, lesson)
        content = _content(facts, key if lesson is None else lesson.external_id or "", team, lesson)
        if lesson is None:
            known[key] = self._bring_in(facts, content, team)
            return "imported"
        if lesson.is_retired or not bring_up_to_date(
            self.session, lesson, content, team=team, by=self.importer.by,
            now=self.importer.clock(),
        ):
            return "unchanged"
        return "updated"

    def _stands_already(self, key: str, number: int, facts: Facts) -> bool:
        content = hash(facts)
        first, same = self.importer._seen.setdefault(key, (number, content))
        if first == number:
            return False
        if same != content:
            raise Refused(
                self._id_column(),
                f"row {first} of this file has the same id ({key}) and other content; "
                "give one of them another id",
            )
        return True

    def _id_column(self) -> str:
        return next(iter(self.importer.mapping.columns_for("external_id")), "")

    def _bring_in(self, facts: Facts, content: LessonInput, team: Team | None) -> Lesson:
        author = self._author(facts)
        if content.visibility == "draft" and author is None:
            raise Refused("visibility", "a draft needs the e-mail address of an author who is here")
        return bring_in(
            self.session,
            content,
            team=team,
            author=author,
            retired=facts.state == "retired",
            posted_at=_posted_at(facts, self.importer.clock()),
            by=self.importer.by,
            now=self.importer.clock(),
        )

    def _author(self, facts: Facts) -> Person | None:
        if "@" not in facts.author:
            return None
        if facts.author not in self.people:
            self.people[facts.author] = person_with_email(self.session, facts.author)
        return self.people[facts.author]

    def _team(self, facts: Facts, lesson: Lesson | None) -> Team | None:
        key = name_key(facts.team)[:120]
        if not key:
            return self.session.get(Team, lesson.team_id) if lesson and lesson.team_id else None
        if key not in self.teams:
            self.teams[key] = team_named(self.session, facts.team)
            if self.teams[key] is None and self.importer.create_teams:
                self.teams[key] = create_team(
                    self.session, facts.team[:120], by=self.importer.by, now=self.importer.clock()
                )
        team = self.teams[key]
        if team is None and facts.visibility == "team":
            raise Refused("team", f"there is no team “{facts.team}” that could read it; make the "
                                  "team first, or let the import make teams")
        if team is None:
            self.importer.summary.notes[f"no team is called “{facts.team}”: left without one"] += 1
        return team


def _key(facts: Facts) -> str:
    """The external id that makes an import repeatable: the source's, else one of the content."""
    own = f"{_OWN_KEY}{content_key(facts)[:_OWN_KEY_LENGTH]}"
    return facts.external_id or facts.lesson_id or own


def _content(
    facts: Facts, external_id: str, team: Team | None, lesson: Lesson | None
) -> LessonInput:
    data = {
        name: getattr(facts, name)
        for name in LessonInput.model_fields
        if name not in ("topics", "team", "visibility", "author_mode", "external_id")
    }
    shared = lesson.visibility.value if lesson else "organisation"
    try:
        return LessonInput.model_validate(
            data
            | {
                "topics": list(facts.topics),
                "team": team.name if team else "",
                "visibility": facts.visibility or shared,
                "author_mode": facts.author_mode or AuthorMode.NAMED,
                "external_id": external_id,
            }
        )
    except ValidationError as error:
        field_name, reason = next(iter(errors_by_field(error.errors()).items()))
        raise Refused(field_name, reason) from error


def _posted_at(facts: Facts, now: datetime) -> datetime:
    if facts.posted_at:
        return min(facts.posted_at, now)
    if facts.occurred_on:
        return min(datetime.combine(facts.occurred_on, time(12), UTC), now)
    return now
