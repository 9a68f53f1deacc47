"""Forms about people: what was typed is checked whole, and comes back when it is refused."""

from collections.abc import Mapping
from typing import Any, TypeVar

from fastapi import Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel

from app.kit.csrf import FIELD
from app.kit.errors import Invalid, Problem
from app.kit.forms import Submitted, checked
from app.kit.web import page

Schema = TypeVar("Schema", bound=BaseModel)


def accepted(schema: type[Schema], data: Mapping[str, Any]) -> Schema:
    """`data` as a checked value; raises Invalid that names each wrong field."""
    value, errors = checked(schema, data)
    if value is None:
        # What is wrong with the third line of a list is shown at the list.
        raise Invalid(fields={place.partition(".")[0]: words for place, words in errors.items()})
    return value


def secret(form: Submitted, name: str) -> str:
    """A password as typed: `Submitted.text` would remove the spaces around it."""
    values = form.values.get(name)
    return values[-1] if values else ""


def typed(form: Submitted) -> dict[str, str]:
    """What comes back into a refused form: everything but what is secret."""
    kept = form.as_dict().items()
    return {
        name: text
        for name, text in kept
        if name != FIELD and name != "current" and "password" not in name
    }


def form_page(
    request: Request, template: str, problem: Problem | None = None, **context: Any
) -> HTMLResponse:
    """A page with a form: as new, or with what `problem` says is wrong with it."""
    if problem is None:
        return page(request, template, errors={}, **context)
    errors = problem.fields or {"": problem.message}
    return page(
        request,
        template,
        status_code=problem.status,
        headers=problem.headers,
        errors=errors,
        **context,
    )
