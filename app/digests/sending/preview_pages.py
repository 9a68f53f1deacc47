"""Any digest before it goes out, as page and as mail; a test to oneself; one compiled anew."""

from typing import Any, NamedTuple

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from sqlmodel import Session, col, select

from app.auth.forms import form_page
from app.auth.guards import Administrator
from app.digests.compiling.keeping import recompile
from app.digests.models import NOBODY, NOTE_LENGTH, ORGANISATION_NAME, About
from app.digests.period import Period, month_of, period_called
from app.digests.sending.testing import send_test
from app.digests.sending.writing import Letters, Mail
from app.digests.telling.names import known_to
from app.digests.telling.reading import digest_to_read
from app.digests.told import Told
from app.kit.db import Db, Now
from app.kit.doors import doors
from app.kit.errors import NotFound, Problem
from app.kit.forms import Form
from app.kit.web import redirect
from app.lessons.access import reader
from app.people.models import Person
from app.people.teams import all_teams
from app.topics.models import Topic

router = doors()
#: A mail is shown as programs for mail show it: nothing runs, nothing is fetched, nothing is sent.
_MAIL_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_PLACE = "/admin/digests/preview"
_MONTHS, _MOST_TOPICS = 12, 300


class _Asked(NamedTuple):
    """Which digest; `of` is its subject in one word: `organisation`, `team:…`, `topic:…`."""

    period: Period
    about: About
    subject_id: str
    of: str

    @property
    def query(self) -> str:
        return f"?period={self.period.key}&of={self.of}"


@router.get("/admin/digests/preview")
def preview(request: Request, me: Administrator, db: Db, now: Now) -> Response:
    return _preview(request, db, me, now, _asked(request.query_params, now))


@router.get("/admin/digests/preview/mail")
def preview_mail(request: Request, me: Administrator, db: Db, now: Now) -> HTMLResponse:
    mail = _mail(request, _told(db, me, now, _asked(request.query_params, now)), me, now)
    headers = {"Content-Security-Policy": _MAIL_POLICY, "Cache-Control": "no-store"}
    return HTMLResponse(_with_pictures(mail), headers=headers)


@router.post("/admin/digests/preview/test")
def test(request: Request, form: Form, me: Administrator, db: Db, now: Now) -> Response:
    asked = _asked(form.as_dict(), now)
    try:
        send_test(db, _letters(request), _told(db, me, now, asked), by=me, now=now)
    except NotFound:
        raise
    except Problem as problem:
        db.rollback()
        return _preview(request, db, me, now, asked, problem)
    notice = f"It is on its way to {me.email}, marked as a test."
    return redirect(request, _PLACE + asked.query, notice=notice)


@router.post("/admin/digests/preview/recompilation")
def compile_anew(request: Request, form: Form, me: Administrator, db: Db, now: Now) -> Response:
    asked, note = _asked(form.as_dict(), now), form.text("note")
    _told(db, me, now, asked)  # they may know of it
    try:
        recompile(db, asked.period, asked.about, asked.subject_id, note=note, by=me, now=now)
    except Problem as problem:
        db.rollback()
        return _preview(request, db, me, now, asked, problem, note=note)
    notice = "It is compiled anew; your note stands on it."
    return redirect(request, _PLACE + asked.query, notice=notice)


def _asked(given: Any, now: Now) -> _Asked:
    of = given.get("of") or About.ORGANISATION.value
    about, _, subject_id = of.partition(":")
    if about not in set(About) or (subject_id == NOBODY) != (about == About.ORGANISATION):
        raise NotFound
    key = given.get("period")
    period = period_called(key) if key else month_of(now.date()).previous
    return _Asked(period, About(about), subject_id, of)


def _told(db: Session, me: Person, now: Now, asked: _Asked) -> Told:
    who = reader(db, me)
    return digest_to_read(db, asked.period, asked.about, asked.subject_id, who, now=now)


def _letters(request: Request) -> Letters:
    state = request.app.state
    return Letters(state.settings, lambda: state.templates)


def _mail(request: Request, told: Told, me: Person, now: Now) -> Mail:
    return _letters(request).mail([told], me, now)


def _with_pictures(mail: Mail) -> str:
    """The mail's HTML with its pictures in it, as they come with the mail."""
    html = mail.html
    for picture in mail.pictures:
        html = html.replace(
            f"cid:{picture['cid']}", f"data:{picture['type']};base64,{picture['data']}"
        )
    return html


def _preview(
    request: Request,
    db: Session,
    me: Person,
    now: Now,
    asked: _Asked,
    problem: Problem | None = None,
    note: str = "",
) -> Response:
    told = _told(db, me, now, asked)
    mail = _mail(request, told, me, now)
    who = reader(db, me)
    topics = db.exec(
        select(Topic.id, Topic.name)
        .where(known_to(who))
        .order_by(col(Topic.key))
        .limit(_MOST_TOPICS)
    )
    return form_page(
        request,
        "digests/preview.html",
        problem,
        asked=asked,
        told=told,
        mail=mail,
        kilobytes=(len(mail.html.encode()) + 1023) // 1024,
        periods=[(p.key, p.name) for p in month_of(now.date()).ending_here(_MONTHS)[::-1]],
        subjects=[
            (About.ORGANISATION.value, ORGANISATION_NAME),
            *((f"team:{team.id}", team.name) for team in all_teams(db)),
            *((f"topic:{topic_id}", f"Topic: {name}") for topic_id, name in topics),
        ],
        note=note,
        note_length=NOTE_LENGTH,
    )
