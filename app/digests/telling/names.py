"""Names of the people and topics of a digest, and what its reader did about them before."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col

from app.digests.models import NOBODY, About, Cadence, DigestSubscription
from app.experts.models import Assigned, Unlisted
from app.following.models import Follow, SubjectKind
from app.lessons.access import Reader
from app.lessons.browse import in_use
from app.lessons.models import Lesson, LessonTopic
from app.people.models import Membership, Person, TeamRole
from app.topics.models import Topic

_BETWEEN = " "


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
    parts = [
        _row("person", Person.id, Person.name).where(
            sa.or_(col(Person.id).in_(list(people)), _listed(list(knowing)))
        ),
        *_of_topics(list(topics), who),
        *_of_mail(about, subject_id, who),
        _asked_to_write(list(wants), who),
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


def _of_topics(ids: list[str], who: Reader) -> list[sa.Select[Any]]:
    return [
        _row("topic", Topic.id, Topic.name).where(col(Topic.id).in_(ids), known_to(who)),
        _row("follow", Follow.subject_id, sa.literal("")).where(
            col(Follow.person_id) == who.person.id,
            col(Follow.subject_kind) == SubjectKind.TOPIC,
            col(Follow.subject_id).in_(ids),
        ),
    ]


def _of_mail(about: About, subject_id: str, who: Reader) -> list[sa.Select[Any]]:
    return [
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
    ]


def _asked_to_write(wants: list[str], who: Reader) -> sa.Select[Any]:
    whom = col(Assigned.person_id) + _BETWEEN + Person.name
    asked = _row("asked", Assigned.want_id, whom)
    return asked.join(Person, col(Person.id) == Assigned.person_id).where(
        col(Assigned.by_id) == who.person.id,
        col(Assigned.want_id).in_(wants),
        col(Person.disabled_at).is_(None),
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
