"""Asking somebody to write what is wanted, for programs."""

from datetime import datetime

from fastapi import Response
from pydantic import BaseModel, Field
from sqlmodel import Session

from app.experts.asked import Asked, asking
from app.experts.assigning import assign, unassign
from app.kit.api import NO_NUL, Id, Sent, api_router, refusals
from app.kit.db import Db, Now
from app.kit.ids import ID_LENGTH
from app.lessons.access import Reader
from app.lessons.api_shapes import Reads, TheIndex, Writes
from app.lessons.in_turn import Turn
from app.searches.clusters import the_wanted

router = api_router("wanted")


class AssignmentSent(Sent):
    """Who is asked to write it."""

    person_id: str = Field(max_length=ID_LENGTH, pattern=NO_NUL)


class PersonNamed(BaseModel):
    id: str
    name: str


class AssignmentView(BaseModel):
    """Somebody who is asked to write it, and by whom."""

    person: PersonNamed
    by: PersonNamed
    at: datetime


class AssignmentsView(BaseModel):
    assignments: list[AssignmentView]


@router.get("/wanted/{want_id}/assignments", responses=refusals(404))
def list_assignments(db: Db, who: Reads, want_id: Id) -> AssignmentsView:
    """Who is asked to write it, by whom; nobody once a lesson answers it."""
    return _shown(db, want_id, who)


@router.post(
    "/wanted/{want_id}/assignments", status_code=201, responses=refusals(404, 409, body=True)
)
def assign_wanted(
    _turn: Turn, db: Db, now: Now, index: TheIndex, who: Writes, want_id: Id, sent: AssignmentSent
) -> AssignmentsView:
    """Ask somebody to write it: who may know it, or who is in a team of yours. They are told."""
    assign(db, index, want_id, sent.person_id, by=who.person, now=now)
    return _shown(db, want_id, who)


@router.delete(
    "/wanted/{want_id}/assignments/{person_id}", status_code=204, responses=refusals(404)
)
def unassign_wanted(db: Db, now: Now, who: Writes, want_id: Id, person_id: Id) -> Response:
    """Ask them no longer, as whoever asked."""
    unassign(db, want_id, person_id, by=who.person, now=now)
    return Response(status_code=204)


def _shown(session: Session, want_id: str, who: Reader) -> AssignmentsView:
    session.flush()
    want = the_wanted(session, want_id, who)
    asked = [] if want.lesson else asking(session, who, want.key).asked
    return AssignmentsView(assignments=[_view(one) for one in asked])


def _view(one: Asked) -> AssignmentView:
    person = PersonNamed(id=one.person_id, name=one.name)
    by = PersonNamed(id=one.by_id, name=one.by_name)
    return AssignmentView(person=person, by=by, at=one.at)
