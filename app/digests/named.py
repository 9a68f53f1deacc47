"""The lessons, topics and people that a digest names, as far as its reader may know of them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col

from app.briefs.said import first_sentence
from app.digests.models import NOBODY, About, Cadence, DigestSubscription
from app.experts.models import Assigned, Unlisted
from app.following.models import Follow, SubjectKind
from app.lessons.access import Reader
from app.lessons.browse import in_use
from app.lessons.models import AuthorMode, Lesson, LessonTopic, State
from app.people.models import Membership, Person, Team, TeamRole
from app.responses.models import Answer, Question, Thanks
from app.topics.models import Topic

_ENTRY = re.compile(r"(?:[-*+]|\d{1,3}[.)])\s")
_BETWEEN = " "


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
    """The first sentence; of a list its first entry."""
    first = text.strip().partition("\n")[0]
    return first_sentence(first if _ENTRY.match(first) else text)


class Names(NamedTuple):
    """Names by id of people and of topics that the reader may know of; which of those topics they
    follow; how often they are sent the digest; whom they asked to write what is wanted, as (id,
    name) by its id."""

    people: dict[str, str]
    topics: dict[str, str]
    followed: frozenset[str]
    cadence: Cadence
    asked: dict[str, tuple[str, str]]


def names_in(
    session: Session,
    people: Iterable[str],
    topics: Iterable[str],
    who: Reader,
    *,
    about: About,
    subject_id: str,
    wants: Iterable[str] = (),
    knowing: Iterable[str] = (),
) -> Names:
    """Everything of `Names` in one question. Of those `knowing`, who left, and who does not want to
    be listed (any more), has no name here."""
    topic_ids = list(topics)
    parts = [
        _row("person", Person.id, Person.name).where(
            sa.or_(col(Person.id).in_(list(people)), _listed(list(knowing)))
        ),
        _row("topic", Topic.id, Topic.name).where(col(Topic.id).in_(topic_ids), known_to(who)),
        _row("follow", Follow.subject_id, sa.literal("")).where(
            col(Follow.person_id) == who.person.id,
            col(Follow.subject_kind) == SubjectKind.TOPIC,
            col(Follow.subject_id).in_(topic_ids),
        ),
        _row("chosen", DigestSubscription.subject_id, _plain(DigestSubscription.cadence)).where(
            col(DigestSubscription.person_id) == who.person.id,
            col(DigestSubscription.about) == about,
            col(DigestSubscription.subject_id).in_((subject_id, NOBODY)),
        ),
        _row("manages", Membership.team_id, sa.literal("")).where(
            col(Membership.person_id) == who.person.id,
            col(Membership.team_id) == subject_id,
            col(Membership.role) == TeamRole.MANAGER,
        ),
        _row("asked", Assigned.want_id, col(Assigned.person_id) + _BETWEEN + Person.name)
        .join(Person, col(Person.id) == Assigned.person_id)
        .where(
            col(Assigned.by_id) == who.person.id,
            col(Assigned.want_id).in_(list(wants)),
            col(Person.disabled_at).is_(None),
        ),
    ]
    found: dict[str, dict[str, str]] = {}
    for what, key, name in session.connection().execute(sa.union_all(*parts)):
        found.setdefault(what, {})[key] = name
    chosen = found.get("chosen", {})
    unasked = chosen.get(NOBODY, Cadence.MONTHLY) if "manages" in found else Cadence.NEVER
    return Names(
        found.get("person", {}),
        found.get("topic", {}),
        frozenset(found.get("follow", {})),
        Cadence(chosen.get(subject_id, unasked)),
        {want: _parted(whom) for want, whom in found.get("asked", {}).items()},
    )


def _listed(knowing: list[str]) -> sa.ColumnElement[bool]:
    hidden = sa.select(col(Unlisted.person_id))
    here = col(Person.disabled_at).is_(None)
    return sa.and_(col(Person.id).in_(knowing), here, col(Person.id).not_in(hidden))


def _parted(text: str) -> tuple[str, str]:
    person_id, _, name = text.partition(_BETWEEN)
    return person_id, name


def _plain(column: Any) -> sa.ColumnElement[str]:
    return sa.type_coerce(column, sa.String())


def _row(what: str, key: Any, name: Any) -> sa.Select[Any]:
    return sa.select(sa.literal(what, sa.String()).label("what"), key.label("key"), name)


def known_to(who: Reader) -> sa.ColumnElement[bool]:
    """A condition on `Topic`: a curator worded it, or this reader may read a lesson about it."""
    about = (
        sa.select(col(LessonTopic.topic_id))
        .join(Lesson, col(Lesson.id) == LessonTopic.lesson_id)
        .where(col(LessonTopic.topic_id) == Topic.id, in_use(who))
    )
    return sa.or_(col(Topic.curated), about.exists())
