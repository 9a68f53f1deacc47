"""A plan that somebody brings as a file: its text goes into the field, after what was typed."""

from typing import BinaryIO

from app.briefs.models import WORK_LENGTH
from app.files.apart import text_in
from app.files.refusals import NotReadable
from app.kit.errors import Invalid
from app.kit.forms import Submitted

#: For the `accept` of the file field.
PLANS_ACCEPTED = ".md,.markdown,.txt,.docx,.pdf"
_MOST_MB = 20
_FIELD, _FILE = "work", "plan"


def text_of_plan(upload: BinaryIO, name: str) -> str:
    """The text of a plan in Markdown, plain text, docx or PDF. Raises NotReadable."""
    text = text_in(upload, name, most_mb=_MOST_MB).replace("\r\n", "\n").strip()
    if len(text) > WORK_LENGTH:
        raise NotReadable(
            f"This plan is longer than the {WORK_LENGTH:,} characters, some sixty pages, that a "
            "brief reads. Choose the part that says what will be done, or paste it."
        )
    return text


def with_plan(form: Submitted) -> Submitted:
    """The form with the text of its plan, if it brings one, in the field, after what was typed.
    Raises Invalid that names the plan's field."""
    plan = form.files.get(_FILE)
    if plan is None:
        return form
    try:
        text = text_of_plan(plan.file, plan.filename or "")
    except NotReadable as refusal:
        raise Invalid(fields={_FILE: refusal.message}) from refusal
    typed = form.text(_FIELD)
    if text in typed:  # it was read before
        return form
    return form.with_text(_FIELD, f"{typed}\n\n{text}" if typed else text)
