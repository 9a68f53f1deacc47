"""Digests to take along: as Markdown, PDF, and a calendar entry."""

import re

from fastapi import Request, Response
from sqlmodel import Session

from app.auth.guards import Me
from app.digests.asked import asked_for
from app.digests.models import Cadence
from app.digests.papers.forms import as_calendar, as_markdown, as_pdf
from app.digests.period import period_called
from app.digests.sending.getting import gets
from app.digests.sending.plan import the_plan
from app.digests.telling.reading import digest_to_read
from app.digests.told import Told
from app.kit.db import Db, Now
from app.kit.doors import doors
from app.lessons.access import reader

router = doors()

_NAME_LENGTH = 40


@router.get("/digests/calendar.ics")
def calendar(request: Request, db: Db, me: Me, now: Now) -> Response:
    settings, plan = request.app.state.settings, the_plan(db)
    content = as_calendar(
        zone=me.time_zone or settings.time_zone,
        day=plan.working_day if plan else 1,
        weekly=any(one.cadence is Cadence.WEEKLY for one in gets(db, me.id)),
        reader_id=me.id,
        base_url=settings.base_url,
        now=now,
    )
    return _download(content, "text/calendar", "digests.ics")


@router.get("/digests/{period}.md")
def markdown(request: Request, db: Db, me: Me, now: Now, period: str) -> Response:
    told = _told(request, db, me, now, period)
    content = as_markdown(told, request.app.state.settings.base_url)
    return _download(content.encode(), "text/markdown", f"{_name(told)}.md")


@router.get("/digests/{period}.pdf")
def pdf(request: Request, db: Db, me: Me, now: Now, period: str) -> Response:
    told = _told(request, db, me, now, period)
    state = request.app.state
    content = as_pdf(told, state.templates, state.settings.base_url)
    return _download(content, "application/pdf", f"{_name(told)}.pdf")


def _told(request: Request, db: Session, me: Me, now: Now, period: str) -> Told:
    about, subject_id = asked_for(request.query_params)
    return digest_to_read(db, period_called(period), about, subject_id, reader(db, me), now=now)


def _name(told: Told) -> str:
    """`digest-2026-10-engineering`: what the file is called, in plain letters."""
    subject = re.sub(r"[^a-z0-9]+", "-", told.subject.lower())[:_NAME_LENGTH].strip("-")
    return f"digest-{told.period.key}" + (f"-{subject}" if subject else "")


def _download(content: bytes, media_type: str, name: str) -> Response:
    headers = {
        "Cache-Control": "no-store",
        "Vary": "Cookie",
        "Content-Disposition": f'attachment; filename="{name}"',
    }
    return Response(content, media_type=media_type, headers=headers)
