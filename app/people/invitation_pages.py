"""Invitations: the open ones, a new one, one withdrawn."""

from datetime import datetime
from typing import Any

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment
from sqlmodel import Session

from app.auth.forms import accepted, form_page, typed
from app.auth.guards import Administrator
from app.auth.links import invite, open_invitations, withdraw
from app.auth.models import Invitation
from app.auth.schemas import InvitationInput
from app.config import Settings
from app.kit.api import Id
from app.kit.db import Db, Now
from app.kit.doors import doors
from app.kit.errors import Problem
from app.kit.forms import Form
from app.kit.web import redirect
from app.mail.compose import queue_message
from app.people.models import Person
from app.people.overview import chosen_team
from app.people.teams import all_teams

router = doors()
_FRESH = {"email": "", "name": "", "role": "member", "team": "", "team_role": "member"}


@router.get("/invitations")
def index(request: Request, _me: Administrator, db: Db, now: Now) -> HTMLResponse:
    return _index(request, db, now=now)


@router.post("/invitations")
def create(request: Request, form: Form, me: Administrator, db: Db, now: Now) -> HTMLResponse:
    """Answers with the page itself: the link is on it and nowhere else but in the mail."""
    try:
        facts = accepted(InvitationInput, form.as_dict())
        team = chosen_team(db, facts.team)
        invitation, token = invite(
            db,
            email=facts.email,
            name=facts.name,
            role=facts.role,
            team=team,
            team_role=facts.team_role,
            by=me,
            now=now,
        )
    except Problem as problem:
        return _index(request, db, problem, now=now, typed=_FRESH | typed(form))
    settings: Settings = request.app.state.settings
    link = f"{settings.base_url}/join/{token}"
    mailed = bool(settings.smtp_url.get_secret_value())
    if mailed:
        _send(request, db, invitation, link, by=me, now=now)
    return _index(request, db, now=now, made=invitation, link=link, mailed=mailed)


@router.post("/invitations/{invitation_id}/removal")
def remove(request: Request, invitation_id: Id, me: Administrator, db: Db, now: Now) -> Response:
    withdraw(db, invitation_id, by=me, now=now)
    return redirect(request, "/invitations", notice="That invitation no longer works.")


def _index(
    request: Request, db: Session, problem: Problem | None = None, *, now: datetime, **more: Any
) -> HTMLResponse:
    teams = all_teams(db)
    context: dict[str, Any] = {
        "invitations": open_invitations(db, now=now),
        "teams": teams,
        "team_names": {team.id: team.name for team in teams},
        "typed": _FRESH,
        "made": None,
        "link": "",
        "mailed": False,
    }
    return form_page(request, "invitations/index.html", problem, **(context | more))


def _send(
    request: Request, db: Session, invitation: Invitation, link: str, *, by: Person, now: datetime
) -> None:
    environment: Environment = request.app.state.templates
    organisation = request.state.organisation
    queue_message(
        db,
        environment,
        "invitation",
        to=invitation.email,
        now=now,
        inviter=by.name,
        organisation=organisation.name if organisation else "Commonplace",
        name=invitation.name,
        url=link,
        until=invitation.expires_at,
    )
