"""What waits for somebody: drafts, questions, actions; and what others would like to read."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
import sqlalchemy.orm
from sqlmodel import Session, col

from app.actions.models import Action
from app.briefs.coming_due import ended_lately
from app.briefs.naming import name_of_work
from app.drafts.models import Draft
from app.lessons.access import Reader
from app.lessons.models import Lesson, State, Visibility
from app.people.models import Person
from app.responses.models import Answer, Question
from app.searches.models import SavedSearch, Want

_MOST_WANTED = 3
_MOST_SAVED = 6
_MOST_ENDED = 2


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many drafts lie there, how many questions on one's own lessons have no answer, how many
    changes one is to make and how many of them are overdue. `has_posted` says whether anything
    stands under one's name."""

    drafts: int
    questions: int
    first_question_url: str
    has_posted: bool
    actions: int
    overdue: int


class Link(NamedTuple):
    """An address and its words."""

    url: str
    words: str


@dataclass(frozen=True, slots=True)
class Kept:
    """Searches that somebody saved, lessons that others asked for, and work of theirs that ended
    and that nobody has said all of yet."""

    searches: list[Link]
    wanted: list[Link]
    ended: list[Link]


def waiting_for(session: Session, who: Reader, today: date) -> Waiting:
    """What waits for this person, in one question. Questions on what they wrote as a protected
    author are not among it: nothing knows that it is theirs."""
    me = who.person
    own = sa.and_(col(Lesson.author_id) == me.id)
    drafts = _count(
        sa.select(col(Lesson.id)).where(own, col(Lesson.state) == State.DRAFT)
    ) + _count(sa.select(col(Draft.id)).where(col(Draft.person_id) == me.id))
    answered = sa.exists().where(col(Answer.question_id) == Question.id)
    asked: sa.Select[str, Any] = (
        sa.select(col(Question.id), col(Lesson.id).label("lesson_id"))
        .join(Lesson, col(Lesson.id) == Question.lesson_id)
        .where(own, ~answered, col(Question.by_id) != me.id, col(Lesson.state) != State.RETIRED)
    )
    first = asked.order_by(col(Question.asked_at)).limit(1).subquery()
    actions = _actions_of(who)
    posted = sa.select(col(Lesson.id)).where(own, col(Lesson.state) != State.DRAFT)
    row = (
        session.connection()
        .execute(
            sa.select(
                drafts.label("drafts"),
                _count(asked).label("questions"),
                sa.select(first.c.lesson_id).scalar_subquery().label("first"),
                sa.select(first.c.id).scalar_subquery().label("question"),
                sa.exists(posted).label("has_posted"),
                _count(actions).label("actions"),
                _count(actions.where(col(Action.due_on) < today)).label("overdue"),
            )
        )
        .one()
    )
    url = f"/lessons/{row.first}#question-{row.question}" if row.first else ""
    return Waiting(row.drafts, row.questions, url, row.has_posted, row.actions, row.overdue)


def kept_for(session: Session, me: Person, *, now: datetime) -> Kept:
    """The person's saved searches, newest first; what others want to read, most wanted first; and
    the work whose follow-up is due, the last that ended first; in one question."""
    saved = (
        sa.select(
            sa.literal("saved").label("what"),
            col(SavedSearch.address).label("where"),
            col(SavedSearch.name).label("words"),
        )
        .where(col(SavedSearch.person_id) == me.id)
        .order_by(col(SavedSearch.saved_at).desc(), col(SavedSearch.id))
        .limit(_MOST_SAVED)
        .subquery()
    )
    wanted = _most_wanted(me).limit(_MOST_WANTED).subquery()
    ended = ended_lately(me.id, now).limit(_MOST_ENDED).subquery()
    asked = sa.select(sa.literal("ended").label("what"), ended.c.id, ended.c.begins)
    all_of_it = sa.union_all(sa.select(saved), sa.select(wanted), asked)
    rows = session.connection().execute(all_of_it).all()
    return Kept(
        [Link(f"/search?{row.where}", row.words) for row in rows if row.what == "saved"],
        [Link(f"/wanted/{row.where}", row.words) for row in rows if row.what == "wanted"],
        [
            Link(f"/briefs/{row.where}/follow-up", name_of_work(row.words))
            for row in rows
            if row.what == "ended"
        ],
    )


def _most_wanted(me: Person) -> sa.Select[Any]:
    """What others ask for, each once, in the words of whoever asked first; what a lesson answered
    that is retired since, or not everybody's any more, is wanted again."""
    answer = sa.select(col(Lesson.id)).where(
        col(Lesson.state) != State.RETIRED, col(Lesson.visibility) == Visibility.ORGANISATION
    )
    same: dict[str, Any] = {"partition_by": col(Want.key)}
    first = [col(Want.wanted_at), col(Want.id)]
    each = (
        sa.select(
            col(Want.id),
            col(Want.words),
            sa.func.count().over(**same).label("people"),
            sa.func.max(col(Want.wanted_at)).over(**same).label("last"),
            sa.func.row_number().over(**same, order_by=first).label("place"),
        )
        .where(
            sa.or_(col(Want.lesson_id).is_(None), col(Want.lesson_id).not_in(answer)), ~_wants(me)
        )
        .subquery()
    )
    wanted: list[Any] = [sa.literal("wanted").label("what"), each.c.id, each.c.words]
    most = [each.c.people.desc(), each.c.last.desc(), each.c.id]
    return sa.select(*wanted).where(each.c.place == 1).order_by(*most)


def _actions_of(who: Reader) -> sa.Select[Any]:
    """Changes that this person is to make because of lessons that they may read."""
    return (
        sa.select(col(Action.id))
        .join(Lesson, col(Lesson.id) == Action.lesson_id)
        .where(
            col(Action.owner_id) == who.person.id,
            col(Action.done_at).is_(None),
            who.readable,
            col(Lesson.state) != State.RETIRED,
        )
    )


def _count(rows: sa.Select[Any, Any] | sa.Select[Any]) -> sa.ColumnElement[int]:
    return sa.select(sa.func.count()).select_from(rows.subquery()).scalar_subquery()


def _wants(me: Person) -> sa.ColumnElement[bool]:
    """Whether this person asked for the same themselves."""
    own: Any = sqlalchemy.orm.aliased(Want)
    return sa.exists().where(own.key == Want.key, own.person_id == me.id)
