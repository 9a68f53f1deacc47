"""Teams for programs: which there are, who is in them, making and changing them."""

from typing import Annotated

from fastapi import Query, Response
from sqlmodel import Session

from app.auth.guards import Admin, Reader
from app.kit.api import BaseUrl, Id, Paged, api_router, refusals
from app.kit.db import Db, Now
from app.lessons.named import team_ids
from app.people.api_shapes import (
    MemberSent,
    OneTeamView,
    TeamChange,
    TeamSent,
    TeamsView,
    one_team_view,
    team_view,
)
from app.people.directory import the_person
from app.people.models import Team
from app.people.teams import (
    all_teams,
    change_team,
    create_team,
    join_team,
    leave_team,
    members_of,
    the_team,
)

router = api_router("teams")


def team_called(session: Session, wanted: str | None, *, field: str) -> Team | None:
    """The team with this name or id, None for an empty one. Raises Invalid for an unknown one."""
    found = team_ids(session, [wanted] if wanted else [], field=field)
    return the_team(session, found[0]) if found else None


@router.get("/teams", responses=refusals())
def list_teams(db: Db, _: Reader, base_url: BaseUrl, asked: Annotated[Paged, Query()]) -> TeamsView:
    """Every team, by name."""
    teams = all_teams(db)
    part = teams[asked.offset : asked.offset + asked.per_page]
    return TeamsView(
        total=len(teams),
        page=asked.page,
        per_page=asked.per_page,
        teams=[team_view(team, base_url) for team in part],
    )


@router.get("/teams/{team_id}", responses=refusals(404))
def read_team(db: Db, _: Reader, base_url: BaseUrl, team_id: Id) -> OneTeamView:
    """One team, with who is in it."""
    return _shown(db, the_team(db, team_id), base_url)


@router.post("/teams", status_code=201, responses=refusals(409, body=True))
def make_team(db: Db, now: Now, by: Admin, base_url: BaseUrl, sent: TeamSent) -> OneTeamView:
    """Make a team; its name is new in the organisation."""
    parent = team_called(db, sent.parent, field="parent")
    team = create_team(db, sent.name, purpose=sent.purpose, parent=parent, by=by, now=now)
    return _shown(db, team, base_url)


@router.patch("/teams/{team_id}", responses=refusals(404, 409, body=True))
def change_a_team(
    db: Db, now: Now, by: Admin, base_url: BaseUrl, team_id: Id, change: TeamChange
) -> OneTeamView:
    """Rename, describe or move a team."""
    team = the_team(db, team_id)
    moves = "parent" in change.model_fields_set
    change_team(
        db,
        team,
        name=change.name or team.name,
        purpose=team.purpose if change.purpose is None else change.purpose,
        parent=team_called(db, change.parent if moves else team.parent_id, field="parent"),
        by=by,
        now=now,
    )
    return _shown(db, team, base_url)


@router.put("/teams/{team_id}/members/{person_id}", responses=refusals(404, body=True))
def set_member(
    db: Db, now: Now, by: Admin, base_url: BaseUrl, team_id: Id, person_id: Id, sent: MemberSent
) -> OneTeamView:
    """Put a person in a team, or change what they are there."""
    team = the_team(db, team_id)
    join_team(db, team, the_person(db, person_id), sent.role, by=by, now=now)
    return _shown(db, team, base_url)


@router.delete("/teams/{team_id}/members/{person_id}", status_code=204, responses=refusals(404))
def end_membership(db: Db, now: Now, by: Admin, team_id: Id, person_id: Id) -> Response:
    """Take a person out of a team."""
    leave_team(db, the_team(db, team_id), the_person(db, person_id), by=by, now=now)
    return Response(status_code=204)


def _shown(session: Session, team: Team, base_url: str) -> OneTeamView:
    session.flush()
    return one_team_view(team, members_of(session, team), base_url)
