"""What administrators see of digests: what goes out, when, to whom, and what did."""

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from sqlmodel import Session

from app.auth.forms import form_page
from app.auth.guards import Administrator
from app.digests.due import LAST_WORKING_DAY
from app.digests.period import period_called
from app.digests.sending import preview_pages
from app.digests.sending.coming import outlook
from app.digests.sending.plan import choose_day, pause, resume, the_plan
from app.digests.sending.sending_log import entries, how_many, periods_sent
from app.kit.db import Db, Now
from app.kit.doors import doors
from app.kit.errors import Problem
from app.kit.forms import Form, whole_number
from app.kit.paging import page_number, paging
from app.kit.web import page, redirect

router = doors()
router.include_router(preview_pages.router)
_PER_PAGE = 50
_PLACE = "/admin/digests"


@router.get("/admin/digests")
def index(request: Request, _me: Administrator, db: Db, now: Now) -> Response:
    return _index(request, db, now)


@router.post("/admin/digests/plan")
def change_plan(request: Request, form: Form, me: Administrator, db: Db, now: Now) -> Response:
    try:
        choose_day(db, whole_number(form.text("working_day")), by=me, now=now)
    except Problem as problem:
        db.rollback()
        return _index(request, db, now, problem)
    return redirect(request, _PLACE, notice="Saved.")


@router.post("/admin/digests/pause")
def hold(request: Request, me: Administrator, db: Db, now: Now) -> Response:
    pause(db, by=me, now=now)
    notice = "No digest goes out now. What falls due is sent when you end the pause."
    return redirect(request, _PLACE, notice=notice)


@router.post("/admin/digests/pause/removal")
def go_on(request: Request, me: Administrator, db: Db, now: Now) -> Response:
    resume(db, by=me, now=now)
    return redirect(request, _PLACE, notice="Digests go out again, what fell due at once.")


@router.get("/admin/digests/{period}")
def log(request: Request, _me: Administrator, db: Db, period: str) -> HTMLResponse:
    chosen = period_called(period)
    offset = (page_number(request) - 1) * _PER_PAGE
    return page(
        request,
        "digests/sending_log.html",
        period=chosen,
        entries=entries(db, chosen, offset=offset, limit=_PER_PAGE),
        paging=paging(request, total=how_many(db, chosen), per_page=_PER_PAGE),
    )


def _index(request: Request, db: Session, now: Now, problem: Problem | None = None) -> Response:
    settings = request.app.state.settings
    plan = the_plan(db)
    return form_page(
        request,
        "digests/admin.html",
        problem,
        plan=plan,
        days=range(1, LAST_WORKING_DAY + 1),
        coming=outlook(db, plan, zone=settings.time_zone, now=now),
        sent=periods_sent(db),
        zone=settings.time_zone,
    )
