"""The margin beside what is being written: the coach, and lessons like it."""

from fastapi import Request
from fastapi.responses import HTMLResponse

from app.auth.guards import Me
from app.drafts.margin import margin_of
from app.kit.db import Db
from app.kit.doors import doors
from app.kit.forms import Form
from app.kit.web import page
from app.lessons.access import reader
from app.lessons.in_turn import Turn

router = doors()


@router.post("/drafts/margin")
def margin(request: Request, _turn: Turn, db: Db, me: Me, form: Form) -> HTMLResponse:
    beside = margin_of(db, request.app.state.index, reader(db, me), form)
    return page(request, "drafts/_margin.html", remarks=beside.remarks, alike=beside.alike)
