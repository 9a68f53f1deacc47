"""What may be typed to come in: the first run, signing in, invitations, tokens."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from app.auth.tokens import LONGEST_DAYS, USUAL_DAYS, Scope
from app.people.models import Role, TeamRole
from app.people.schemas import Email, Name, OptionalName, Typed, one_line

# Passwords are taken exactly as they were typed, spaces and all.
Secret = Annotated[str, Field(min_length=1)]


class FoundingInput(Typed):
    """The first run."""

    organisation: Name
    name: Name
    email: Email
    password: Secret


class SignInInput(Typed):
    """An attempt to sign in; the address is whatever was typed, so that all fail alike."""

    email: Annotated[str, Field(min_length=1)]
    password: Secret


class AddressInput(Typed):
    """Whose password is forgotten."""

    email: Email


class JoiningInput(Typed):
    """Accepting an invitation."""

    name: Name
    password: Secret


class NewPasswordInput(Typed):
    """A password that takes the place of a forgotten one."""

    password: Secret


class PasswordChangeInput(Typed):
    """A password that takes the place of a known one."""

    current: Secret
    password: Secret


class InvitationInput(Typed):
    """Whom to invite; `team` is a team's id, empty for none."""

    email: Email
    name: OptionalName = ""
    role: Role = Role.MEMBER
    team: str = ""
    team_role: TeamRole = TeamRole.MEMBER


class TokenInput(Typed):
    """An API token to be made."""

    name: Annotated[str, Field(min_length=1, max_length=80), BeforeValidator(one_line)]
    scopes: list[Scope] = Field(default_factory=list)
    days: Annotated[int, Field(ge=1, le=LONGEST_DAYS)] = USUAL_DAYS
