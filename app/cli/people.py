"""`commonplace user …` and `commonplace token …`."""

import secrets
import sys
from typing import Annotated

import typer
from sqlmodel import Session

from app.auth.links import change_password, invite
from app.auth.passwords import set_password
from app.auth.shut_out import shut_out
from app.auth.tokens import USUAL_DAYS, Scope, create_token
from app.cli.program import open_house, refuse, say
from app.people.directory import (
    add_person,
    enable_person,
    everybody,
    found_organisation,
    person_with_email,
    the_organisation,
)
from app.people.models import Person, Role, TeamRole
from app.people.teams import join_team, team_named

Email = Annotated[str, typer.Argument(help="E-mail address.")]
_users = typer.Typer(no_args_is_help=True, help="Add, list, disable people.")
_tokens = typer.Typer(no_args_is_help=True, help="Make API tokens.")


def add_to(program: typer.Typer) -> None:
    program.add_typer(_users, name="user")
    program.add_typer(_tokens, name="token")


@_users.command("add")
def add(
    email: Email,
    name: Annotated[str, typer.Option(help="Name as others see it.")] = "",
    role: Annotated[Role, typer.Option(help="What they may do.")] = Role.MEMBER,
    team: Annotated[str, typer.Option(help="A team to put them in.")] = "",
    manager: Annotated[bool, typer.Option(help="Make them a manager of that team.")] = False,
    password: Annotated[
        str, typer.Option(help="Their password; made and printed when left out.")
    ] = "",
) -> None:
    """Add somebody who can sign in at once; prints the password when it was made here."""
    made = password or "-".join(secrets.token_hex(3) for _ in range(3))
    with open_house() as house, house.database.writing() as session:
        now = house.clock()
        if the_organisation(session) is None:
            found_organisation(session, house.settings.organisation or "Our organisation", now=now)
        person = add_person(
            session, email=email, name=name or email.split("@")[0], role=role, by=None, now=now
        )
        set_password(session, person, made, now=now)
        if team:
            known = team_named(session, team) or refuse(f"There is no team called {team}.")
            team_role = TeamRole.MANAGER if manager else TeamRole.MEMBER
            join_team(session, known, person, team_role, by=None, now=now)
    say.print(f"{email} was added.", markup=False)
    if not password:
        sys.stdout.write(made + "\n")


@_users.command("list")
def list_people() -> None:
    """List everybody: address, role, name, and whether they are disabled."""
    with open_house() as house, house.database.reading() as session:
        for person in everybody(session):
            ended = "disabled" if person.disabled_at else "active"
            line = (person.email, person.role.value, ended, person.name)
            sys.stdout.write("\t".join(line) + "\n")


@_users.command("disable")
def disable(email: Email) -> None:
    """End somebody's access, sessions and tokens; what they wrote stays."""
    with open_house() as house, house.database.writing() as session:
        person = _known(session, email)
        shut_out(session, person, by=None, now=house.clock())
    say.print(f"{email} can no longer sign in.", markup=False)


@_users.command("enable")
def enable(email: Email) -> None:
    """Undo `user disable`."""
    with open_house() as house, house.database.writing() as session:
        enable_person(session, _known(session, email), by=None, now=house.clock())
    say.print(f"{email} can sign in again.", markup=False)


@_users.command("password")
def password(
    email: Email,
    new: Annotated[
        str,
        typer.Option(
            "--password",
            prompt=True,
            hide_input=True,
            confirmation_prompt=True,
            help="The new password.",
        ),
    ],
) -> None:
    """Set somebody's password and end their sessions."""
    with open_house() as house, house.database.writing() as session:
        change_password(session, _known(session, email), new, now=house.clock())
    say.print("The password was set.")


@_users.command("invite")
def invite_person(
    email: Email,
    by: Annotated[str, typer.Option(help="The administrator who invites.")],
    role: Annotated[Role, typer.Option(help="What they may do.")] = Role.MEMBER,
) -> None:
    """Print a link with which somebody joins."""
    with open_house() as house, house.database.writing() as session:
        _, token = invite(
            session, email=email, role=role, by=_known(session, by), now=house.clock()
        )
        sys.stdout.write(f"{house.settings.base_url}/join/{token}\n")


@_tokens.command("create")
def create(
    user: Annotated[str, typer.Option(help="E-mail address of whom the token acts as.")],
    scope: Annotated[list[Scope], typer.Option(help="What it may do; may be repeated.")],
    name: Annotated[str, typer.Option(help="What it is for.")] = "command line",
    days: Annotated[int, typer.Option(help="How long it works.", min=1, max=730)] = USUAL_DAYS,
) -> None:
    """Make a token; prints it alone on standard output, once."""
    with open_house() as house, house.database.writing() as session:
        person = _known(session, user)
        _, secret = create_token(
            session, person, name=name, scopes=scope, days=days, by=person, now=house.clock()
        )
    sys.stdout.write(secret + "\n")


def _known(session: Session, email: str) -> Person:
    return person_with_email(session, email) or refuse(
        f"There is nobody with the address {email}. `commonplace user list` shows who is."
    )
