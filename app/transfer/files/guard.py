"""Keeping spreadsheets from running a cell: an apostrophe before what looks like a formula."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from app.transfer.fields import REJECT_COLUMNS, is_own

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
"""What spreadsheets take for a formula (OWASP, “CSV injection”), or was guarded already."""


def guarded(text: str) -> str:
    """The text with an apostrophe in front if a spreadsheet could take it for a formula."""
    return "'" + text if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """Take back what `guarded` did; other texts stay."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def cell_reader(columns: Sequence[str]) -> Callable[[str], str]:
    """How cells under these columns are read: in tables that we wrote, the guard is taken back."""
    ours = is_own(columns) or tuple(columns[: len(REJECT_COLUMNS)]) == REJECT_COLUMNS
    return unguarded if ours else str
