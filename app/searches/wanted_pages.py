"""Wanted lessons in the browser."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import Request, Response
from fastapi.responses import HTMLResponse

from app.auth.forms import form_page, typed
from app.auth.guards import Me
from app.experts.asked import MOST_KNOWN, asking, may_be_asked, who_asked
from app.experts.assigning import assign, unassign
from app.experts.knowing import by_place, who_knows
from app.experts.routing import routed_to
from app.kit.api import Id
from app.kit.db import Db, Now
from app.kit.doors import doors
from app.kit.errors import Invalid, NotFound, Problem
from app.kit.forms import Form
from app.kit.paging import page_number, paging
from app.kit.web import redirect
from app.lessons.access import Reader, readable_lesson, reader
from app.lessons.facets import NO_VALUES
from app.lessons.finding import Asked, find
from app.lessons.in_turn import Turn
from app.lessons.lines import line
from app.lessons.models import Lesson
from app.people.models import Person
from app.searches.answering import answer_with, offered
from app.searches.clusters import Wanted, looked_alone, the_wanted, wanted
from app.searches.models import WORDS_LENGTH
from app.searches.wanted import ask_for, reopen, withdraw

router = doors()
_PER_PAGE = 50
_MOST_OFFERED = 8
_MOST_KNOWN = 3


@router.get("/wanted")
def wishes(request: Request, me: Me, db: Db) -> HTMLResponse:
    return _wishes(request, me, db, {"words": request.query_params.get("words", "").strip()})


@router.post("/wanted")
def wish(request: Request, form: Form, me: Me, db: Db, now: Now) -> Response:
    try:
        want = ask_for(db, form.text("words"), by=me, now=now)
        db.flush()
    except Problem as problem:
        db.rollback()
        return _wishes(request, me, db, typed(form), problem)
    known = the_wanted(db, want.id, reader(db, me))
    if known.lesson:
        notice = "Somebody asked for this before, and this lesson answers it."
        return redirect(request, known.lesson.url, notice=notice)
    others = known.people - 1
    too = f" {others} {'other wants' if others == 1 else 'others want'} it too." if others else ""
    return redirect(request, f"/wanted#{known.id}", notice=f"You asked for it.{too}")


@router.post("/wanted/{want_id}/removal")
def unwish(request: Request, want_id: Id, me: Me, db: Db, now: Now) -> Response:
    words = withdraw(db, want_id, by=me, now=now)
    return redirect(request, "/wanted", notice=f"You no longer want “{words}”.")


@router.get("/wanted/{want_id}")
def answers(request: Request, want_id: Id, _turn: Turn, me: Me, db: Db, now: Now) -> HTMLResponse:
    return _answers(request, want_id, reader(db, me), db, now)


@router.post("/wanted/{want_id}/assignments")
def ask_somebody(request: Request, want_id: Id, form: Form, me: Me, db: Db, now: Now) -> Response:
    try:
        assign(db, request.app.state.index, want_id, form.text("person"), by=me, now=now)
    except NotFound:
        raise
    except Problem as problem:
        db.rollback()
        return _answers(request, want_id, reader(db, me), db, now, problem)
    return redirect(request, f"/wanted/{want_id}#asked", notice="They are told that you ask them.")


@router.post("/wanted/{want_id}/assignments/removal")
def let_off(request: Request, want_id: Id, form: Form, me: Me, db: Db, now: Now) -> Response:
    unassign(db, want_id, form.text("person"), by=me, now=now)
    return redirect(request, f"/wanted/{want_id}#asked", notice="You no longer ask them.")


@router.post("/wanted/{want_id}/answer")
def answer(request: Request, want_id: Id, form: Form, me: Me, db: Db, now: Now) -> Response:
    who = reader(db, me)
    the_wanted(db, want_id, who)
    try:
        lesson = _named(db, form.text("lesson"), who)
        answer_with(db, request.app.state.index, want_id, lesson, by=me, now=now)
    except Problem as problem:
        db.rollback()
        return _answers(request, want_id, who, db, now, problem)
    return redirect(request, lesson.url, notice="Whoever asked for it is told.")


@router.post("/wanted/{want_id}/answer/removal")
def unanswer(request: Request, want_id: Id, me: Me, db: Db, now: Now) -> Response:
    reopen(db, want_id, by=me, now=now)
    return redirect(request, f"/wanted#{want_id}", notice="It is wanted again.")


def _wishes(
    request: Request, me: Person, db: Db, shown: dict[str, str], problem: Problem | None = None
) -> HTMLResponse:
    answered, number = request.query_params.get("answered") == "yes", page_number(request)
    who, first = reader(db, me), not answered and number == 1
    mine = [] if answered else routed_to(db, me)
    # What somebody may know stands above, and not a second time.
    found, total = wanted(
        db, who, answered=answered, but=mine, offset=(number - 1) * _PER_PAGE, limit=_PER_PAGE
    )
    return form_page(
        request,
        "searches/wanted.html",
        problem,
        may_know=wanted(db, who, keys=mine)[0] if mine and first else [],
        wants=found,
        alone=looked_alone(db, who) if first else [],
        asked_by=who_asked(db, me) if mine else {},
        answered=answered,
        typed={"words": shown.get("words", "")[:WORDS_LENGTH]},
        paging=paging(request, total=total, per_page=_PER_PAGE),
    )


def _answers(
    request: Request, want_id: str, who: Reader, db: Db, now: Now, problem: Problem | None = None
) -> HTMLResponse:
    want = the_wanted(db, want_id, who)
    asked = Asked(text=want.words, per_page=_MOST_OFFERED, today=now.date())
    found = find(db, request.app.state.index, who, asked, most=NO_VALUES).hits
    # What only some can read answers nobody else.
    shared = [hit for hit in found if hit.card.shared_with == "organisation"]
    near = by_place(hit.card.id for hit in shared)
    return form_page(
        request,
        "searches/answers.html",
        problem,
        want=want,
        lines=[(hit.card.id, line(hit.card, hit.snippet)) for hit in shared],
        written=[] if want.lesson else offered(db, want, who),
        **_people(db, who, want, near, now),
    )


def _people(
    db: Db, who: Reader, want: Wanted, near: Mapping[str, float], now: Now
) -> dict[str, Sequence[Any]]:
    """Who knows something like it, who was asked to write it, and who can be; nobody once it is
    answered: they would be thought its author."""
    if want.lesson:
        return {"knowing": [], "asked": [], "people": []}
    knowing = who_knows(db, who, near, now=now, limit=MOST_KNOWN)
    around = asking(db, who, want.key)
    people = may_be_asked(who, knowing, around) if want.shown else []
    return {"knowing": knowing[:_MOST_KNOWN], "asked": around.asked, "people": people}


def _named(db: Db, text: str, who: Reader) -> Lesson:
    """The lesson with this id or address."""
    found = re.search(r"([0-9a-z]{16})/?(?:[?#].*)?$", text.strip())
    try:
        return readable_lesson(db, found[1] if found else "", who)
    except NotFound as error:
        message = "Give the address of a lesson: open it and copy it from your browser."
        raise Invalid(message, fields={"lesson": message}) from error
