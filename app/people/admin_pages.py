"""What administrators do with people: their first page, and the forms on a person's page."""

from fastapi import Request, Response

from app.auth.forms import accepted, typed
from app.auth.guards import Administrator
from app.auth.links import reset_link
from app.auth.shut_out import shut_out
from app.config import Settings
from app.kit.api import Id
from app.kit.db import Db, Now
from app.kit.doors import doors
from app.kit.errors import Problem
from app.kit.forms import Form
from app.kit.web import page, redirect
from app.mail.refused import refused_messages, try_again
from app.people.directory import change_person, enable_person, the_person
from app.people.overview import chosen_team
from app.people.person_page import person_page
from app.people.schemas import PersonInput, TeamChoice
from app.people.teams import join_team, leave_team, the_team

router = doors()


@router.get("/admin")
def administration(request: Request, _me: Administrator, db: Db) -> Response:
    settings: Settings = request.app.state.settings
    return page(
        request,
        "admin/index.html",
        mail=bool(settings.smtp_url.get_secret_value()),
        sender=settings.mail_from,
        refused=refused_messages(db),
    )


@router.post("/admin/mail/{message_id}/attempt")
def send_again(request: Request, message_id: Id, me: Administrator, db: Db, now: Now) -> Response:
    try_again(db, message_id, by=me, now=now)
    return redirect(request, "/admin", notice="It is sent again.")


@router.post("/people/{person_id}")
def change(
    request: Request, person_id: Id, form: Form, me: Administrator, db: Db, now: Now
) -> Response:
    person = the_person(db, person_id)
    try:
        facts = accepted(PersonInput, form.as_dict())
        change_person(
            db, person, name=facts.name, title=facts.title, role=facts.role, by=me, now=now
        )
    except Problem as problem:
        return person_page(request, db, me, person, problem, typed=typed(form))
    return redirect(request, person.url, notice="Saved.")


@router.post("/people/{person_id}/departure")
def disable(request: Request, person_id: Id, me: Administrator, db: Db, now: Now) -> Response:
    person = the_person(db, person_id)
    try:
        shut_out(db, person, by=me, now=now)
    except Problem as problem:
        return person_page(request, db, me, person, problem)
    notice = f"{person.name} can no longer sign in. What they wrote stays."
    return redirect(request, person.url, notice=notice)


@router.post("/people/{person_id}/return")
def enable(request: Request, person_id: Id, me: Administrator, db: Db, now: Now) -> Response:
    person = the_person(db, person_id)
    enable_person(db, person, by=me, now=now)
    return redirect(request, person.url, notice=f"{person.name} can sign in again.")


@router.post("/people/{person_id}/reset-link")
def make_reset_link(
    request: Request, person_id: Id, me: Administrator, db: Db, now: Now
) -> Response:
    """Answers with the page itself: the link is on it and nowhere else."""
    person = the_person(db, person_id)
    settings: Settings = request.app.state.settings
    token = reset_link(db, person, by=me, now=now)
    link = f"{settings.base_url}/password-reset/{token}"
    return person_page(request, db, me, person, link=link)


@router.post("/people/{person_id}/teams")
def add_to_team(
    request: Request, person_id: Id, form: Form, me: Administrator, db: Db, now: Now
) -> Response:
    person = the_person(db, person_id)
    try:
        facts = accepted(TeamChoice, form.as_dict())
        team = chosen_team(db, facts.team)
        assert team is not None, "the schema refuses an empty choice"
        join_team(db, team, person, facts.team_role, by=me, now=now)
    except Problem as problem:
        return person_page(request, db, me, person, problem)
    return redirect(request, person.url, notice=f"{person.name} is in {team.name}.")


@router.post("/people/{person_id}/teams/{team_id}/removal")
def take_out_of_team(
    request: Request, person_id: Id, team_id: Id, me: Administrator, db: Db, now: Now
) -> Response:
    person, team = the_person(db, person_id), the_team(db, team_id)
    leave_team(db, team, person, by=me, now=now)
    return redirect(request, person.url, notice=f"{person.name} is no longer in {team.name}.")
