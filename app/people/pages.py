"""People in the browser: everybody, and one with what they posted under their name."""

from fastapi import Request
from fastapi.responses import HTMLResponse

from app.auth.guards import Me
from app.kit.api import Id
from app.kit.db import Db
from app.kit.doors import doors
from app.kit.paging import page_number, paging
from app.kit.web import page
from app.lessons.access import reader
from app.lessons.register import lessons_by_author
from app.people import admin_pages
from app.people.directory import everybody, how_many, the_person
from app.people.overview import teams_by_person
from app.people.person_page import person_page
from app.people.schemas import one_line

router = doors()
router.include_router(admin_pages.router)
_PER_PAGE = 50
_LONGEST_QUERY = 100


@router.get("/people")
def index(request: Request, me: Me, db: Db) -> HTMLResponse:
    asked = one_line(request.query_params.get("q", ""))[:_LONGEST_QUERY]
    offset = (page_number(request) - 1) * _PER_PAGE
    people = everybody(db, matching=asked, offset=offset, limit=_PER_PAGE)
    total = how_many(db, matching=asked)
    return page(
        request,
        "people/index.html",
        people=people,
        teams=teams_by_person(db, people),
        lessons=lessons_by_author(db, reader(db, me), [person.id for person in people]),
        q=asked,
        paging=paging(request, total=total, per_page=_PER_PAGE),
    )


@router.get("/people/{person_id}")
def show(request: Request, person_id: Id, me: Me, db: Db) -> HTMLResponse:
    return person_page(request, db, me, the_person(db, person_id))
