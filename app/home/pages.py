"""The first page."""

from fastapi import Request
from fastapi.responses import HTMLResponse

from app.auth.guards import Me
from app.kit.db import Db
from app.kit.doors import doors
from app.kit.web import page
from app.lessons.access import reader
from app.lessons.browse import mine, newest
from app.lessons.cards import cards

router = doors()
_ON_HOME = 8


@router.get("/")
def home(request: Request, db: Db, me: Me) -> HTMLResponse:
    who = reader(db, me)
    listing = newest(db, who, limit=_ON_HOME)
    return page(
        request,
        "home/index.html",
        lessons=cards(db, listing.lessons),
        total=listing.total,
        drafts=len(mine(db, me, drafts=True)),
    )
