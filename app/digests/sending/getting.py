"""Who gets which digest, and how often: what managers get without asking, and what people chose."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlmodel import Session, col, select

from app.digests.models import (
    NOBODY,
    ORGANISATION_NAME,
    About,
    Cadence,
    DigestSubscription,
)
from app.digests.period import Period
from app.kit.errors import NotFound
from app.lessons.access import Reader, reader
from app.lessons.browse import known_names, known_topic
from app.people.models import Membership, Person, Team, TeamRole
from app.people.teams import teams_of, the_team

#: The subscription that says what somebody gets of the teams they manage without asking for any.
UNASKED = (About.TEAM, NOBODY)


@dataclass(frozen=True, slots=True)
class Getting:
    """A digest that somebody gets so often, and since when; `managed` says that it is of a team
    they manage. `subject` is its name, where it was asked for."""

    about: About
    subject_id: str
    cadence: Cadence
    since: datetime
    managed: bool = False
    subject: str = ""

    def comes_with(self, period: Period) -> bool:
        """Whether it comes after a period of this length."""
        return self.cadence is (Cadence.WEEKLY if period.weekly else Cadence.MONTHLY)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody with their time zone (empty: the organisation's) and what they get."""

    person_id: str
    zone: str
    gets: list[Getting] = field(default_factory=list)


class _Chosen(NamedTuple):
    cadence: Cadence
    since: datetime


def recipients(session: Session, *, only: str = "") -> list[Recipient]:
    """Everybody here who manages a team or chose something, with what they get, also what they
    chose to get never; or one person."""
    here = [col(Person.disabled_at).is_(None), *([col(Person.id) == only] if only else [])]
    zones: dict[str, str] = {}
    managed = _managed(session, here, zones)
    chosen = _chosen(session, here, zones)
    parents = dict(session.exec(select(Team.id, Team.parent_id)).all()) if managed else {}
    return [
        Recipient(
            person_id, zone, _gets(managed.get(person_id, {}), chosen.get(person_id, {}), parents)
        )
        for person_id, zone in sorted(zones.items())
    ]


def gets(session: Session, person_id: str) -> list[Getting]:
    """What one person gets, if they are still here."""
    found = recipients(session, only=person_id)
    return found[0].gets if found else []


def digests_of(session: Session, person: Person) -> list[Getting]:
    """The same with names, organisation first, then teams and topics by name. What they may not
    know of any more is left out."""
    mine = gets(session, person.id)
    names = _names(session, mine, reader(session, person))
    named = [
        replace(one, subject=names[one.about, one.subject_id])
        for one in mine
        if (one.about, one.subject_id) in names
    ]
    return sorted(named, key=_in_order)


def choices(session: Session, person: Person) -> list[Getting]:
    """What this person gets, by name, and what they are likely to want: the organisation's, that of
    their own teams."""
    found = digests_of(session, person)
    known = {(one.about, one.subject_id) for one in found}
    near = [(About.ORGANISATION, NOBODY, ORGANISATION_NAME)]
    near += [(About.TEAM, team.id, team.name) for team, _ in teams_of(session, person)]
    more = [
        Getting(about, subject_id, Cadence.NEVER, person.created_at, subject=name)
        for about, subject_id, name in near
        if (about, subject_id) not in known
    ]
    return sorted([*found, *more], key=_in_order)


def subject_name(session: Session, about: About, subject_id: str, who: Reader) -> str:
    """What a digest is of, by name, if this person may know of it. Raises NotFound."""
    if about is About.TEAM:
        return the_team(session, subject_id).name
    if about is About.TOPIC:
        return known_topic(session, subject_id, who).name
    if subject_id != NOBODY:
        raise NotFound
    return ORGANISATION_NAME


def _in_order(one: Getting) -> tuple[int, str]:
    return list(About).index(one.about), one.subject.casefold()


def top_most(managed: Iterable[str], parents: Mapping[str, str | None]) -> set[str]:
    """Of the teams that somebody manages those that stand below no other of them."""
    ids = set(managed)
    found = set()
    for team_id in ids:
        above, seen = parents.get(team_id), {team_id}
        while above and above not in ids and above not in seen:
            seen.add(above)
            above = parents.get(above)
        if above not in ids or above == team_id:
            found.add(team_id)
    return found


def _gets(
    managed: Mapping[str, datetime],
    chosen: Mapping[tuple[About, str], _Chosen],
    parents: Mapping[str, str | None],
) -> list[Getting]:
    rest = dict(chosen)
    unasked = rest.pop(UNASKED, None)
    found = []
    for team_id in sorted(top_most(managed, parents)):
        since = managed[team_id]
        own = rest.pop((About.TEAM, team_id), None)
        said = own or unasked or _Chosen(Cadence.MONTHLY, since)
        found.append(Getting(About.TEAM, team_id, said.cadence, max(since, said.since), True))
    return found + [Getting(*subject, *said) for subject, said in sorted(rest.items())]


def _managed(
    session: Session, here: list[Any], zones: dict[str, str]
) -> dict[str, dict[str, datetime]]:
    rows = session.exec(
        select(Person.id, Person.time_zone, Membership.team_id, Membership.since)
        .join(Membership, col(Membership.person_id) == Person.id)
        .where(*here, Membership.role == TeamRole.MANAGER)
    )
    found: dict[str, dict[str, datetime]] = {}
    for person_id, zone, team_id, since in rows:
        zones[person_id] = zone
        found.setdefault(person_id, {})[team_id] = since
    return found


def _chosen(
    session: Session, here: list[Any], zones: dict[str, str]
) -> dict[str, dict[tuple[About, str], _Chosen]]:
    asked = select(Person.time_zone, DigestSubscription).join(
        Person, col(Person.id) == DigestSubscription.person_id
    )
    found: dict[str, dict[tuple[About, str], _Chosen]] = {}
    for zone, row in session.exec(asked.where(*here)):
        zones[row.person_id] = zone
        said = _Chosen(row.cadence, row.since)
        found.setdefault(row.person_id, {})[row.about, row.subject_id] = said
    return found


def _names(
    session: Session, wanted: Iterable[Getting], who: Reader
) -> dict[tuple[About, str], str]:
    ids: dict[About, set[str]] = {about: set() for about in About}
    for one in wanted:
        ids[one.about].add(one.subject_id)
    found = {(About.ORGANISATION, NOBODY): ORGANISATION_NAME}
    if ids[About.TEAM]:
        rows = session.exec(select(Team.id, Team.name).where(col(Team.id).in_(ids[About.TEAM])))
        found |= {(About.TEAM, team_id): name for team_id, name in rows}
    if ids[About.TOPIC]:
        known = known_names(session, ids[About.TOPIC], who)
        found |= {(About.TOPIC, topic_id): name for topic_id, name in known.items()}
    return found
