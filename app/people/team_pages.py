"""Teams in the browser: all of them, one, made, changed, and who is in it."""

from typing import Any

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from sqlmodel import Session

from app.auth.forms import accepted, form_page, typed
from app.auth.guards import Administrator, Me
from app.following.follow import followed
from app.following.models import SubjectKind
from app.kit.api import Id
from app.kit.db import Db, Now
from app.kit.doors import doors
from app.kit.errors import Problem
from app.kit.forms import Form
from app.kit.paging import page_number, paging
from app.kit.web import page, redirect
from app.lessons.access import reader
from app.lessons.browse import in_use, newest
from app.lessons.cards import cards
from app.lessons.register import kinds_among, lessons_by_team, register, topics_among
from app.people.directory import person_called, the_person
from app.people.models import Person, Team
from app.people.overview import chosen_team, directly_below, team_tree
from app.people.schemas import MemberInput, TeamInput
from app.people.teams import (
    all_teams,
    below,
    change_team,
    create_team,
    join_team,
    leave_team,
    managed_team,
    manages,
    members_of,
    the_team,
)
from app.responses.thanked import thanks_among
from app.uses.used import uses_among

router = doors()
_PER_PAGE = 20


@router.get("/teams")
def index(request: Request, me: Me, db: Db) -> HTMLResponse:
    lessons = lessons_by_team(db, reader(db, me))
    return page(request, "teams/index.html", tree=team_tree(db), lessons=lessons)


@router.get("/teams/new")
def new(request: Request, _me: Administrator, db: Db) -> HTMLResponse:
    fresh = {"name": "", "purpose": "", "parent": request.query_params.get("parent", "")}
    return form_page(request, "teams/new.html", typed=fresh, parents=all_teams(db))


@router.post("/teams")
def create(request: Request, form: Form, me: Administrator, db: Db, now: Now) -> Response:
    try:
        facts = accepted(TeamInput, form.as_dict())
        parent = chosen_team(db, facts.parent, named="parent")
        team = create_team(db, facts.name, purpose=facts.purpose, parent=parent, by=me, now=now)
    except Problem as problem:
        return form_page(
            request, "teams/new.html", problem, typed=typed(form), parents=all_teams(db)
        )
    return redirect(request, team.url, notice=f"{team.name} is there. Now add its people.")


@router.get("/teams/{team_id}")
def show(request: Request, team_id: Id, me: Me, db: Db) -> HTMLResponse:
    return _show(request, db, me, team_id)


@router.get("/teams/{team_id}/edit")
def edit(request: Request, team_id: Id, _me: Administrator, db: Db) -> HTMLResponse:
    team = the_team(db, team_id)
    shown = {"name": team.name, "purpose": team.purpose, "parent": team.parent_id or ""}
    return _edit(request, db, team, shown)


@router.post("/teams/{team_id}")
def update(
    request: Request, team_id: Id, form: Form, me: Administrator, db: Db, now: Now
) -> Response:
    team = the_team(db, team_id)
    try:
        facts = accepted(TeamInput, form.as_dict())
        parent = chosen_team(db, facts.parent, named="parent")
        change_team(db, team, name=facts.name, purpose=facts.purpose, parent=parent, by=me, now=now)
    except Problem as problem:
        return _edit(request, db, team, typed(form), problem)
    return redirect(request, team.url, notice="Saved.")


@router.post("/teams/{team_id}/members")
def add_member(request: Request, team_id: Id, form: Form, me: Me, db: Db, now: Now) -> Response:
    team = managed_team(db, team_id, me)
    try:
        facts = accepted(MemberInput, form.as_dict())
        person = person_called(db, facts.person)
        join_team(db, team, person, facts.role, by=me, now=now)
    except Problem as problem:
        return _show(request, db, me, team.id, problem, typed=typed(form))
    notice = f"{person.name} is a {facts.role.value} of {team.name}."
    return redirect(request, team.url, notice=notice)


@router.post("/teams/{team_id}/members/{person_id}/removal")
def remove_member(
    request: Request, team_id: Id, person_id: Id, me: Me, db: Db, now: Now
) -> Response:
    team, person = managed_team(db, team_id, me), the_person(db, person_id)
    leave_team(db, team, person, by=me, now=now)
    return redirect(request, team.url, notice=f"{person.name} is no longer in {team.name}.")


def _show(
    request: Request,
    db: Session,
    me: Person,
    team_id: str,
    problem: Problem | None = None,
    **more: Any,
) -> HTMLResponse:
    # All of them first: the one is among them, and not asked for again.
    teams = all_teams(db)
    team = the_team(db, team_id)
    members = members_of(db, team)
    offset = (page_number(request) - 1) * _PER_PAGE
    who = reader(db, me)
    lessons = newest(db, who, team_id=team.id, offset=offset, limit=_PER_PAGE)
    its = in_use(who, team_id=team.id)
    context = {
        "team": team,
        "parent": next((other for other in teams if other.id == team.parent_id), None),
        "below": directly_below(teams, team),
        "members": members,
        "manages": manages(me, members),
        "lessons": cards(db, lessons.lessons),
        "register": register(
            db,
            kinds_among(its),
            topics_among(its),
            uses_among(its),
            thanks_among(its),
            followed(SubjectKind.TEAM, team.id, by=me),
        ),
        "paging": paging(request, total=lessons.total, per_page=_PER_PAGE),
        "typed": {"person": "", "role": "member"},
    }
    return form_page(request, "teams/show.html", problem, **(context | more))


def _edit(
    request: Request,
    db: Session,
    team: Team,
    shown: dict[str, str],
    problem: Problem | None = None,
) -> HTMLResponse:
    teams = all_teams(db)
    itself = below(teams, team.id)
    parents = [other for other in teams if other.id not in itself]
    return form_page(request, "teams/edit.html", problem, team=team, typed=shown, parents=parents)
