"""The cookie that keeps a browser signed in."""

from fastapi import Request, Response

from app.auth.entry import Browser
from app.auth.guards import session_cookie_name
from app.config import Settings

_DAY_SECONDS = 24 * 3600


def session_token(request: Request) -> str:
    """The token that this browser holds; empty when it holds none."""
    return request.cookies.get(session_cookie_name(request), "")


def browser_of(request: Request) -> Browser:
    """The browser that asks."""
    settings: Settings = request.app.state.settings
    name = request.headers.get("user-agent", "")
    return Browser(name, holds=session_token(request), days=settings.session_days)


def keep_session(request: Request, response: Response, token: str) -> None:
    """Let the browser hold `token` for as long as the session lasts."""
    settings: Settings = request.app.state.settings
    response.set_cookie(
        session_cookie_name(request),
        token,
        max_age=settings.session_days * _DAY_SECONDS,
        path="/",
        httponly=True,
        samesite="lax",
        secure=settings.over_https,
    )


def drop_session(request: Request, response: Response) -> None:
    """Take the cookie back."""
    response.delete_cookie(
        session_cookie_name(request),
        path="/",
        httponly=True,
        samesite="lax",
        secure=request.app.state.settings.over_https,
    )
