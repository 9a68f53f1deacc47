"""Digests on the web: of a month or a week, and the lists behind their numbers."""

from fastapi import Request
from fastapi.responses import HTMLResponse

from app.auth.guards import Me
from app.digests.asked import asked_for
from app.digests.papers.chart_shapes import HEIGHT, WIDTH, drawing_of
from app.digests.period import period_called
from app.digests.telling.finding import Found, find
from app.digests.telling.lists import PER_PAGE, listed
from app.digests.telling.overview import mine, others
from app.digests.telling.reading import tell
from app.kit.db import Db, Now
from app.kit.doors import doors
from app.kit.paging import page_number, paging
from app.kit.web import page
from app.lessons.access import Reader, reader

router = doors()


@router.get("/digests")
def index(request: Request, db: Db, me: Me, now: Now) -> HTMLResponse:
    zone = request.app.state.settings.time_zone
    return page(request, "digests/index.html", mine=mine(db, reader(db, me), zone=zone, now=now))


@router.get("/digests/{period}")
def show(request: Request, db: Db, me: Me, now: Now, period: str) -> HTMLResponse:
    who = reader(db, me)
    found = _found(request, db, who, now, period)
    digest = tell(db, found, who, now=now)
    return page(
        request,
        "digests/show.html",
        digest=digest,
        drawings={chart.key: drawing_of(chart) for chart in digest.charts},
        chart_size=(WIDTH, HEIGHT),
        others=others(found, who),
        subject_url=found.subject.url,
    )


@router.get("/digests/{period}/lists/{name}")
def list_behind(request: Request, db: Db, me: Me, now: Now, period: str, name: str) -> HTMLResponse:
    who, month = reader(db, me), request.query_params.get("month", "")
    found = _found(request, db, who, now, period)
    number = page_number(request)
    shown = listed(db, found, name, who, month=month, page=number)
    pages = paging(request, total=shown.total, per_page=PER_PAGE)
    return page(request, "digests/list.html", found=shown, paging=pages)


def _found(request: Request, db: Db, who: Reader, now: Now, period: str) -> Found:
    about, subject_id = asked_for(request.query_params)
    return find(db, period_called(period), about, subject_id, who, now=now)
