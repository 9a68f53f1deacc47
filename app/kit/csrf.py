"""Requests that change something must come from our own pages."""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request, Response

from app.kit.errors import Forbidden
from app.kit.forms import Submitted, submitted
from app.kit.ids import random_id
from app.kit.signing import digest, same

FIELD = "csrf_token"
HEADER = "X-CSRF-Token"
_SALT_LENGTH = 8
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class ForeignRequest(Forbidden):
    code = "foreign_request"
    message = (
        "This form was open too long or came from another page. "
        "Go back, reload the page and send it again: what you typed is still there."
    )


def browser_cookie_name(request: Request) -> str:
    """The cookie that ties forms to a browser; `__Host-` where HTTPS allows it."""
    return "__Host-browser" if request.app.state.settings.over_https else "browser"


def csrf_token(request: Request) -> str:
    """A token for forms of this browser; makes its cookie value on first use.

    Salted, so that it differs each time: a token that stood the same in every compressed page could
    be guessed from the pages' lengths (BREACH).
    """
    known = request.cookies.get(browser_cookie_name(request)) or getattr(
        request.state, "new_browser", None
    )
    if not known:
        known = request.state.new_browser = random_id(26)
    salt = random_id(_SALT_LENGTH)
    return f"{salt}{digest(request.app.state.settings.key, 'csrf', known, salt)}"


def keep_browser_cookie(request: Request, response: Response) -> None:
    """Set the cookie that `csrf_token` made, if it made one."""
    made = getattr(request.state, "new_browser", None)
    if made:
        response.set_cookie(
            browser_cookie_name(request),
            made,
            max_age=400 * 24 * 3600,
            httponly=True,
            samesite="lax",
            secure=request.app.state.settings.over_https,
        )


async def own_pages_only(request: Request, form: Annotated[Submitted, Depends(submitted)]) -> None:
    """Refuse an unsafe request without the browser's token or from another origin."""
    if request.method in _SAFE_METHODS:
        return
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.url.netloc:
        raise ForeignRequest
    browser = request.cookies.get(browser_cookie_name(request), "")
    sent = request.headers.get(HEADER) or form.text(FIELD)
    salt, mac = sent[:_SALT_LENGTH], sent[_SALT_LENGTH:]
    expected = digest(request.app.state.settings.key, "csrf", browser, salt)
    if not browser or not same(mac, expected):
        raise ForeignRequest
