"""The digests that concern somebody: the organisation's, their teams', what they chose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from app.digests.compiling.editions import edition_for
from app.digests.due import due_at
from app.digests.models import (
    NOBODY,
    ORGANISATION_NAME,
    About,
    Cadence,
    Digest,
    DigestPlan,
    DigestSubscription,
    Edition,
)
from app.digests.period import Period, month_of
from app.digests.telling.finding import Found
from app.digests.telling.names import known_to
from app.digests.telling.phrases import some
from app.digests.told import address
from app.kit.templates import day_in_words
from app.kit.zones import day_in
from app.lessons.access import Reader
from app.lessons.browse import in_use
from app.lessons.models import Lesson
from app.lessons.worth import times
from app.people.models import Membership, Team
from app.people.teams import all_teams
from app.topics.models import Topic

_PAST_MONTHS, _LAST_MONTH, _MOST_OTHERS = 12, 12, 10


@dataclass(frozen=True, slots=True)
class OneDigest:
    """What there is to read of a subject: last month's, what it says in a few words, and the months
    before as (name, address)."""

    name: str
    latest: str
    latest_url: str
    said: str
    past: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Mine:
    """The digests that concern somebody. `anything` is False where nobody has written anything that
    they could be about; `next_words` says when last month's comes out."""

    digests: Sequence[OneDigest]
    anything: bool
    next_words: str
    running_name: str
    running_url: str


def mine(session: Session, who: Reader, *, zone: str, now: datetime) -> Mine:
    """Everything of the overview, in three questions. `zone` is the organisation's."""
    running = month_of(now.date())
    rows = session.connection().execute(_concerns(who)).all()
    near = [(about, row) for about in (About.TEAM, About.TOPIC) for row in rows if row[0] == about]
    subjects = {(about, key): name for about, (_, key, name) in near}
    subjects[About.ORGANISATION, NOBODY] = ORGANISATION_NAME
    counts = _counts(session, running.previous, who, list(subjects))
    plan = next(((int(day), paused) for what, day, paused in rows if what == "plan"), (1, ""))
    return Mine(
        [_one(running.previous, *key, name, counts.get(key, {})) for key, name in subjects.items()],
        any(what == "any" for what, *_ in rows),
        _next(running, plan, who.person.time_zone or zone, now),
        running.name,
        address(running, About.ORGANISATION, NOBODY),
    )


def others(found: Found, who: Reader) -> list[tuple[str, str]]:
    """Digests of the same period that this reader may want to turn to, as (name, address): the
    organisation's, that of the team above, those of their own teams. Asks nothing."""
    subject, above = found.subject, ""
    by_id = {team.id: team for team in subject.teams}
    if subject.about is About.TEAM:
        above = by_id[subject.id].parent_id or ""
    near = [i for i in (above, subject.id if by_id else "") if i in by_id]
    own = [team.id for team in subject.teams if team.id in who.teams]
    teams = list(dict.fromkeys([*near, *own]))[:_MOST_OTHERS]
    whole = (ORGANISATION_NAME, address(found.period, About.ORGANISATION, NOBODY))
    return [whole, *((by_id[i].name, address(found.period, About.TEAM, i)) for i in teams)]


def _one(
    period: Period, about: About, subject_id: str, name: str, counts: Mapping[str, int]
) -> OneDigest:
    past = period.ending_here(_PAST_MONTHS)[-2::-1]
    return OneDigest(
        name,
        period.name,
        address(period, about, subject_id),
        _in_short(counts),
        [(_short(month), address(month, about, subject_id)) for month in past],
    )


def _short(month: Period) -> str:
    """`Sep`; with its year where that ends: `Dec 2025`."""
    return f"{month.first:%b %Y}" if month.first.month == _LAST_MONTH else f"{month.first:%b}"


def _in_short(counts: Mapping[str, int]) -> str:
    """“12 uses, 2 of them worse; something happened again once”."""
    used, worse, again = (counts.get(name, 0) for name in ("used", "used.worse", "again"))
    said = []
    if used:
        said.append(some(used, "use") + (f", {worse:,} of them worse" if worse else ""))
    if again:
        said.append(f"something happened again {times(again)}")
    return "; ".join(said)


def _next(running: Period, plan: tuple[int, str], zone: str, now: datetime) -> str:
    number, paused = plan
    coming = running.previous if now < due_at(running.previous, zone, number) else running
    if paused:
        return f"That of {coming.name} waits: an administrator has paused digests."
    day = day_in_words(day_in(zone, due_at(coming, zone, number)))
    return f"That of {coming.name} comes out on {day}, in the morning."


def _concerns(who: Reader) -> sa.CompoundSelect[Any]:
    """Teams and topics by id and name, the plan, and whether anybody wrote anything."""
    me = who.person.id
    chosen = sa.and_(
        col(DigestSubscription.person_id) == me,
        col(DigestSubscription.cadence) != Cadence.NEVER,
    )
    paused = sa.case((col(DigestPlan.paused_at).is_not(None), "paused"), else_="")
    return sa.union_all(
        _row(About.TEAM, Team.id, Team.name)
        .join(Membership, col(Membership.team_id) == Team.id)
        .where(col(Membership.person_id) == me),
        _row(About.TEAM, Team.id, Team.name)
        .join(DigestSubscription, col(DigestSubscription.subject_id) == Team.id)
        .where(chosen, col(DigestSubscription.about) == About.TEAM),
        _row(About.TOPIC, Topic.id, Topic.name)
        .join(DigestSubscription, col(DigestSubscription.subject_id) == Topic.id)
        .where(chosen, col(DigestSubscription.about) == About.TOPIC, known_to(who)),
        _row("plan", sa.cast(col(DigestPlan.working_day), sa.String()), paused),
        _row("any", sa.literal(""), sa.literal("")).where(
            sa.select(col(Lesson.id)).where(in_use(who)).exists()
        ),
    )


def _row(what: str, key: Any, name: Any) -> sa.Select[Any]:
    return sa.select(sa.literal(str(what), sa.String()).label("what"), key.label("key"), name)


def _counts(
    session: Session, period: Period, who: Reader, subjects: Sequence[tuple[About, str]]
) -> dict[tuple[About, str], dict[str, int]]:
    """The numbers of the kept digests of a period, of the edition that this reader gets."""
    teams = all_teams(session)
    rows = session.execute(
        sa.select(
            col(Digest.about), col(Digest.subject_id), col(Digest.edition), col(Digest.contents)
        )
        .where(
            col(Digest.period) == period.key,
            col(Digest.subject_id).in_([subject_id for _, subject_id in subjects]),
        )
        .order_by(col(Digest.revision))
    )
    last = {(about, key, edition): contents for about, key, edition, contents in rows}
    found = {}
    for about, key in subjects:
        contents = last.get((about, key, edition_for(who, about, key, teams)), {})
        if not who.teams.issuperset(contents.get("teams", ())):  # see `finding.find`
            contents = last.get((about, key, Edition.MEMBERS), {})
        found[about, key] = contents.get("counts", {})
    return found
