"""Digests are kept as they were compiled; another is kept beside, by hand and with a note."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from app.digests.compiling.editions import editions_of
from app.digests.compiling.month import Compiled, compile_one
from app.digests.compiling.tally import TREND, ids_of_month
from app.digests.models import NOTE_LENGTH, About, Digest, DigestList, Edition
from app.digests.period import Period
from app.events.record import record
from app.kit.errors import Conflict, Invalid
from app.people.models import Person
from app.people.teams import all_teams


class NotOver(Conflict):
    code = "not_over"
    message = "This period is not over. Its digest is compiled when it is."


def kept(
    session: Session, period: Period, about: About, subject_id: str, edition: Edition
) -> Digest | None:
    """The digest as it was compiled last; None where it is not kept."""
    return session.exec(
        select(Digest)
        .where(
            Digest.period == period.key,
            Digest.about == about,
            Digest.subject_id == subject_id,
            Digest.edition == edition,
        )
        .order_by(col(Digest.revision).desc())
        .limit(1)
    ).first()


def keep(
    session: Session,
    period: Period,
    about: About,
    subject_id: str,
    edition: Edition,
    compiled: Compiled,
    *,
    now: datetime,
    by: Person | None = None,
    note: str = "",
) -> Digest:
    """Keep a digest. One that is kept already stays as it is, and is returned, unless somebody
    (`by`) compiled it anew: then this is its next revision. Safe when two do it at once."""
    known = kept(session, period, about, subject_id, edition)
    if known is not None and by is None:
        return known
    digest = Digest(
        period=period.key,
        about=about,
        subject_id=subject_id,
        edition=edition,
        revision=known.revision + 1 if known else 1,
        contents=compiled.contents.model_dump(mode="json"),
        compiled_at=now,
        compiled_by_id=by.id if by else None,
        note=note,
    )
    try:
        with session.begin_nested():
            session.add(digest)
            session.flush()
    except IntegrityError as clash:
        there = kept(session, period, about, subject_id, edition)
        if there is None:
            raise clash
        return there
    lists = [
        {"digest_id": digest.id, "name": name, "ids": ids}
        for name, ids in compiled.lists.items()
        if ids
    ]
    if lists:
        session.connection().execute(sa.insert(DigestList), lists)
    return digest


def recompile(
    session: Session,
    period: Period,
    about: About,
    subject_id: str,
    *,
    note: str,
    by: Person,
    now: datetime,
) -> list[Digest]:
    """Compile every edition of a digest anew, and keep it beside the one before. Raises Invalid
    without a note, NotOver for a period that still goes on."""
    note = " ".join(note.split())
    if not note or len(note) > NOTE_LENGTH:
        raise Invalid(fields={"note": f"Say why, in at most {NOTE_LENGTH} characters."})
    if not period.is_over(now):
        raise NotOver
    subject = (period, about, subject_id)
    made = []
    for edition in editions_of(about, subject_id, all_teams(session)):
        anew = compile_one(session, *subject, edition, now=now)
        made.append(keep(session, *subject, edition, anew, now=now, by=by, note=note))
    facts = {"period": period.key, "about": about.value, "of": subject_id}
    record(session, "digest.recompiled", made[0].id, by=by.id, now=now, **facts)
    return made


def list_of(session: Session, digest_id: str, name: str, month: str = "") -> Sequence[str]:
    """The ids behind a number of a kept digest; with a month (`2026-03`) behind that of the trend.
    None for what it does not count."""
    found = session.get(DigestList, (digest_id, TREND + name if month else name))
    return of_month(found.ids, month) if found else []


def of_month(kept: Sequence[str], month: str = "") -> Sequence[str]:
    """The ids of a list as it is kept; of one of the trend those of a month."""
    return ids_of_month(kept, month) if month else kept
