"""Doors that a mail leads to: the address itself proves that we gave it out, to whom, for what."""

from collections.abc import Callable
from typing import Any

from fastapi import Request

from app.kit.db import Now
from app.kit.doors import with_the_door
from app.kit.errors import Problem
from app.kit.signing import unsealed


class LinkOver(Problem):
    status = 404
    code = "link_over"
    message = "This link has ended, or was not copied whole. Sign in to do it from the page."


def sealed(purpose: str, *, over: type[LinkOver] = LinkOver) -> Callable[..., Any]:
    """A dependency: the parts that the `{token}` of the address was sealed with for `purpose`.

    It stands in the place of a sign-in and of the token of our own pages; programs that read mail
    send neither (RFC 8058). The door still asks whether the person is here, and of access. Raises
    `over`.
    """

    @with_the_door
    def proof(request: Request, token: str, now: Now) -> tuple[str, ...]:
        parts = unsealed(request.app.state.settings.key, purpose, token, now=now)
        if parts is None:
            raise over
        return parts

    proof.seals = True  # type: ignore[attr-defined]
    return proof
