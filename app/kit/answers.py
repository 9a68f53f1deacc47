"""Every error, in the form that the asker reads: JSON for programs, a page for people."""

import errno
import sqlite3
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import quote

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from starlette.exceptions import HTTPException
from starlette.routing import Match

from app.kit.errors import Conflict, Invalid, NotFound, Problem, Unavailable
from app.kit.forms import errors_by_field
from app.kit.headers import SAFE_HEADERS
from app.kit.web import error_page, redirect

API_ROOT = "/api/"
_DATABASE_FULL = (sqlite3.SQLITE_FULL, "53100")
_DISK_FULL = (errno.ENOSPC, errno.EDQUOT)
_log = structlog.get_logger("answers")

_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
_HTTP_WORDS = {
    400: ("bad_request", "The request could not be understood. Nothing was changed."),
    405: ("method_not_allowed", "This address does not take that kind of request."),
    413: ("too_large", "This is larger than the limit. Send less, or in parts."),
}


class SignInNeeded(Problem):
    """Nobody is signed in; a page sends the person to sign in and back."""

    status = 401
    code = "sign_in_needed"
    message = "Sign in first."

    @property
    def headers(self) -> dict[str, str]:
        return {"WWW-Authenticate": 'Bearer realm="commonplace"'}


class StorageFull(Problem):
    status = 507
    code = "storage_full"
    message = (
        "There is no room left on the server's disk, so nothing was saved. Reading goes on. "
        "Tell your administrator, and send it again when there is room."
    )

    @property
    def headers(self) -> dict[str, str]:
        return {"Retry-After": "60"}


class _HttpProblem(Problem):
    def __init__(self, error: HTTPException):
        code, message = _HTTP_WORDS.get(
            error.status_code, ("refused", HTTPStatus(error.status_code).phrase + ".")
        )
        super().__init__(message)
        self.status = error.status_code  # type: ignore[misc]
        self.code = code  # type: ignore[misc]
        self._headers = dict(error.headers or {})

    @property
    def headers(self) -> dict[str, str]:
        return self._headers


class Broken(Problem):
    status = 500
    code = "broken"
    message = "Something broke on our side; nothing was changed. Try again."

    @classmethod
    def with_reference(cls, reference: str) -> "Broken":
        """With the id of the log's lines about this request."""
        return cls(
            f"{cls.message} If it happens again, tell your administrator: reference {reference}."
        )


def is_for_programs(request: Request) -> bool:
    return request.url.path.startswith(API_ROOT)


def error_json(problem: Problem) -> JSONResponse:
    """The one error form of the API."""
    body = {"code": problem.code, "message": problem.message, "fields": problem.fields}
    return JSONResponse({"error": body}, problem.status, problem.headers)


def answer(request: Request, problem: Problem) -> Response:
    """`problem` in the form that the asker reads."""
    if is_for_programs(request):
        return error_json(problem)
    if isinstance(problem, SignInNeeded):
        return _to_sign_in(request)
    return error_page(request, problem)


def _to_sign_in(request: Request) -> Response:
    target = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    come_back = f"?next={quote(target)}" if request.method == "GET" and target != "/" else ""
    if "HX-Request" in request.headers:
        return Response(status_code=200, headers={"HX-Redirect": f"/sign-in{come_back}"})
    return redirect(request, f"/sign-in{come_back}")


def _methods_of(request: Request) -> list[str]:
    """The methods that the address takes: by itself a router names those of one route alone."""
    return [
        method
        for method in _METHODS
        if any(
            route.matches({**request.scope, "method": method})[0] is Match.FULL
            for route in request.app.router.routes
        )
    ]


def _on_problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)
    return answer(request, error)


def _on_invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    places = {part for item in error.errors() for part in item["loc"][:1]}
    if "path" in places:
        return answer(request, NotFound())
    return answer(request, Invalid(fields=errors_by_field(error.errors())))


def _on_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        error.headers = {"Allow": ", ".join(_methods_of(request))}
    known = NotFound() if error.status_code == HTTPStatus.NOT_FOUND else _HttpProblem(error)
    return answer(request, known)


def _on_refused(request: Request, error: Exception) -> Response:
    if _is_full(error):
        return _on_full(request, error)
    _log.warning("database refused", error=str(error))
    return answer(
        request,
        Unavailable(
            "The database is not available just now. Nothing was changed; try again in a minute."
        ),
    )


def _is_full(error: BaseException | None) -> bool:
    """Whether the database had no room: SQLite and PostgreSQL each say so by a number. SQLite then
    ends the whole transaction, so that the error may come after it, from ending a part of it."""
    while error is not None:
        cause = getattr(error, "orig", None)
        code = getattr(cause, "sqlite_errorcode", None) or getattr(cause, "sqlstate", None)
        if code in _DATABASE_FULL:
            return True
        error = error.__context__
    return False


def _on_full(request: Request, error: Exception) -> Response:
    _log.error("no room on the disk", error=str(error))
    return answer(request, StorageFull())


def _on_system(request: Request, error: Exception) -> Response:
    if isinstance(error, OSError) and error.errno in _DISK_FULL:
        return _on_full(request, error)
    raise error


def _on_clash(request: Request, error: Exception) -> Response:
    # Two at once made what there can be only one of; the second may simply repeat.
    _log.info("two at once", error=type(error).__name__)
    return answer(request, Conflict())


def _on_broken(request: Request, _error: Exception) -> Response:
    broken = Broken.with_reference(getattr(request.state, "reference", "none"))
    response = answer(request, broken)
    # This answer is given outside of the layers that put the headers on every other.
    response.headers.update(SAFE_HEADERS)
    return response


def _on_unstorable(request: Request, error: Exception) -> Response:
    # PostgreSQL takes no NUL in texts, ids in addresses among them.
    _log.info("not storable", error=type(error).__name__)
    reads = request.method in ("GET", "HEAD")
    return answer(request, NotFound() if reads else Invalid())


_HANDLERS: dict[type[Exception], Callable[[Request, Exception], Response]] = {
    Problem: _on_problem,
    RequestValidationError: _on_invalid,
    HTTPException: _on_http,
    OperationalError: _on_refused,
    OSError: _on_system,
    IntegrityError: _on_clash,
    DataError: _on_unstorable,
    Exception: _on_broken,
}


def install_answers(app: FastAPI) -> None:
    """Answer problems, refused input, unknown addresses and our own failures."""
    for kind, handler in _HANDLERS.items():
        app.add_exception_handler(kind, handler)
