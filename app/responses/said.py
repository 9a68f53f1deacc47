"""Everything that readers said of a lesson, read in one question to the database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from app.lessons.models import Lesson
from app.people.models import Person
from app.responses.mentions import Named, linked, people_named
from app.responses.models import Answer, Question, Thanks

_NAMED = 3


@dataclass(frozen=True, slots=True)
class Said:
    """An answer, or a question. `by_id` and `name` are empty for a protected author."""

    id: str
    by_id: str
    name: str
    text: str
    at: datetime
    from_author: bool
    named: Named = field(default_factory=dict)

    @property
    def linked(self) -> str:
        """The text in Markdown, whom it names as links."""
        return linked(self.text, self.named)

    @property
    def url(self) -> str:
        return f"/people/{self.by_id}"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its answers, the first given first."""

    question: Said
    answers: list[Said] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Thanked:
    """Who thanked for a lesson, the last first, without whoever reads; `mine` says they did."""

    names: Sequence[str] = ()
    mine: bool = False

    @property
    def in_words(self) -> str:
        """`Thanked by you, Mara Example and 3 others`; empty when nobody has."""
        everyone = (["you"] if self.mine else []) + list(self.names)
        if not everyone:
            return ""
        # Two others are no fewer words than their names.
        shown = everyone if len(everyone) <= _NAMED else everyone[: _NAMED - 1]
        left = len(everyone) - len(shown)
        words = [*shown, f"{left} others"] if left else shown
        *first, last = words
        return "Thanked by " + (f"{', '.join(first)} and {last}" if first else last)


@dataclass(frozen=True, slots=True)
class Responses:
    """What readers said of a lesson; questions in the order of asking."""

    thanked: Thanked = Thanked()
    questions: Sequence[Asked] = ()


def _everything() -> sa.CompoundSelect[Any]:
    lesson: sa.BindParameter[str] = sa.bindparam("lesson")
    thanks: Any = sa.select(
        col(Thanks.at),
        sa.literal("").label("id"),
        sa.literal("").label("question"),
        col(Person.id).label("by_id"),
        col(Person.name),
        sa.literal("").label("text"),
        sa.false().label("from_author"),
    ).join(Person, col(Person.id) == Thanks.person_id)
    questions: Any = sa.select(
        col(Question.asked_at),
        col(Question.id),
        sa.literal(""),
        col(Person.id),
        col(Person.name),
        col(Question.text),
        sa.false(),
    ).join(Person, col(Person.id) == Question.by_id)
    answers: Any = (
        sa.select(
            col(Answer.answered_at),
            col(Answer.id),
            col(Answer.question_id),
            sa.func.coalesce(col(Answer.by_id), ""),
            sa.func.coalesce(col(Person.name), ""),
            col(Answer.text),
            col(Answer.from_author),
        )
        .join(Question, col(Question.id) == Answer.question_id)
        .outerjoin(Person, col(Person.id) == Answer.by_id)
    )
    return sa.union_all(
        thanks.where(col(Thanks.lesson_id) == lesson),
        questions.where(col(Question.lesson_id) == lesson),
        answers.where(col(Question.lesson_id) == lesson),
    ).order_by("at", "id")


# Said once: to make a question again each time costs more than to ask it.
_EVERYTHING = _everything()


def responses_to(session: Session, lesson: Lesson, me: Person) -> Responses:
    """Everything said of a lesson that `me` can read."""
    rows = session.connection().execute(_EVERYTHING, {"lesson": lesson.id}).all()
    names = [(row.by_id, row.name) for row in rows if not row.id]
    others = [name for person_id, name in reversed(names) if person_id != me.id]
    named = people_named(session, [row.text for row in rows])
    return Responses(Thanked(others, len(others) < len(names)), _questions(rows, named))


def _questions(rows: Iterable[Any], named: Named) -> list[Asked]:
    asked: dict[str, Asked] = {}
    given: list[tuple[str, Said]] = []
    for row in rows:
        said = Said(row.id, row.by_id, row.name, row.text, row.at, bool(row.from_author), named)
        if row.question:
            given.append((row.question, said))
        elif row.id:
            asked[row.id] = Asked(said)
    # A protected author's answer is dated by its day, and so may come before the question.
    for question_id, said in given:
        asked[question_id].answers.append(said)
    return list(asked.values())
