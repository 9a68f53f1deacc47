"""Doors of searching take turns (`kit/turns.py`), by whose session or token asks."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import Depends, Request

from app.auth.guards import session_cookie_name
from app.kit.doors import with_the_door
from app.kit.signing import fingerprint
from app.kit.turns import Turns
from app.lessons.fairness import hard_work_done


@contextmanager
def in_turn(request: Request) -> Iterator[None]:
    """Around what of a door takes turns, where it is not all of it."""
    turns: Turns = request.app.state.turns
    # Before anything is asked of the database, so by what is shown at the door; whoever shows
    # something else each time is let in and found out at once.
    token = request.headers.get("authorization")
    shown = token or request.cookies.get(session_cookie_name(request), "")
    with turns.turn(fingerprint(shown)):
        yield
    turns.slow_down(hard_work_done())


@with_the_door
def _turn(request: Request) -> Iterator[None]:
    with in_turn(request):
        yield


#: The first parameter of a door that takes turns.
Turn = Annotated[None, Depends(_turn)]
