"""Which first rows of a table are headings, and what its columns are called."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.transfer.fields import is_known_heading

MAX_COLUMNS = 1_000
_LONGEST_HEADING = 160
_ENOUGH_KNOWN = 2
_NARROWEST_GROUPED = 3
_VALUE = re.compile(
    r"[-+]?[\d.,/:\s]*\d[\d.,/:%\s-]*"  # numbers, amounts, dates written in figures
    r"|https?://\S+|\S+@\S+\.\w+",
    re.ASCII,
)


@dataclass(frozen=True)
class Headings:
    """The columns' names, each once, and how many rows they took (0, 1 or 2)."""

    columns: tuple[str, ...]
    rows_used: int


def settle_headings(first: Sequence[Sequence[str]], asked: bool | None = None) -> Headings:
    """Read the headings off a table's first rows (at least three, where it has them).

    `asked` says whether there is a heading, when a person knows; otherwise it is told by its
    look: short texts that are no figures, or names that are known. Without one the columns are
    called “column 1”, “column 2”, …. Two heading rows become “Group / Name”.
    """
    top = [_tidy(cell) for cell in first[0]]
    if asked is False or (asked is None and not _is_heading(top)):
        return Headings(_unique([""] * len(top)), 0)
    if len(first) > 1 and _groups_above(top, [_tidy(cell) for cell in first[1]]):
        return Headings(_unique(_joined(top, [_tidy(cell) for cell in first[1]])), 2)
    return Headings(_unique(top), 1)


def _tidy(cell: str) -> str:
    return " ".join(cell.replace("\ufeff", "").split())


def _is_heading(cells: Sequence[str]) -> bool:
    known = sum(1 for cell in cells if is_known_heading(cell))
    if known >= _ENOUGH_KNOWN or (known and known * 2 >= len(cells)):
        return True
    return not any(len(cell) > _LONGEST_HEADING or _VALUE.fullmatch(cell) for cell in cells)


def _groups_above(top: Sequence[str], below: Sequence[str]) -> bool:
    """Whether the first row names groups (each repeated over its columns, or left empty as
    merged cells are) and the second the columns themselves."""
    if len(top) != len(below) or len(top) < _NARROWEST_GROUPED or not _is_heading(below):
        return False
    beside = sum(1 for left, right in pairwise(top) if left and left == right)
    merged = sum(1 for left, right in pairwise(top) if left and not right)
    named_below = sum(1 for cell in below if cell)
    if named_below < len(below) * 0.8:
        return False
    if beside * 3 >= len(top):
        return True
    # Empty cells alone prove little: the second row must then hold names that are known.
    known = sum(1 for cell in below if is_known_heading(cell))
    return merged > 0 and known >= _ENOUGH_KNOWN and not any(is_known_heading(cell) for cell in top)


def _joined(top: Sequence[str], below: Sequence[str]) -> list[str]:
    names: list[str] = []
    group = ""
    for above, name in zip(top, below, strict=True):
        group = above or (group if name else "")
        names.append(f"{group} / {name}" if group and name else name or group)
    return names


def _unique(names: Sequence[str]) -> tuple[str, ...]:
    seen: set[str] = set()
    result: list[str] = []
    for position, name in enumerate(names, 1):
        base = name or f"column {position}"
        candidate, again = base, 2
        while candidate.casefold() in seen:
            candidate, again = f"{base} ({again})", again + 1
        seen.add(candidate.casefold())
        result.append(candidate)
    return tuple(result)
