"""Some rows of an import, written in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import Literal

from pydantic import ValidationError
from sqlmodel import Session, col, select

from app.kit.forms import errors_by_field
from app.lessons.bring_in import Arrival, bring_in_all, bring_up_to_date
from app.lessons.models import MADE_UP_ID, AuthorMode, Lesson
from app.lessons.schemas import LessonInput
from app.people.directory import person_with_email
from app.people.models import Person, Team
from app.people.teams import create_team, name_key, team_named
from app.transfer.facts import Facts, Rejection, content_key
from app.transfer.files.rows import BrokenRow, Row

Seen = dict[str, tuple[int, int]]
"""The id of each row met in a file: the row's number and a hash of what it said."""

_OWN_KEY_LENGTH = 32
_TEAM_NAME_LENGTH = 120
_RETIRED = "retired"


class RowRefused(Exception):
    """A row that cannot become a lesson."""

    def __init__(self, column: str, reason: str):
        self.column = column
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one row."""

    what: Literal["imported", "updated", "unchanged", "rejected"]
    notes: tuple[str, ...] = ()
    rejection: Rejection | None = None


@dataclass
class Batch:
    """Rows with what they say. `seen` goes on from batch to batch; `id_column` is the column that
    holds ids, '' when none does."""

    rows: Sequence[tuple[Row | BrokenRow, Facts | Rejection]]
    by: Person | None
    create_teams: bool
    seen: Seen
    id_column: str

    def write(self, session: Session, *, now: datetime) -> list[Outcome]:
        """Take the rows in; nothing is kept when it raises, and it may be called again."""
        return _Writing(self, session, now).run()


@dataclass
class _Writing:
    batch: Batch
    session: Session
    now: datetime
    arrivals: list[Arrival] = field(default_factory=list)
    people: dict[str, Person | None] = field(default_factory=dict)
    teams: dict[str, Team | None] = field(default_factory=dict)

    def run(self) -> list[Outcome]:
        known = self._known([f for _, f in self.batch.rows if isinstance(f, Facts)])
        outcomes = [self._outcome(row, facts, known) for row, facts in self.batch.rows]
        bring_in_all(self.session, self.arrivals, by=self.batch.by, now=self.now)
        return outcomes

    def _known(self, facts: list[Facts]) -> dict[str, Lesson]:
        keys = {_key(fact) for fact in facts}
        ids = {fact.lesson_id for fact in facts if fact.lesson_id}
        found = self.session.exec(
            select(Lesson).where(col(Lesson.external_id).in_(keys) | col(Lesson.id).in_(ids))
        ).all()
        return {lesson.external_id or lesson.id: lesson for lesson in found} | {
            lesson.id: lesson for lesson in found
        }

    def _outcome(
        self, row: Row | BrokenRow, facts: Facts | Rejection, known: dict[str, Lesson]
    ) -> Outcome:
        if isinstance(facts, Rejection):
            return Outcome("rejected", rejection=facts)
        try:
            return self._take(row.number, facts, known)
        except RowRefused as refused:
            raw = row.values if isinstance(row, Row) else row.raw
            return Outcome(
                "rejected",
                rejection=Rejection(row.number, row.line, refused.column, refused.reason, raw),
            )

    def _take(self, number: int, facts: Facts, known: dict[str, Lesson]) -> Outcome:
        key = _key(facts)
        if self._stands_above(key, number, facts):
            return Outcome("unchanged", facts.notes)
        lesson = known.get(facts.lesson_id) or known.get(key)
        if lesson is not None and lesson.is_draft:
            return self._leave_draft(facts)
        team, notes = self._team(facts, lesson)
        content = _content(facts, key if lesson is None else lesson.external_id or "", team, lesson)
        if lesson is None:
            self.arrivals.append(self._arrival(facts, content, team))
            return Outcome("imported", notes)
        changed = bring_up_to_date(
            self.session,
            lesson,
            content,
            team=team,
            retired=facts.state == _RETIRED,
            by=self.batch.by,
            now=self.now,
        )
        return Outcome("updated" if changed else "unchanged", notes)

    def _stands_above(self, key: str, number: int, facts: Facts) -> bool:
        """Whether an earlier row of the file said the very same."""
        said = hash(facts)
        first, same = self.batch.seen.setdefault(key, (number, said))
        if first == number:
            return False
        if same != said:
            raise RowRefused(
                self.batch.id_column,
                f"row {first} of this file has the same id ({key}) and other content; "
                "give one of them another id",
            )
        return True

    def _leave_draft(self, facts: Facts) -> Outcome:
        # A draft is its author's alone, also when it came out of a file once.
        if facts.visibility == "draft":
            return Outcome("unchanged", facts.notes)
        raise RowRefused(
            self.batch.id_column,
            "somebody keeps a draft with this id; it can be imported once that is posted",
        )

    def _arrival(self, facts: Facts, content: LessonInput, team: Team | None) -> Arrival:
        author = self._author(facts)
        if content.visibility == "draft" and author is None:
            raise RowRefused(
                "visibility", "a draft needs the e-mail address of an author who is here"
            )
        return Arrival(content, team, author, _posted_at(facts, self.now), facts.state == _RETIRED)

    def _author(self, facts: Facts) -> Person | None:
        if "@" not in facts.author:
            return None
        if facts.author not in self.people:
            self.people[facts.author] = person_with_email(self.session, facts.author)
        return self.people[facts.author]

    def _team(self, facts: Facts, lesson: Lesson | None) -> tuple[Team | None, tuple[str, ...]]:
        name = " ".join(facts.team.split())[:_TEAM_NAME_LENGTH].strip()
        team = self._team_called(name) if name else None
        if team is not None:
            return team, facts.notes
        if lesson is not None and lesson.team_id:
            return self.session.get(Team, lesson.team_id), facts.notes
        if facts.visibility == "team":
            raise RowRefused(
                "team",
                f"there is no team “{name}” that could read it; make the team first, or let the "
                "import make teams"
                if name
                else "it is for a team alone, but names none",
            )
        left_out = (f"no team is called “{name}”: left without one",) if name else ()
        return None, (*facts.notes, *left_out)

    def _team_called(self, name: str) -> Team | None:
        key = name_key(name)
        if key not in self.teams:
            self.teams[key] = team_named(self.session, name) or self._new_team(name)
        return self.teams[key]

    def _new_team(self, name: str) -> Team | None:
        if not self.batch.create_teams:
            return None
        return create_team(self.session, name, by=self.batch.by, now=self.now)


def _key(facts: Facts) -> str:
    """The external id that makes an import repeatable: the source's, else one of the content."""
    own = f"{MADE_UP_ID}{content_key(facts)[:_OWN_KEY_LENGTH]}"
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
        name, reason = next(iter(errors_by_field(error.errors()).items()))
        raise RowRefused(name, reason) from error


def _posted_at(facts: Facts, now: datetime) -> datetime:
    if facts.posted_at:
        return min(facts.posted_at, now)
    if facts.occurred_on:
        return min(datetime.combine(facts.occurred_on, time(12), UTC), now)
    return now
