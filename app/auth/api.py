"""Tokens for programs: those one has, one more, one less."""

from datetime import datetime
from typing import Annotated

from fastapi import Request, Response
from pydantic import BaseModel, BeforeValidator, Field

from app.auth.guards import Reader, Writer
from app.auth.models import ApiToken
from app.auth.tokens import (
    LONGEST_DAYS,
    USUAL_DAYS,
    Scope,
    create_token,
    end_token,
    own_token,
    tokens_of,
)
from app.kit.api import Id, Sent, api_router, refusals
from app.kit.db import Db, Now
from app.people.schemas import one_line

LONGEST_NAME = 80


class TokenView(BaseModel):
    """`prefix` is how the token begins; the rest of it is kept nowhere."""

    id: str
    name: str
    prefix: str
    scopes: list[Scope]
    created_at: datetime
    expires_at: datetime
    used_on: datetime | None


class TokensView(BaseModel):
    tokens: list[TokenView]


class TokenSent(Sent):
    """A token to make; `admin` includes `write`, and `write` includes `read`."""

    name: Annotated[
        str, BeforeValidator(one_line), Field(min_length=1, max_length=LONGEST_NAME)
    ] = Field(examples=["nightly import"])
    scopes: list[Scope] = Field(min_length=1, max_length=len(Scope), examples=[["read"]])
    days: int = Field(USUAL_DAYS, ge=1, le=LONGEST_DAYS, strict=True)


class NewTokenView(TokenView):
    """`token` is the secret: it is shown now and never again."""

    token: str


router = api_router("tokens")


@router.get("/tokens", responses=refusals())
def list_tokens(db: Db, now: Now, me: Reader) -> TokensView:
    """Your tokens that have not expired, newest first."""
    return TokensView(tokens=[_view(token) for token in tokens_of(db, me, now=now)])


@router.post("/tokens", status_code=201, responses=refusals(body=True))
def make_token(request: Request, db: Db, now: Now, me: Writer, sent: TokenSent) -> NewTokenView:
    """Make another token that acts as you, with no more scopes than this one."""
    token, secret = create_token(
        db,
        me,
        name=sent.name,
        scopes=sent.scopes,
        days=sent.days,
        within=request.state.token,
        by=me,
        now=now,
    )
    return NewTokenView(**_view(token).model_dump(), token=secret)


@router.delete("/tokens/{token_id}", status_code=204, responses=refusals(404))
def remove_token(db: Db, now: Now, me: Writer, token_id: Id) -> Response:
    """End one of your tokens at once; also the one that asks."""
    end_token(db, own_token(db, me, token_id), by=me, now=now)
    return Response(status_code=204)


def _view(token: ApiToken) -> TokenView:
    return TokenView(
        id=token.id,
        name=token.name,
        prefix=token.prefix,
        scopes=[Scope(scope) for scope in token.scopes.split()],
        created_at=token.created_at,
        expires_at=token.expires_at,
        used_on=token.used_on,
    )
