"""What can be followed, found by kind and id: for whoever follows it, lists it or is told why."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from sqlmodel import Session, col, select

from app.following.models import Follow, SubjectKind
from app.kit.errors import NotFound
from app.lessons.access import Reader
from app.lessons.browse import known_names, known_topic
from app.people.directory import names_of, the_person
from app.people.models import Person, Team
from app.people.teams import the_team
from app.topics.models import Topic

Key = tuple[SubjectKind, str]
_ADDRESSES = {
    SubjectKind.TOPIC: "/topics/",
    SubjectKind.TEAM: "/teams/",
    SubjectKind.PERSON: "/people/",
}


class Subject(NamedTuple):
    """A topic, team or person by name."""

    kind: SubjectKind
    id: str
    name: str

    @property
    def url(self) -> str:
        return _ADDRESSES[self.kind] + self.id


def subject(session: Session, kind: str, subject_id: str, who: Reader) -> Subject:
    """What a form names, if this person may know of it; else NotFound, as if it were not there."""
    found: dict[str, Callable[[], Topic | Team | Person]] = {
        SubjectKind.TOPIC: lambda: known_topic(session, subject_id, who),
        SubjectKind.TEAM: lambda: the_team(session, subject_id),
        SubjectKind.PERSON: lambda: the_person(session, subject_id),
    }
    if kind not in found:
        raise NotFound
    return Subject(SubjectKind(kind), subject_id, found[kind]().name)


def subjects_named(session: Session, keys: Iterable[Key], who: Reader) -> dict[Key, Subject]:
    """Those of the subjects that are there and that this person may know of, with their names."""
    ids: dict[SubjectKind, set[str]] = {kind: set() for kind in SubjectKind}
    for kind, subject_id in keys:
        ids[kind].add(subject_id)
    names: dict[SubjectKind, Callable[[set[str]], dict[str, str]]] = {
        SubjectKind.TOPIC: lambda wanted: known_names(session, wanted, who),
        SubjectKind.TEAM: lambda wanted: _team_names(session, wanted),
        SubjectKind.PERSON: lambda wanted: names_of(session, wanted),
    }
    return {
        (kind, subject_id): Subject(kind, subject_id, name)
        for kind, wanted in ids.items()
        if wanted
        for subject_id, name in names[kind](wanted).items()
    }


def followed_by(session: Session, who: Reader) -> list[Subject]:
    """What this person follows, topics first, by name. A topic that they may not know of any more
    is left out until they may again."""
    rows = session.exec(
        select(Follow.subject_kind, Follow.subject_id).where(Follow.person_id == who.person.id)
    )
    found = subjects_named(session, [(SubjectKind(kind), i) for kind, i in rows], who)
    order = list(SubjectKind)
    return sorted(found.values(), key=lambda s: (order.index(s.kind), s.name.casefold(), s.id))


def _team_names(session: Session, ids: set[str]) -> dict[str, str]:
    return dict(session.exec(select(Team.id, Team.name).where(col(Team.id).in_(ids))).all())
