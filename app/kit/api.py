"""What every door for programs shares: documented errors, bounded ids, paged lists, revisions."""

import re
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Path, Request
from fastapi.routing import APIRoute
from pydantic import BaseModel, ConfigDict, Field
from pydantic.json_schema import SkipJsonSchema
from starlette.convertors import Convertor, register_url_convertor

from app.kit.answers import SignInNeeded
from app.kit.doors import doors
from app.kit.errors import Forbidden, Invalid, NotFound, Problem, Unavailable
from app.kit.ids import ID_LENGTH

# PostgreSQL takes no NUL in a text, not even to compare with.
NO_NUL = r"^[^\x00]*$"
ID_PATTERN = rf"^[0-9a-hjkmnp-tv-z]{{{ID_LENGTH}}}$"
_ID_EXAMPLE = "7k2m9qxw4t8n3vbd"
_REVISION = re.compile(r'^((W/)?"[0-9]{1,9}"|[0-9]{1,9})$')
_LAST_PAGE = 1000
_MOST_PER_PAGE = 50


class _IdConvertor(Convertor[str]):
    regex = ID_PATTERN.strip("^$")

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


# `{person_id:id}` for where a word may stand in the place of an id: /people/invitations.
register_url_convertor("id", _IdConvertor())

Id = Annotated[str, Path(pattern=ID_PATTERN, examples=[_ID_EXAMPLE])]
IfMatch = Annotated[
    str | SkipJsonSchema[None],
    Header(
        alias="If-Match",
        pattern=_REVISION.pattern,
        description="The revision that you read: the `ETag` of the answer to GET, or its number.",
        examples=['"3"'],
    ),
]


class ErrorDetail(BaseModel):
    """`code` is a stable word, `message` speaks to a person, `fields` says what is wrong where."""

    code: str = Field(examples=["not_found"])
    message: str = Field(examples=["There is nothing here, or it is not shared with you."])
    fields: dict[str, str] = Field(examples=[{}])


class ErrorAnswer(BaseModel):
    """The one form of every error."""

    error: ErrorDetail


class Sent(BaseModel):
    """Base of what may be sent, in a body or a query: a field that is not known is refused, so that
    no typing error loses a fact or widens an answer."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Paged(Sent):
    """Which part of a long list."""

    page: int = Field(1, ge=1, le=_LAST_PAGE)
    per_page: int = Field(20, ge=1, le=_MOST_PER_PAGE)

    @property
    def offset(self) -> int:
        return (self.page - 1) * self.per_page


class PageView(BaseModel):
    """Base of a part of a long list; `total` is the length of the whole."""

    total: int
    page: int
    per_page: int


class RevisionNeeded(Problem):
    status = 428
    code = "precondition_required"
    message = (
        "Say which revision you changed, so that nobody else's change is lost: send the header "
        "If-Match with the ETag of the answer to GET."
    )


_MEANINGS = {
    400: "The body is not readable as JSON.",
    401: SignInNeeded.message + " No valid token was sent.",
    403: "The token's scope or the person's role does not allow this.",
    404: NotFound.message,
    409: "This contradicts what is there; the message says how.",
    412: "Somebody else changed it meanwhile: read it again.",
    413: "The body is larger than the limit.",
    422: Invalid.message,
    428: RevisionNeeded.message,
    503: Unavailable.message,
}
_EVERYWHERE = (401, 403, 422, 503)
_WITH_BODY = (400, 413)


def refusals(*statuses: int, body: bool = False) -> dict[int | str, dict[str, Any]]:
    """Documents that a call may answer with these errors, besides those that any call may."""
    known = sorted({*_EVERYWHERE, *statuses, *(_WITH_BODY if body else ())})
    return {s: {"model": ErrorAnswer, "description": _MEANINGS[s]} for s in known}


def api_router(tag: str) -> APIRouter:
    """A router whose calls stand under `tag` and are named like their functions."""
    return doors(tags=[tag], generate_unique_id_function=_name_of)


def _name_of(route: APIRoute) -> str:
    return route.name


def revision_in(if_match: str | None) -> int:
    """The revision in an `IfMatch`: `"3"`, `W/"3"` or `3`. Raises RevisionNeeded without."""
    if not if_match:
        raise RevisionNeeded
    return int(if_match.removeprefix("W/").strip('"'))


def needs_curator(curates: bool) -> None:
    """Refuse a person who is no curator; the token's scope alone does not make one."""
    if not curates:
        raise Forbidden("Only a curator or an administrator can do this.")


async def _base_url(request: Request) -> str:
    url: str = request.app.state.settings.base_url
    return url


BaseUrl = Annotated[str, Depends(_base_url)]
