"""The lessons that a digest names, as far as its reader may read them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from app.briefs.said import first_sentence
from app.lessons.access import Reader
from app.lessons.models import AuthorMode, Lesson, State
from app.people.models import Person, Team
from app.responses.models import Answer, Question, Thanks

_ENTRY = re.compile(r"(?:[-*+]|\d{1,3}[.)])\s")


@dataclass(frozen=True, slots=True)
class NamedLesson:
    """A lesson as a digest speaks of it. `advice` is what to do in a sentence, what was learned
    where it recommends nothing; `by` is empty for a protected author; `thanked` says that this
    reader did, `asked` that they asked about it and nobody has answered yet."""

    id: str
    title: str
    kind: str
    advice: str
    team: str
    by: str
    protected: bool
    mine: bool
    retired: bool
    posted: date
    thanked: bool
    asked: bool

    @property
    def url(self) -> str:
        return f"/lessons/{self.id}"

    @property
    def from_whom(self) -> str:
        """“Ada Example of Pumps”, “Pumps, protected author”."""
        if self.protected:
            return f"a protected author of {self.team}" if self.team else "a protected author"
        return f"{self.by} of {self.team}" if self.by and self.team else self.by or self.team


def named_lessons(session: Session, ids: Iterable[str], who: Reader) -> dict[str, NamedLesson]:
    """Those of the lessons that are posted and shared with this reader. One question."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return {}
    thanked = (
        sa.select(col(Thanks.lesson_id))
        .where(col(Thanks.lesson_id) == Lesson.id, col(Thanks.person_id) == who.person.id)
        .exists()
    )
    answered = sa.select(col(Answer.id)).where(col(Answer.question_id) == Question.id)
    asked = (
        sa.select(col(Question.id))
        .where(
            col(Question.lesson_id) == Lesson.id,
            col(Question.by_id) == who.person.id,
            ~answered.exists(),
        )
        .exists()
    )
    advice = sa.case(
        (col(Lesson.recommendation) != "", col(Lesson.recommendation)), else_=col(Lesson.lesson)
    )
    rows = session.connection().execute(
        sa.select(
            *(col(column) for column in (Lesson.id, Lesson.title, Lesson.kind)),
            sa.func.substr(advice, 1, 2_000),
            *(col(column) for column in (Team.name, Person.name, Person.id, Lesson.author_mode)),
            *(col(column) for column in (Lesson.state, Lesson.posted_at)),
            thanked,
            asked,
        )
        .select_from(Lesson)
        .outerjoin(Team, col(Team.id) == Lesson.team_id)
        .outerjoin(Person, col(Person.id) == Lesson.author_id)
        .where(col(Lesson.id).in_(wanted), who.readable)
    )
    return {row[0]: _lesson(row, who.person.id) for row in rows}


def _lesson(row: Sequence[Any], me: str) -> NamedLesson:
    lesson_id, title, kind, advice, team, author, author_id, mode, state, posted_at = row[:10]
    thanked, asked = row[10:]
    protected = mode is AuthorMode.PROTECTED
    return NamedLesson(
        lesson_id,
        title,
        kind.value,
        _in_a_line(advice),
        team or "",
        "" if protected else author or "",
        protected,
        not protected and author_id == me,
        state is State.RETIRED,
        posted_at.date(),
        bool(thanked),
        bool(asked),
    )


def _in_a_line(text: str) -> str:
    """The first sentence; of a list its first entry. A fragment begins with a capital, but no name
    such as “pH” is changed."""
    first = text.strip().partition("\n")[0]
    said = first_sentence(first if _ENTRY.match(first) else text)
    word = said.partition(" ")[0].rstrip(",.:;")
    return said[:1].upper() + said[1:] if len(word) > 1 and word.islower() else said
