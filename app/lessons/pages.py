"""Lessons in the browser: the newest, one to read; writing one is beside it."""

from fastapi import Request
from fastapi.responses import HTMLResponse

from app.auth.guards import Me
from app.kit.db import Db
from app.kit.doors import doors
from app.kit.paging import page_number, paging
from app.kit.web import page
from app.lessons import write_pages
from app.lessons.access import reader
from app.lessons.browse import newest
from app.lessons.cards import cards
from app.lessons.reading_pages import lesson_page

router = doors()
router.include_router(write_pages.router)  # /lessons/new is not a lesson's address
_PER_PAGE = 20


@router.get("/lessons")
def index(request: Request, db: Db, me: Me) -> HTMLResponse:
    offset = (page_number(request) - 1) * _PER_PAGE
    listing = newest(db, reader(db, me), offset=offset, limit=_PER_PAGE)
    return page(
        request,
        "lessons/index.html",
        lessons=cards(db, listing.lessons),
        paging=paging(request, total=listing.total, per_page=_PER_PAGE),
    )


@router.get("/lessons/{lesson_id}")
def show(request: Request, db: Db, me: Me, lesson_id: str) -> HTMLResponse:
    return lesson_page(request, db, me, lesson_id)
