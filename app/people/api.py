"""People for programs: who is here, who I am, inviting and changing; teams come along."""

from typing import Annotated

from fastapi import Query
from sqlmodel import Session

from app.auth.guards import Admin, Reader
from app.auth.links import invite
from app.auth.shut_out import shut_out
from app.kit.api import BaseUrl, Id, api_router, refusals
from app.kit.db import Db, Now
from app.kit.doors import doors
from app.people import team_api
from app.people.api_shapes import (
    InvitationSent,
    InvitationView,
    OnePersonView,
    PeopleAsked,
    PeopleView,
    PersonChange,
    one_person_view,
    person_view,
)
from app.people.directory import (
    change_person,
    enable_person,
    everybody,
    the_person,
)
from app.people.models import Person
from app.people.team_api import team_called
from app.people.teams import teams_of

people = api_router("people")


@people.get("/people", responses=refusals())
def list_people(
    db: Db, _: Reader, base_url: BaseUrl, asked: Annotated[PeopleAsked, Query()]
) -> PeopleView:
    """Everybody by name, those who left last."""
    found = everybody(db, matching=asked.q)
    part = found[asked.offset : asked.offset + asked.per_page]
    return PeopleView(
        total=len(found),
        page=asked.page,
        per_page=asked.per_page,
        people=[person_view(person, base_url) for person in part],
    )


@people.get("/me", responses=refusals())
def read_me(db: Db, me: Reader, base_url: BaseUrl) -> OnePersonView:
    """Who the token acts as."""
    return _shown(db, me, base_url)


@people.get("/people/{person_id:id}", responses=refusals(404))
def read_person(db: Db, _: Reader, base_url: BaseUrl, person_id: Id) -> OnePersonView:
    """One person, with the teams they are in."""
    return _shown(db, the_person(db, person_id), base_url)


@people.post("/people/invitations", status_code=201, responses=refusals(409, body=True))
def invite_person(
    db: Db, now: Now, by: Admin, base_url: BaseUrl, sent: InvitationSent
) -> InvitationView:
    """Invite somebody: the answer holds the link that lets them in. No mail is sent."""
    invitation, token = invite(
        db,
        email=sent.email,
        name=sent.name,
        role=sent.role,
        team=team_called(db, sent.team, field="team"),
        team_role=sent.team_role,
        by=by,
        now=now,
    )
    return InvitationView(
        id=invitation.id,
        url=f"{base_url}/join/{token}",
        email=invitation.email,
        expires_at=invitation.expires_at,
    )


@people.patch("/people/{person_id:id}", responses=refusals(404, body=True))
def change_a_person(
    db: Db, now: Now, by: Admin, base_url: BaseUrl, person_id: Id, change: PersonChange
) -> OnePersonView:
    """Change a person's name, title or role, or keep them out; what they wrote stays."""
    person = the_person(db, person_id)
    if change.model_fields_set - {"disabled"}:
        change_person(
            db,
            person,
            name=change.name or person.name,
            title=person.title if change.title is None else change.title,
            role=change.role or person.role,
            by=by,
            now=now,
        )
    if change.disabled is not None and change.disabled != (person.disabled_at is not None):
        act = shut_out if change.disabled else enable_person
        act(db, person, by=by, now=now)
    return _shown(db, person, base_url)


def _shown(session: Session, person: Person, base_url: str) -> OnePersonView:
    return one_person_view(person, teams_of(session, person), base_url)


router = doors()
router.include_router(people)
router.include_router(team_api.router)
