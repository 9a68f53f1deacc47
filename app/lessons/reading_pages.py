"""The page of a lesson, for every door that shows it."""

from collections.abc import Mapping

from fastapi import Request
from fastapi.responses import HTMLResponse
from sqlmodel import Session

from app.actions.section import actions_section
from app.files.attach import attachments_of
from app.kit.web import page
from app.lessons.access import holds_claim, reader
from app.lessons.alike import ids_alike
from app.lessons.cookies import claim_code, is_new_claim
from app.lessons.freshness import state_in_words
from app.lessons.neighbours import neighbours
from app.lessons.reading import lesson_to_read
from app.people.models import Person
from app.responses.said import responses_to
from app.responses.thanking import may_thank
from app.uses.came import what_came


def lesson_page(
    request: Request,
    db: Session,
    me: Person,
    lesson_id: str,
    *,
    status_code: int = 200,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> HTMLResponse:
    """The whole page in at most eight questions to the database, however much was said. `typed`
    and `errors` are texts by the id of their field, when a form comes back."""
    who = reader(db, me)
    reading = lesson_to_read(db, lesson_id, who)
    row, claim = reading.card.row, claim_code(request)
    claimed = holds_claim(row, claim)
    today = request.app.state.clock().date()
    near = [] if row.is_draft else ids_alike(request.app.state.index, who, row)
    return page(
        request,
        "lessons/show.html",
        status_code=status_code,
        lesson=reading.card,
        reading=reading,
        fresh=reading.freshness(today),
        standing=state_in_words(row.state),
        may_change=who.may_change(row, claim),
        claimed=claimed,
        new_claim=claim if is_new_claim(request) and claimed else "",
        near=neighbours(db, row, who, near),
        attached=attachments_of(db, lesson_id=row.id),
        said=responses_to(db, row, me),
        came=what_came(db, row, who, reading.card.worth, today=today, claim_code=claim),
        acting=actions_section(db, row, today, claimed=claimed),
        may_thank=may_thank(row, me, claim),
        address=request.app.state.settings.base_url + row.url,
        typed=typed or {},
        errors=errors or {},
    )
