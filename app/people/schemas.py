"""What may be typed about people and teams: names, addresses, roles."""

import re
import unicodedata
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from app.kit.zones import known_zones
from app.people.models import Role, TeamRole

NAME_LENGTH, PURPOSE_LENGTH, EMAIL_LENGTH = 120, 300, 254
# Nothing that could end a header line or name a second address in one.
_EMAIL = re.compile(r'[^@\s<>,;:"()\[\]\\]+@[^@\s<>,;:"()\[\]\\]+')


def one_line(text: Any) -> Any:
    """`text` in one line, composed (NFC), without control characters."""
    if not isinstance(text, str):
        return text
    composed = unicodedata.normalize("NFC", " ".join(text.split()))
    return "".join(c for c in composed if unicodedata.category(c) not in ("Cc", "Cs"))


def _address(text: str) -> str:
    if not _EMAIL.fullmatch(text):
        raise ValueError("Give an address like name@example.org")
    return text.lower()


Name = Annotated[str, Field(min_length=1, max_length=NAME_LENGTH), BeforeValidator(one_line)]
OptionalName = Annotated[str, Field(max_length=NAME_LENGTH), BeforeValidator(one_line)]
Purpose = Annotated[str, Field(max_length=PURPOSE_LENGTH), BeforeValidator(one_line)]
Email = Annotated[
    str,
    Field(min_length=1, max_length=EMAIL_LENGTH),
    AfterValidator(_address),
    BeforeValidator(one_line),
]


class Typed(BaseModel):
    """Base of what comes from forms: unknown fields are left out, nothing changes it later."""

    model_config = ConfigDict(frozen=True)


def _known_zone(name: str) -> str:
    if name and name not in known_zones():
        raise ValueError("Choose a time zone from the list")
    return name


class PersonInput(Typed):
    """A person as an administrator changes them."""

    name: Name
    title: OptionalName = ""
    role: Role


class SelfInput(Typed):
    """A person as they change themselves; an empty time zone is the organisation's."""

    name: Name
    title: OptionalName = ""
    time_zone: Annotated[str, AfterValidator(_known_zone)] = ""


class TeamInput(Typed):
    """A team; `parent` is the id of the team above it, empty for none."""

    name: Name
    purpose: Purpose = ""
    parent: str = ""


class MemberInput(Typed):
    """Who joins a team, by name or address, and as what."""

    person: Annotated[str, Field(min_length=1, max_length=EMAIL_LENGTH), BeforeValidator(one_line)]
    role: TeamRole = TeamRole.MEMBER


class TeamChoice(Typed):
    """Which team a person joins, by its id, and as what."""

    team: Annotated[str, Field(min_length=1)]
    team_role: TeamRole = TeamRole.MEMBER
