"""The margin beside what is being written: the coach, and lessons like it."""

from typing import Any

from fastapi import Request, Response

from app.auth.guards import Me
from app.drafts.margin import margin_of
from app.kit.db import Db, only_reads
from app.kit.doors import doors
from app.kit.forms import Form
from app.kit.web import page, wants_fragment
from app.lessons.access import reader
from app.lessons.form import form_again
from app.lessons.in_turn import Turn
from app.lessons.write_pages import write_page

router = doors()


@router.post("/drafts/margin")
@only_reads
def margin(request: Request, _turn: Turn, db: Db, me: Me, form: Form) -> Response:
    """The margin alone; without a script the page that was written on, with its margin filled."""
    who = reader(db, me)
    beside = margin_of(db, request.app.state.index, who, form)
    filled: dict[str, Any] = {"remarks": beside.remarks, "alike": beside.alike}
    if wants_fragment(request):
        return page(request, "drafts/_margin.html", **filled)
    return write_page(request, db, who, form_again(db, who, form), **filled)
