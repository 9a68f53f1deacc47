"""Imports in the background: begun, claimed with a lease, told of, ended, forgotten."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from app.events.record import record
from app.kit.errors import Conflict, NotFound
from app.people.models import Person
from app.transfer.importing import Summary
from app.transfer.models import ImportRun, RunState
from app.transfer.preview import RunOptions
from app.transfer.uploads import Uploads

LEASE = timedelta(seconds=30)
KEPT = timedelta(days=1)
MOST_ATTEMPTS = 5
_MOST_NOTES = 50


class RunUnderWay(Conflict):
    code = "import_under_way"
    message = "This file is being imported. Wait until that is done."


def the_run(session: Session, run_id: str) -> ImportRun:
    """A run by id, for administrators, who see them all."""
    run = session.get(ImportRun, run_id)
    if run is None:
        raise NotFound
    return run


def recent_runs(session: Session, *, limit: int = 20) -> Sequence[tuple[ImportRun, Person]]:
    """The newest runs, with who brought the file."""
    rows = session.exec(
        select(ImportRun, Person)
        .join(Person, col(Person.id) == ImportRun.by_id)
        .order_by(col(ImportRun.created_at).desc(), ImportRun.id)
        .limit(limit)
    ).all()
    return [(run, person) for run, person in rows]


def choose(session: Session, run: ImportRun, options: RunOptions) -> None:
    """Keep how the file is to be read."""
    run.options = options.model_dump(mode="json")
    session.add(run)


def begin(session: Session, run: ImportRun, *, by: Person, now: datetime) -> None:
    """Hand a previewed run to the worker; one that was handed over already stays as it is."""
    if not run.is_preview:
        return
    run.state = RunState.WAITING
    session.add(run)
    record(session, "import.started", run.id, by=by.id, now=now, rows=run.total)


def discard(session: Session, run: ImportRun, *, by: Person, now: datetime) -> None:
    """Remove a run from the list; what it imported stays. Raises RunUnderWay for one at work."""
    if run.is_under_way:
        raise RunUnderWay
    session.delete(run)
    record(session, "import.discarded", run.id, by=by.id, now=now)


def claim_run(session: Session, here: Collection[str], *, now: datetime) -> ImportRun | None:
    """The longest waiting of the runs `here`, ours until the lease ends; None when none waits.

    One that was claimed and left five times over is given up.
    """
    run = session.exec(
        select(ImportRun)
        .where(col(ImportRun.id).in_(here), _free(now))
        .order_by(col(ImportRun.created_at))
        .limit(1)
        .with_for_update(skip_locked=True)
    ).first()
    if run is None:
        return None
    if run.attempts >= MOST_ATTEMPTS:
        fail(
            session,
            run,
            "It was cut off each time it was tried. The log of the worker says "
            "why. What was imported until then stays; the file can be imported again.",
            now=now,
        )
        return None
    run.state, run.attempts = RunState.RUNNING, run.attempts + 1
    run.claimed_until = now + LEASE
    session.add(run)
    return run


def something_waits(session: Session, here: Collection[str], *, now: datetime) -> bool:
    """Whether `claim_run` would find anything: a look that takes no lock."""
    waiting = select(ImportRun.id).where(col(ImportRun.id).in_(here), _free(now))
    return session.exec(waiting.limit(1)).first() is not None


def release_runs(session: Session, here: Collection[str]) -> None:
    """End the leases of the runs `here`: for the one worker of this machine, when it begins."""
    running = sa.update(ImportRun).where(
        col(ImportRun.id).in_(here), col(ImportRun.state) == RunState.RUNNING
    )
    session.connection().execute(running.values(claimed_until=None))


def tell(session: Session, run_id: str, summary: Summary, *, now: datetime) -> ImportRun:
    """Write down how far a run is, and hold it for another lease."""
    run = the_run(session, run_id)
    run.done, run.imported, run.updated = summary.rows, summary.imported, summary.updated
    run.unchanged, run.rejected = summary.unchanged, summary.rejected
    run.notes = dict(summary.notes.most_common(_MOST_NOTES))
    run.claimed_until = now + LEASE
    session.add(run)
    return run


def finish(session: Session, run_id: str, summary: Summary, *, now: datetime) -> None:
    """The whole file is accounted for."""
    run = tell(session, run_id, summary, now=now)
    run.state, run.total = RunState.DONE, summary.rows
    run.finished_at, run.claimed_until = now, None
    record(
        session,
        "import.finished",
        run.id,
        by=run.by_id,
        now=now,
        imported=run.imported,
        updated=run.updated,
        unchanged=run.unchanged,
        rejected=run.rejected,
    )


def fail(session: Session, run: ImportRun, message: str, *, now: datetime) -> None:
    """The file could not be read to its end; `message` says why and what to do."""
    run.state, run.message = RunState.FAILED, message
    run.finished_at, run.claimed_until = now, None
    session.add(run)
    record(session, "import.failed", run.id, by=run.by_id, now=now)


def forget_old_runs(session: Session, uploads: Uploads, *, now: datetime) -> None:
    """Remove files a day after they were brought or imported, and previews that led nowhere."""
    for run_id in uploads.present():
        run = session.get(ImportRun, run_id)
        if run is None:
            over = uploads.kept_since(run_id)
        else:
            over = now if run.is_under_way else run.finished_at or run.created_at
        if over < now - KEPT:
            uploads.discard(run_id)
    led_nowhere = sa.and_(
        col(ImportRun.state) == RunState.PREVIEW, col(ImportRun.created_at) < now - KEPT
    )
    session.connection().execute(sa.delete(ImportRun).where(led_nowhere))


def _free(now: datetime) -> sa.ColumnElement[bool]:
    left = sa.or_(col(ImportRun.claimed_until).is_(None), col(ImportRun.claimed_until) < now)
    return sa.or_(
        col(ImportRun.state) == RunState.WAITING,
        sa.and_(col(ImportRun.state) == RunState.RUNNING, left),
    )
