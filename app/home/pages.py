"""The first page."""

from collections.abc import Sequence

from fastapi import Request
from fastapi.responses import HTMLResponse

from app.auth.guards import Me
from app.home.digest_out import digest_out
from app.home.for_me import Shown, for_me
from app.home.waiting import kept_for, waiting_for
from app.kit.db import Db, Now
from app.kit.doors import doors
from app.kit.web import page
from app.lessons.access import reader
from app.lessons.lines import Line, line
from search import Index

router = doors()
_PASSAGE = 150


def _lines(index: Index, shown: Sequence[Shown], *, passage: bool) -> list[tuple[Line, str]]:
    """The lines of a section, each with the reason that it is there; with what to do next time,
    where the section is for this person in particular."""
    rows = []
    for it in shown:
        told = index.snippet("", it.lesson.passages, limit=_PASSAGE) if passage else ()
        rows.append((line(it.lesson, told), it.why))
    return rows


@router.get("/")
def home(request: Request, db: Db, me: Me, now: Now) -> HTMLResponse:
    who = reader(db, me)
    mine, index = for_me(db, who, now=now), request.app.state.index
    return page(
        request,
        "home/index.html",
        new=_lines(index, mine.new, passage=True),
        useful=_lines(index, mine.useful, passage=True),
        came=_lines(index, mine.came, passage=False),
        newest=_lines(index, mine.newest, passage=False),
        waiting=waiting_for(db, who, now.date()),
        kept=kept_for(db, me, now=now),
        out=digest_out(db, who, now=now),
    )
