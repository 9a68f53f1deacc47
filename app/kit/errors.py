"""The root of every error a person or a program may see: it carries its own status and code."""

from collections.abc import Mapping
from typing import ClassVar


class Problem(Exception):
    """An act refused. The message speaks to the person and says what to do.

    `status` is the HTTP status, `code` a stable word for programs, `fields` maps a field's name to
    what is wrong with it.
    """

    status: ClassVar[int] = 400
    code: ClassVar[str] = "bad_request"
    message: str = "This could not be done."
    #: What an error page offers next: an address and its words.
    way_on: ClassVar[tuple[str, str]] = ("/", "Go to the first page")
    #: What an error page says beneath the message, instead of what it says for the status.
    advice: ClassVar[str] = ""

    def __init__(self, message: str | None = None, *, fields: Mapping[str, str] | None = None):
        self.message = message or type(self).message
        self.fields = dict(fields or {})
        super().__init__(self.message)

    @property
    def headers(self) -> dict[str, str]:
        """Headers that the answer must carry."""
        return {}


class NotFound(Problem):
    """Missing and forbidden look the same, so that nothing can be probed."""

    status = 404
    code = "not_found"
    message = "There is nothing here, or it is not shared with you."


class Forbidden(Problem):
    """For acts on what the person can see: hiding those would only confuse."""

    status = 403
    code = "forbidden"
    message = "You may not do this. Ask an administrator if you think you should."


class Invalid(Problem):
    """Input that cannot be taken as it is; `fields` says where."""

    status = 422
    code = "invalid"
    message = "Some of this could not be accepted. Nothing was changed."


class Conflict(Problem):
    status = 409
    code = "conflict"
    message = "Something else was changed in the meantime. Look again and repeat."


class Unavailable(Problem):
    status = 503
    code = "unavailable"
    message = "This cannot be done just now. Try again in a minute."

    @property
    def headers(self) -> dict[str, str]:
        return {"Retry-After": "5"}
