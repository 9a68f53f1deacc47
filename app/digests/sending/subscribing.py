"""A person says how often they want which digest; or ends them all at once, and may undo it."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from app.digests.models import About, Cadence, DigestSubscription
from app.digests.sending.getting import UNASKED, gets, subject_name
from app.events.models import Event
from app.events.record import record
from app.kit.errors import NotFound
from app.lessons.access import reader
from app.people.directory import one_at_a_time
from app.people.models import Person

_ENDED, _RESUMED = "digest.ended", "digest.wanted_again"


def subscribe(
    session: Session, about: About, subject_id: str, cadence: Cadence, *, by: Person, now: datetime
) -> Cadence:
    """Be sent a digest so often from now on, or never; how often it was until now. Raises NotFound
    for what `by` may not know of, but to be rid of it."""
    one_at_a_time(session, by)
    before = _cadence(session, about, subject_id, by)
    try:
        subject_name(session, about, subject_id, reader(session, by))
    except NotFound:
        if cadence is not Cadence.NEVER or before is Cadence.NEVER:
            raise
    if cadence is not before:
        _set(session, about, subject_id, cadence, by=by, since=now)
        said = {"about": about.value, "of": subject_id, "cadence": cadence.value}
        record(session, "digest.subscribed", by.id, by=by.id, now=now, **said)
    return before


def end_all(session: Session, *, by: Person, now: datetime) -> None:
    """No digest by mail any more, nor of teams that `by` will manage. Twice is as good as once."""
    one_at_a_time(session, by)
    rows = _wanted(session, by)
    if has_ended(session, by) and not rows:
        return
    before = [
        [row.about.value, row.subject_id, row.cadence.value, row.since.isoformat()] for row in rows
    ]
    for row in rows:
        _set(session, row.about, row.subject_id, Cadence.NEVER, by=by, since=now)
    _set(session, *UNASKED, Cadence.NEVER, by=by, since=now)
    record(session, _ENDED, by.id, by=by.id, now=now, before=before)


def resume_all(session: Session, *, by: Person, now: datetime) -> None:
    """Undo `end_all`: what came before comes again, but what `by` chose anew since then."""
    one_at_a_time(session, by)
    unasked = session.get(DigestSubscription, (by.id, *UNASKED))
    if unasked is None:
        return
    session.delete(unasked)
    for about, subject_id, cadence, since in _before(session, by):
        row = session.get(DigestSubscription, (by.id, About(about), subject_id))
        if row and row.cadence is Cadence.NEVER:
            row.cadence, row.since = Cadence(cadence), datetime.fromisoformat(since)
            session.add(row)
    record(session, _RESUMED, by.id, by=by.id, now=now)


def has_ended(session: Session, person: Person) -> bool:
    """Whether this person ended all digests by mail."""
    return session.get(DigestSubscription, (person.id, *UNASKED)) is not None


def _cadence(session: Session, about: About, subject_id: str, person: Person) -> Cadence:
    for one in gets(session, person.id):
        if (one.about, one.subject_id) == (about, subject_id):
            return one.cadence
    return Cadence.NEVER


def _set(
    session: Session,
    about: About,
    subject_id: str,
    cadence: Cadence,
    *,
    by: Person,
    since: datetime,
) -> None:
    row = session.get(DigestSubscription, (by.id, about, subject_id)) or DigestSubscription(
        person_id=by.id, about=about, subject_id=subject_id, cadence=cadence, since=since
    )
    row.cadence, row.since = cadence, since
    session.add(row)


def _wanted(session: Session, person: Person) -> Sequence[DigestSubscription]:
    return session.exec(
        select(DigestSubscription).where(
            DigestSubscription.person_id == person.id,
            DigestSubscription.cadence != Cadence.NEVER,
        )
    ).all()


def _before(session: Session, person: Person) -> list[tuple[str, str, str, str]]:
    """What came before they were ended the last time."""
    ended = (
        select(Event)
        .where(Event.kind == _ENDED, Event.subject_kind == "digest", Event.subject_id == person.id)
        .order_by(col(Event.at).desc())
    )
    last = session.exec(ended).first()
    return [tuple(one) for one in last.facts["before"]] if last else []
