"""The claim code in the author's browser: kept for an hour, for one lesson's pages and one sign-in.

A protected post redirects to the lesson like any other, so that the log of requests does not tell
the two apart; the code travels in a cookie that the lesson's page then shows.
"""

from fastapi import Request, Response

from app.kit.signing import digest, same

_CLAIM = "claim"
_NEW = "claim_is_new"
_HOUR_SECONDS = 3600
_SHOWN_SECONDS = 600


def claim_code(request: Request) -> str:
    """The claim code that this session holds for the lesson at this address, if any."""
    code, _, mac = request.cookies.get(_CLAIM, "").partition(".")
    return code if same(mac, _bound(request, code)) else ""


def is_new_claim(request: Request) -> bool:
    """Whether the code was made minutes ago, in this browser, and is to be shown."""
    return _NEW in request.cookies


def keep_claim(
    request: Request, response: Response, lesson_id: str, code: str, *, new: bool = False
) -> None:
    """Let this browser change the lesson for an hour; a new code is shown for ten minutes."""
    kept = {_CLAIM: (f"{code}.{_bound(request, code)}", _HOUR_SECONDS)} | (
        {_NEW: ("yes", _SHOWN_SECONDS)} if new else {}
    )
    for name, (value, seconds) in kept.items():
        response.set_cookie(
            name,
            value,
            max_age=seconds,
            path=f"/lessons/{lesson_id}",
            httponly=True,
            samesite="lax",
            secure=request.app.state.settings.over_https,
        )


def _bound(request: Request, code: str) -> str:
    # To this sign-in: whoever signs in next on the same browser must not see whose lesson it is.
    return digest(request.app.state.settings.key, "claim cookie", request.state.session.id, code)
