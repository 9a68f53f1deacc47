"""Answers for a browser: a page, a redirect, an error page; and the words every page knows."""

import base64
import json
from collections.abc import Mapping
from typing import Any

from fastapi import Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from app.kit.csrf import csrf_token, keep_browser_cookie
from app.kit.errors import Problem

_FLASH = "flash"
_FLASH_SECONDS = 60


def page(
    request: Request,
    template: str,
    *,
    status_code: int = 200,
    headers: Mapping[str, str] | None = None,
    **context: Any,
) -> HTMLResponse:
    """Render `template` with what every page knows and `context`."""
    environment = request.app.state.templates
    known = {
        "request": request,
        "me": getattr(request.state, "me", None),
        "csrf_token": csrf_token(request),
        "organisation": getattr(request.state, "organisation", None),
        "unread": getattr(request.state, "unread", 0),
        "flashes": _read_flashes(request),
        "now": request.app.state.clock(),
        "nav": request.app.state.navigation(request),
    }
    html = environment.get_template(template).render(known | context)
    response = HTMLResponse(html, status_code, headers)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Vary"] = "HX-Request, Cookie"
    keep_browser_cookie(request, response)
    if _FLASH in request.cookies:
        response.delete_cookie(_FLASH)
    return response


def wants_fragment(request: Request) -> bool:
    """Whether HTMX asks for a part of the page (not when it restores a page from history)."""
    headers = request.headers
    return "HX-Request" in headers and "HX-History-Restore-Request" not in headers


def redirect(
    request: Request, url: str, *, notice: str | None = None, problem: str | None = None
) -> Response:
    """See other: the next page is fetched anew, and says `notice` or `problem` once."""
    response = RedirectResponse(url, 303)
    keep_browser_cookie(request, response)
    said = [(level, text) for level, text in (("notice", notice), ("problem", problem)) if text]
    if said:
        value = base64.urlsafe_b64encode(json.dumps(said).encode()).decode()
        response.set_cookie(_FLASH, value, max_age=_FLASH_SECONDS, httponly=True, samesite="lax")
    return response


def own_path(url: str, default: str = "/") -> str:
    """`url` if it is a path on this site, else `default`: redirects must not lead elsewhere."""
    safe = url.startswith("/") and not url.startswith(("//", "/\\")) and url.isprintable()
    return url if safe else default


def error_page(request: Request, problem: Problem) -> Response:
    """A problem as a page, in the same frame as every other; for HTMX as the part that it asked
    for, so that the rest of the page stays."""
    _, _, target = request.headers.get("HX-Target", "").partition("#")
    return page(
        request,
        "shared/_problem.html" if wants_fragment(request) else "shared/error.html",
        target=target,
        status_code=problem.status,
        headers=problem.headers,
        status=problem.status,
        message=problem.message,
        fields=problem.fields,
        advice=problem.advice,
        way_on=problem.way_on,
    )


def _read_flashes(request: Request) -> list[tuple[str, str]]:
    try:
        said = json.loads(base64.urlsafe_b64decode(request.cookies.get(_FLASH, "")))
        return [(str(level), str(text)[:500]) for level, text in said]
    except (ValueError, TypeError):
        return []
