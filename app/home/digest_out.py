"""That a new digest is out, on the first page of whoever gets one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from app.digests.contents import Contents
from app.digests.models import (
    ORGANISATION_NAME,
    About,
    Cadence,
    Digest,
    DigestSubscription,
    Edition,
)
from app.digests.period import Period, month_of
from app.digests.telling.names import known_to
from app.digests.telling.phrases import some
from app.digests.told import address
from app.lessons.access import Reader
from app.people.models import Membership, Team, TeamRole
from app.topics.models import Topic

#: So long after it was compiled it is new.
NEW_FOR = timedelta(days=7)
_WIDEST_FIRST = (Edition.MANAGERS, Edition.MEMBERS, Edition.EVERYONE)


@dataclass(frozen=True, slots=True)
class DigestOut:
    """Last month's digest: its name, its address, what is in it in a sentence."""

    month: str
    of: str
    url: str
    said: str


def digest_out(session: Session, who: Reader, *, now: datetime) -> DigestOut | None:
    """The digest of last month that came out for this person within a week: of a team that they
    manage before what they subscribed to. One question; nothing is kept of whether they looked."""
    period = month_of(now.date()).previous
    rows = [
        row
        for row in session.connection().execute(_out(who, period, now))
        if row.edition is _edition_of(row, who)
    ]
    order = {edition: place for place, edition in enumerate(_WIDEST_FIRST)}
    rows.sort(key=lambda row: (not row.manages, order[row.edition], -row.revision, row.of or ""))
    return _told(rows[0], period) if rows else None


def _out(who: Reader, period: Period, now: datetime) -> sa.Select[Any]:
    manages = (
        sa.exists()
        .where(
            col(Membership.person_id) == who.person.id,
            col(Membership.role) == TeamRole.MANAGER,
            col(Membership.team_id) == col(Digest.subject_id),
        )
        .correlate(Digest)
    )
    chosen = (
        sa.exists()
        .where(
            col(DigestSubscription.person_id) == who.person.id,
            col(DigestSubscription.about) == col(Digest.about),
            col(DigestSubscription.subject_id) == col(Digest.subject_id),
            col(DigestSubscription.cadence) != Cadence.NEVER,
        )
        .correlate(Digest)
    )
    its_topic = sa.and_(col(Topic.id) == col(Digest.subject_id), known_to(who))
    return (
        sa.select(
            *(col(Digest.about), col(Digest.subject_id), col(Digest.edition)),
            *(col(Digest.revision), col(Digest.contents), manages.label("manages")),
            sa.func.coalesce(col(Team.name), col(Topic.name)).label("of"),
        )
        .outerjoin(Team, col(Team.id) == col(Digest.subject_id))
        .outerjoin(Topic, its_topic)
        .where(
            col(Digest.period) == period.key,
            col(Digest.compiled_at) > now - NEW_FOR,
            sa.or_(manages, chosen),
            sa.or_(
                col(Digest.about) == About.ORGANISATION,
                col(Team.id).is_not(None),
                col(Topic.id).is_not(None),
            ),
        )
    )


def _edition_of(row: Any, who: Reader) -> Edition:
    """The edition that is theirs, as far as it can be told without asking for all teams: of a team
    that they manage the widest there is (see `digest_out`), else never too much."""
    if row.about is not About.TEAM or row.subject_id not in who.teams:
        return Edition.EVERYONE
    if row.manages and row.edition is Edition.MANAGERS:
        may_know = who.teams.issuperset(row.contents.get("teams", ()))
        return Edition.MANAGERS if may_know else Edition.MEMBERS
    return Edition.MEMBERS


def _told(row: Any, period: Period) -> DigestOut:
    contents = Contents.model_validate(row.contents)
    url = address(period, row.about, row.subject_id)
    return DigestOut(period.name, row.of or ORGANISATION_NAME, url, _in_short(contents))


def _in_short(contents: Contents) -> str:
    """“3 lessons to act on, 12 uses (2 worse), one repeat, 4 things overdue.”"""
    counts: Mapping[str, int] = contents.counts
    if contents.quiet:
        return "a quiet month, and one thing to do."
    used, worse = counts.get("used", 0), counts.get("used.worse", 0)
    late = sum(number for name, number in counts.items() if name.startswith("overdue."))
    said = [
        some(len(contents.act), "lesson") + " to act on" if contents.act else "",
        some(used, "use") + (f" ({worse:,} worse)" if worse else "") if used else "",
        some(counts.get("again", 0), "repeat") if counts.get("again") else "",
        some(late, "thing") + " overdue" if late else "",
    ]
    return (", ".join(part for part in said if part) or "nothing was reported") + "."
