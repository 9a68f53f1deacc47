"""Ways in for those who cannot sign in yet: the first run, invitations, password resets."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from app.auth.lockout import Locked, note_failure, note_success, refuse_if_locked
from app.auth.models import Invitation, PasswordReset
from app.auth.passwords import set_password
from app.auth.sessions import end_sessions
from app.events.record import record
from app.kit.errors import Conflict, NotFound, Problem
from app.kit.signing import fingerprint
from app.people.directory import (
    EmailTaken,
    add_person,
    found_organisation,
    nobody_is_here,
    person_with_email,
    the_person,
)
from app.people.models import Person, Role, Team, TeamRole
from app.people.teams import join_team, the_team

INVITATION_LASTS = timedelta(days=14)
RESET_LASTS = timedelta(hours=2)


class LinkEnded(Problem):
    status = 404
    code = "link_ended"
    message = "This link was used already or has ended. Ask for a new one."


class AlreadyFounded(Conflict):
    code = "already_founded"
    message = "The organisation already has its administrator. Sign in instead."


def found(
    session: Session, *, organisation: str, email: str, name: str, password: str, now: datetime
) -> Person:
    """The first run: name the organisation and make its administrator; works only once."""
    if not nobody_is_here(session):
        raise AlreadyFounded
    found_organisation(session, organisation, now=now)
    person = add_person(session, email=email, name=name, role=Role.ADMINISTRATOR, by=None, now=now)
    set_password(session, person, password, now=now)
    return person


def invite(
    session: Session,
    *,
    email: str,
    name: str = "",
    role: Role = Role.MEMBER,
    team: Team | None = None,
    team_role: TeamRole = TeamRole.MEMBER,
    by: Person,
    now: datetime,
) -> tuple[Invitation, str]:
    """Invite an address; returns the invitation and the token for its link. An earlier open
    invitation of the same address ends."""
    email = email.strip().lower()
    if person_with_email(session, email):
        message = f"{email} is already in the organisation."
        raise EmailTaken(message, fields={"email": message})
    session.connection().execute(
        sa.delete(Invitation).where(
            col(Invitation.email) == email, col(Invitation.accepted_at).is_(None)
        )
    )
    token = secrets.token_urlsafe(32)
    invitation = Invitation(
        token_hash=fingerprint(token),
        email=email,
        name=name,
        role=role,
        team_id=team.id if team else None,
        team_role=team_role,
        invited_by_id=by.id,
        created_at=now,
        expires_at=now + INVITATION_LASTS,
    )
    session.add(invitation)
    record(session, "invitation.made", invitation.id, by=by.id, now=now, role=role.value)
    return invitation, token


def open_invitations(session: Session, *, now: datetime) -> Sequence[Invitation]:
    """Invitations that can still be accepted, newest first."""
    return session.exec(
        select(Invitation)
        .where(col(Invitation.accepted_at).is_(None), Invitation.expires_at > now)
        .order_by(col(Invitation.created_at).desc())
    ).all()


def invitation_for(session: Session, token: str, *, now: datetime) -> Invitation:
    """The open invitation behind a link's token, locked for the transaction: it works once."""
    invitation = session.exec(
        select(Invitation).where(Invitation.token_hash == fingerprint(token)).with_for_update()
    ).first()
    if invitation is None or invitation.accepted_at or invitation.expires_at <= now:
        raise LinkEnded
    return invitation


def accept(
    session: Session, invitation: Invitation, *, name: str, password: str, now: datetime
) -> Person:
    """Join the organisation by an invitation."""
    person = add_person(
        session, email=invitation.email, name=name, role=invitation.role, by=None, now=now
    )
    set_password(session, person, password, now=now)
    invitation.accepted_at = now
    session.add(invitation)
    if invitation.team_id:
        team = the_team(session, invitation.team_id)
        join_team(session, team, person, invitation.team_role, by=None, now=now)
    return person


def withdraw(session: Session, invitation_id: str, *, by: Person, now: datetime) -> None:
    """End an invitation that was not accepted."""
    invitation = session.get(Invitation, invitation_id)
    if invitation is None or invitation.accepted_at:
        raise NotFound
    session.delete(invitation)
    record(session, "invitation.withdrawn", invitation_id, by=by.id, now=now)


def reset_link(session: Session, person: Person, *, by: Person | None, now: datetime) -> str:
    """The token of a link with which the person sets a new password; earlier ones end."""
    end_reset_links(session, person)
    token = secrets.token_urlsafe(32)
    session.add(
        PasswordReset(
            token_hash=fingerprint(token), person_id=person.id, expires_at=now + RESET_LASTS
        )
    )
    record(session, "password.reset_asked", person.id, by=by.id if by else None, now=now)
    return token


def end_reset_links(session: Session, person: Person) -> None:
    """No link that was made before sets this person's password any more."""
    session.connection().execute(
        sa.delete(PasswordReset).where(col(PasswordReset.person_id) == person.id)
    )


def ask_for_reset(session: Session, email: str, *, now: datetime) -> tuple[Person, str] | None:
    """Somebody forgot the password of an address: who has it and the token of their link, or None
    when nobody does or it was asked too often. Asking is counted for any address alike, so that
    nobody's post is flooded and both answers take as long."""
    count = f"reset {email}"
    try:
        refuse_if_locked(session, count, now=now)
    except Locked:
        return None
    note_failure(session, count, now=now)
    person = person_with_email(session, email)
    if person is None or person.disabled_at:
        return None
    return person, reset_link(session, person, by=None, now=now)


def person_resetting(session: Session, token: str, *, now: datetime) -> Person:
    """Whose password the link behind `token` resets; the link is locked for the transaction."""
    reset = session.get(PasswordReset, fingerprint(token), with_for_update=True)
    if reset is None or reset.expires_at <= now:
        raise LinkEnded
    person = the_person(session, reset.person_id)
    if person.disabled_at:
        raise LinkEnded
    return person


def reset_password(session: Session, token: str, password: str, *, now: datetime) -> Person:
    """Set a new password by a link: the link and every open session end."""
    person = person_resetting(session, token, now=now)
    change_password(session, person, password, now=now)
    note_success(session, person.email)
    return person


def change_password(
    session: Session,
    person: Person,
    password: str,
    *,
    now: datetime,
    keep: str | None = None,
    field: str = "password",
) -> None:
    """Set a person's password and end their reset links and sessions, except the session with id
    `keep`."""
    set_password(session, person, password, now=now, field=field)
    end_sessions(session, person, but=keep)
    end_reset_links(session, person)
    record(session, "password.changed", person.id, by=person.id, now=now)
