"""People who know in the browser, and whether one is shown among them."""

from fastapi import Request, Response
from fastapi.responses import HTMLResponse

from app.auth.guards import Me
from app.experts.asking import who_knows_about
from app.experts.listing import set_listed
from app.kit.db import Db, Now
from app.kit.doors import doors
from app.kit.forms import Form
from app.kit.web import page, redirect
from app.lessons.access import reader
from app.lessons.in_turn import Turn
from app.lessons.search_address import LONGEST_QUERY
from app.people.schemas import one_line

router = doors()


@router.get("/people/knowing")
def knowing(request: Request, _turn: Turn, me: Me, db: Db, now: Now) -> HTMLResponse:
    asked = one_line(request.query_params.get("q", ""))[:LONGEST_QUERY]
    index, who = request.app.state.index, reader(db, me)
    known = who_knows_about(db, index, who, asked, now=now)
    return page(request, "experts/knowing.html", asked=asked, known=known)


@router.post("/account/expertise")
def expertise(request: Request, form: Form, me: Me, db: Db, now: Now) -> Response:
    listed = form.text("listed") == "yes"
    set_listed(db, listed, by=me, now=now)
    notice = (
        "You are shown among people who know."
        if listed
        else "You are no longer shown among people who know."
    )
    return redirect(request, "/account", notice=notice)
