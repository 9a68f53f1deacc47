"""What changed between two versions of a lesson, word by word, for reading."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from app.lessons.labels import field_label

_WORDS = re.compile(r"\s+|[^\s\w]|\w+")
# Beyond this, comparing word by word takes seconds; lines are compared instead.
_MOST_WORDS = 4_000

Change = Literal["same", "added", "removed"]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """How one field changed: pieces of text, each kept, added or removed."""

    label: str
    pieces: Sequence[tuple[Change, str]]


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[FieldChange]:
    """The fields that differ between two kept contents, in the order of the lesson."""
    changes = []
    for name in after:
        old, new = _as_text(before.get(name)), _as_text(after[name])
        if old != new:
            changes.append(FieldChange(field_label(name), tuple(_pieces(old, new))))
    return changes


def _as_text(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(value)
    return "" if value is None else str(value)


def _pieces(old: str, new: str) -> Iterator[tuple[Change, str]]:
    left, right = _WORDS.findall(old), _WORDS.findall(new)
    if max(len(left), len(right)) > _MOST_WORDS:
        left, right = old.splitlines(keepends=True), new.splitlines(keepends=True)
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    for action, i, j, k, m in matcher.get_opcodes():
        if action == "equal":
            yield "same", "".join(left[i:j])
            continue
        if j > i:
            yield "removed", "".join(left[i:j])
        if m > k:
            yield "added", "".join(right[k:m])
