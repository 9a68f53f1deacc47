"""What a form sent: texts and files, and how they become a checked value."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request
from pydantic import BaseModel, ValidationError
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException

Schema = TypeVar("Schema", bound=BaseModel)

_WHERE = ("body", "query", "path", "header")
_LARGEST_PART = 4 * 1024 * 1024
_TOO_LARGE = 413
_MOST_DIGITS = 10


@dataclass(frozen=True, slots=True)
class Submitted:
    """The fields of a form, as typed: names to values in the order sent."""

    values: Mapping[str, Sequence[str]] = field(default_factory=dict)
    files: Mapping[str, UploadFile] = field(default_factory=dict)

    def text(self, name: str, default: str = "") -> str:
        """The last value of a field, with surrounding space and carriage returns removed."""
        values = self.values.get(name)
        return values[-1].replace("\r\n", "\n").strip() if values else default

    def texts(self, name: str) -> list[str]:
        """All values of a field that may be repeated."""
        return [value.strip() for value in self.values.get(name, ()) if value.strip()]

    def with_text(self, name: str, text: str) -> "Submitted":
        """The same form with another text in one field."""
        return Submitted({**self.values, name: [text]}, self.files)

    def as_dict(self) -> dict[str, str]:
        """Every field's text, for showing the form again as it was."""
        return {name: self.text(name) for name in self.values}


async def submitted(request: Request) -> AsyncIterator[Submitted]:
    """Read the form of an unsafe request; empty for others. Files are gone after the answer."""
    kind = request.headers.get("content-type", "")
    if request.method in {"GET", "HEAD"} or not kind.startswith(
        ("application/x-www-form-urlencoded", "multipart/form-data")
    ):
        yield Submitted()
        return
    parts = request.form(max_files=5, max_fields=200, max_part_size=_LARGEST_PART)
    try:
        data = await parts
    except HTTPException as error:
        if "maximum size" in error.detail:  # the framework calls it a bad request
            raise HTTPException(_TOO_LARGE) from error
        raise
    try:
        yield _by_name(data)
    finally:
        await data.close()


def _by_name(data: FormData) -> Submitted:
    values: dict[str, list[str]] = {}
    files: dict[str, UploadFile] = {}
    for name, value in data.multi_items():
        if isinstance(value, UploadFile):
            if value.filename:
                files[name] = value
        else:
            values.setdefault(_storable(name), []).append(_storable(value))
    return Submitted(values, files)


def _storable(text: str) -> str:
    # No NUL, which PostgreSQL takes in no text, and no half character, which no answer could carry:
    # a form may name an encoding that has them.
    return _printable(text.replace("\x00", ""))


def whole_number(text: str) -> int:
    """The number that a text says, as revisions and pages are; 0 for what is none, and for what has
    more digits than anything here could have."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < _MOST_DIGITS else 0


Form = Annotated[Submitted, Depends(submitted)]


def checked(schema: type[Schema], data: Mapping[str, Any]) -> tuple[Schema | None, dict[str, str]]:
    """`(value, {})` when `data` fits the schema, else `(None, errors by field)`."""
    try:
        return schema.model_validate(data), {}
    except ValidationError as error:
        return None, errors_by_field(error.errors(include_url=False))


def errors_by_field(errors: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Pydantic's errors as one sentence a field, in plain words, without the body's own prefix."""
    found: dict[str, str] = {}
    for error in errors:
        place = [_printable(part) for part in error["loc"] if part not in _WHERE]
        found.setdefault(".".join(place) or "body", _in_words(error))
    return found


def _printable(part: object) -> str:
    # A name that was sent may hold half a character, which no answer could carry.
    return str(part).encode(errors="replace").decode()


def _in_words(error: Mapping[str, Any]) -> str:
    kind, context = error["type"], error.get("ctx", {})
    if context.get("field_type") == "Value":  # how a text is called once it was cleaned
        kind = f"string_{kind}"
    if kind in ("missing", "string_too_short") and context.get("min_length", 1) == 1:
        return "Please fill this in."
    if kind == "string_too_short":
        return f"Use at least {context['min_length']} characters."
    if kind == "string_too_long":
        return f"Use at most {context['max_length']:,} characters."
    if kind in ("enum", "literal_error"):
        return f"Choose one of: {context['expected'].replace(chr(39), '')}."
    if kind == "string_pattern_mismatch":
        return "This is not of the form that is expected here."
    if kind.startswith("date"):
        return "Give a date like 2026-03-14."
    if kind == "extra_forbidden":
        return "There is no such field."
    message = str(error["msg"]).removeprefix("Value error, ")
    return message if message.endswith((".", "?", "!")) else message + "."
