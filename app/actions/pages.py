"""Actions in the browser: on the lesson's page in place, and on a page of one's own."""

from dataclasses import replace

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from sqlmodel import Session

from app.actions.acting import (
    change,
    done,
    propose,
    readable_action,
    refuse_others,
    remove,
    reopen,
)
from app.actions.listing import my_actions
from app.actions.models import Action
from app.actions.schemas import ActionChange, ActionInput, Evidence
from app.actions.section_pages import FIELDS, Asked
from app.auth.forms import accepted
from app.auth.guards import Me
from app.kit.db import Db, Now
from app.kit.doors import doors
from app.kit.errors import Invalid
from app.kit.forms import Form, Submitted
from app.kit.web import page, wants_fragment
from app.lessons.access import readable_lesson, reader
from app.lessons.cookies import claim_code
from app.lessons.models import Lesson
from app.people.models import Person

router = doors()
_LESSON = "/lessons/{lesson_id}/actions"
_PROPOSING, _CHANGING = ("Ask for a change", "Ask for it"), ("Change what is asked for", "Save")


@router.get("/actions")
def actions(request: Request, db: Db, me: Me, now: Now) -> HTMLResponse:
    acts = my_actions(db, reader(db, me), now=now)
    return page(request, "actions/index.html", acts=acts, today=now.date())


@router.post(_LESSON)
def propose_action(
    request: Request, db: Db, me: Me, now: Now, form: Form, lesson_id: str
) -> Response:
    lesson = readable_lesson(db, lesson_id, reader(db, me))
    asked, again = Asked(request, db, now, lesson), form.text("again") == "yes"
    try:
        wish, code = accepted(ActionInput, _sent(form)), claim_code(request)
        propose(db, lesson, wish, by=me, now=now, claim_code=code, again=again)
    except Invalid as problem:
        return asked.refused(problem, form, *_PROPOSING)
    return asked.answered(form, "It is asked for.")


@router.get(f"{_LESSON}/{{action_id}}/edit")
def edit_action(
    request: Request, db: Db, me: Me, now: Now, lesson_id: str, action_id: str
) -> HTMLResponse:
    action, lesson = _found(db, me, lesson_id, action_id)
    refuse_others(action, me)
    typed = {
        "what": action.what,
        "kind": action.kind.value,
        "owner": db.get_one(Person, action.owner_id).name,
        "due_on": action.due_on.isoformat() if action.due_on else "",
    }
    shown = {FIELDS[name]: text for name, text in typed.items()}
    return Asked(request, db, now, lesson, action).edited(shown, *_CHANGING)


@router.post(f"{_LESSON}/{{action_id}}")
def change_action(
    request: Request, db: Db, me: Me, now: Now, form: Form, lesson_id: str, action_id: str
) -> Response:
    action, lesson = _found(db, me, lesson_id, action_id)
    asked = Asked(request, db, now, lesson, action)
    try:
        change(db, action, accepted(ActionChange, _sent(form)), by=me, now=now)
    except Invalid as problem:
        return asked.refused(problem, form, *_CHANGING)
    return asked.answered(form, "It is changed.")


@router.post(f"{_LESSON}/{{action_id}}/done")
def done_action(
    request: Request, db: Db, me: Me, now: Now, form: Form, lesson_id: str, action_id: str
) -> Response:
    action, lesson = _found(db, me, lesson_id, action_id)
    asked = Asked(request, db, now, lesson, action)
    try:
        evidence = accepted(Evidence, {"evidence": form.text("evidence")})
        done(db, action, evidence, by=me, now=now)
    except Invalid as problem:
        return asked.unproved(problem, form)
    return asked.answered(form, "It is made.")


@router.post(f"{_LESSON}/{{action_id}}/done/removal")
def reopen_action(
    request: Request, db: Db, me: Me, now: Now, form: Form, lesson_id: str, action_id: str
) -> Response:
    action, lesson = _found(db, me, lesson_id, action_id)
    reopen(db, action, by=me, now=now)
    return Asked(request, db, now, lesson).answered(form, "It is open again.")


@router.post(f"{_LESSON}/{{action_id}}/removal")
def remove_action(
    request: Request, db: Db, me: Me, now: Now, lesson_id: str, action_id: str
) -> Response:
    action, lesson = _found(db, me, lesson_id, action_id)
    owner = db.get_one(Person, action.owner_id).email
    remove(db, action, by=me, now=now)
    if not wants_fragment(request):
        return page(request, "actions/removed.html", gone=action, owner=owner, lesson=lesson)
    asked = Asked(request, db, now, lesson)
    return asked.shown(replace(asked.section(), gone=action, gone_owner=owner))


def _found(db: Session, me: Person, lesson_id: str, action_id: str) -> tuple[Action, Lesson]:
    who = reader(db, me)
    lesson = readable_lesson(db, lesson_id, who)
    return readable_action(db, action_id, who, lesson_id=lesson_id), lesson


def _sent(form: Submitted) -> dict[str, str]:
    sent = {name: form.text(field) for name, field in FIELDS.items()}
    return sent if sent["kind"] else {**sent, "kind": "other"}
