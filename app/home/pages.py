"""The first page."""

from collections.abc import Sequence

from fastapi import Request
from fastapi.responses import HTMLResponse

from app.auth.guards import Me
from app.home.for_me import Shown, for_me
from app.home.waiting import kept_for, waiting_for
from app.kit.db import Db, Now
from app.kit.doors import doors
from app.kit.web import page
from app.lessons.access import reader
from app.lessons.lines import Line, line

router = doors()


def _lines(shown: Sequence[Shown]) -> list[Line]:
    """The lines of a section, each with the reason that it is there as its last fact."""
    found = [(line(it.lesson), it.why) for it in shown]
    return [it._replace(facts=[*it.facts, why]) if why else it for it, why in found]


@router.get("/")
def home(request: Request, db: Db, me: Me, now: Now) -> HTMLResponse:
    who = reader(db, me)
    mine = for_me(db, who, now=now)
    return page(
        request,
        "home/index.html",
        new=_lines(mine.new),
        useful=_lines(mine.useful),
        newest=_lines(mine.newest),
        waiting=waiting_for(db, me),
        kept=kept_for(db, me),
    )
