"""What changed between two versions of a lesson, word by word, for reading."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from app.lessons.labels import cause_label, field_label, kind_label

_WORDS = re.compile(r"\s+|[^\s\w]|\w+")
# Beyond this, comparing word by word takes seconds; lines are compared instead, and beyond as many
# lines nothing is.
_MOST_COMPARED = 4_000
# Where so many pairs of words are alike, those that make most of them begin no match: what repeats
# itself would be compared for minutes. Between two matches they still count as the same.
_MOST_PAIRS, _COMMON_PAIRS = 40_000, 25
# What stayed is folded from so many characters on; so many of it stand beside what changed.
_FOLDED_FROM, _KEPT_BESIDE = 480, 140

Change = Literal["same", "added", "removed"]
Piece = tuple[Change, str]
_NAMED = {"kind": kind_label, "cause_type": cause_label}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """How one field changed: pieces of text, each kept, added or removed."""

    name: str
    pieces: Sequence[Piece]

    @property
    def label(self) -> str:
        return field_label(self.name)

    @property
    def deed(self) -> Literal["changed", "added", "removed"]:
        """What happened to the field as a whole."""
        kinds = {what for what, text in self.pieces if text.strip()}
        if kinds == {"added"}:
            return "added"
        return "removed" if kinds == {"removed"} else "changed"

    @property
    def readable(self) -> list[tuple[str, str]]:
        """The pieces with what stayed for long cut out of the middle, as pieces called "folded"."""
        last = len(self.pieces) - 1
        found: list[tuple[str, str]] = []
        for at, (what, text) in enumerate(self.pieces):
            if what != "same" or len(text) < _FOLDED_FROM or not last:
                found.append((what, text))
                continue
            start = _word_end(text, _KEPT_BESIDE) if at else 0
            end = _word_start(text, len(text) - _KEPT_BESIDE) if at < last else len(text)
            found += [("same", text[:start]), ("folded", text[start:end]), ("same", text[end:])]
        return [(what, text) for what, text in found if text]


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[FieldChange]:
    """The fields that differ between two kept contents, in the order of the lesson."""
    changes = []
    for name in after:
        old, new = _as_text(name, before.get(name)), _as_text(name, after[name])
        if old != new:
            changes.append(FieldChange(name, tuple(_joined(_pieces(old, new)))))
    return changes


def _as_text(name: str, value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(value)
    text = "" if value is None else str(value)
    return _NAMED[name](text) if text and name in _NAMED else text


def _pieces(old: str, new: str) -> Iterator[Piece]:
    left, right = _WORDS.findall(old), _WORDS.findall(new)
    if max(len(left), len(right)) > _MOST_COMPARED:
        left, right = old.splitlines(keepends=True), new.splitlines(keepends=True)
    if max(len(left), len(right)) > _MOST_COMPARED:
        left, right = [old], [new]
    matcher = SequenceMatcher(_too_common(left, right).__contains__, left, right, autojunk=False)
    for action, i, j, k, m in matcher.get_opcodes():
        if action == "equal":
            yield "same", "".join(left[i:j])
            continue
        if j > i:
            yield "removed", "".join(left[i:j])
        if m > k:
            yield "added", "".join(right[k:m])


def _too_common(left: Sequence[str], right: Sequence[str]) -> set[str]:
    before, after = Counter(left), Counter(right)
    pairs = {word: count * after[word] for word, count in before.items()}
    if sum(pairs.values()) <= _MOST_PAIRS:
        return set()
    return {word for word, count in pairs.items() if count > _COMMON_PAIRS}


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """A sentence that was put in other words reads as one, not as confetti: what stayed between two
    replacements and is no whole word counts as replaced with them."""
    removed = added = kept = ""
    for what, text in pieces:
        if what == "same" and removed and added and not re.search(r"\w", text):
            kept += text
        elif what == "same":
            yield from _replaced(removed, added, kept)
            yield "same", text
            removed = added = kept = ""
        elif what == "removed":
            removed, added, kept = removed + kept + text, added + kept, ""
        elif kept:
            removed, added, kept = removed + kept, added + kept + text, ""
        else:
            added += text
    yield from _replaced(removed, added, kept)


def _replaced(removed: str, added: str, kept: str) -> Iterator[Piece]:
    found: tuple[Piece, ...] = (("removed", removed), ("added", added), ("same", kept))
    yield from ((what, text) for what, text in found if text)


def _word_end(text: str, at: int) -> int:
    found = re.compile(r"\s").search(text, at)
    return found.start() if found else len(text)


def _word_start(text: str, at: int) -> int:
    return max(text.rfind(" ", 0, at), text.rfind("\n", 0, at)) + 1
