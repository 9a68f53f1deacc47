"""One lesson as a page of Markdown: front matter, then its texts under headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import yaml

from app.transfer.fields import TEXT_FIELDS, field_of, plain_name
from app.transfer.files.rows import Value

MARK = "commonplace"
"""Key in the front matter of pages written here; such a page is read back to the letter."""

SECTIONS = {
    "context": "Context",
    "expected": "Expected",
    "happened": "What happened",
    "why": "Why",
    "lesson": "Lesson",
    "recommendation": "Recommendation",
    "applies_when": "Applies when",
    "not_when": "Not when",
}
_SECTION_NAMES = {
    **{plain_name(name): field for field, name in SECTIONS.items()},
    "what we expected": "expected",
    "why it happened": "why",
    "lessons": "lesson",
    "lesson learned": "lesson",
    "lessons learned": "lesson",
    "what we learned": "lesson",
    "what i learned": "lesson",
    "recommendations": "recommendation",
}
_FRONT = re.compile(r"\A---[ \t]*\n(.*?\n)??(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_HEADING = re.compile(r"(#{1,6})[ \t]+(.*?)[ \t#]*")
_OWN_SECTION = re.compile(r"## (" + "|".join(SECTIONS.values()) + r")")
_ESCAPED_SECTION = re.compile(r"\\+" + _OWN_SECTION.pattern)
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


class PageError(ValueError):
    """The page cannot be read; the message says why."""


class _PlainLoader(yaml.BaseLoader):
    """YAML whose values stay as written, and which cannot grow by references to itself."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise PageError("the front matter refers to itself (*name); write its values out")
        return super().compose_node(parent, index)


def parse_page(text: str, file_name: str) -> dict[str, Value]:
    """The values of a page: front matter keys, title and texts.

    `file_name` (without ending) gives the title where neither front matter nor a first heading
    does. Raises PageError for front matter that is no YAML.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    front, body = _split_front(text)
    found = _front_values(front)
    # What stands between two rules but has no “key: value” lines is text like any other.
    values, body = (found, body) if found is not None else ({}, text)
    if MARK in values:
        return {**values, **dict.fromkeys(TEXT_FIELDS, ""), **_own_sections(body)}
    heading, body = _first_heading(body)
    has_title = any(field_of(key) == "title" for key in values)
    if not has_title:
        values["title"] = heading or re.sub(r"[-_]+", " ", file_name).strip().capitalize()
    return {**values, **_sections(body)}


def format_page(front: Mapping[str, Value | int], texts: Mapping[str, str]) -> str:
    """Write a page that `parse_page` reads back to the same; empty texts are left out."""
    head = yaml.safe_dump(dict(front), allow_unicode=True, sort_keys=False, width=10_000)
    parts = [f"---\n{head}---\n"]
    for field in TEXT_FIELDS:
        if texts.get(field):
            lines = (_escaped(line) for line in texts[field].split("\n"))
            parts.append(f"\n## {SECTIONS[field]}\n\n" + "\n".join(lines) + "\n")
    return "".join(parts)


def _escaped(line: str) -> str:
    if _OWN_SECTION.fullmatch(line) or _ESCAPED_SECTION.fullmatch(line):
        return "\\" + line
    return line


def _split_front(text: str) -> tuple[str, str]:
    match = _FRONT.match(text)
    if match is None:
        return "", text
    return match[1] or "", text[match.end() :]


def _front_values(front: str) -> dict[str, Value] | None:
    try:
        found = yaml.load(front, _PlainLoader)  # noqa: S506 - makes nothing but texts
    except (yaml.YAMLError, RecursionError) as error:
        where = getattr(error, "problem_mark", None)
        at = f" at its line {where.line + 1}" if where else ""
        raise PageError(f"the front matter between the --- lines is not YAML{at}") from error
    if not isinstance(found, dict):
        return None
    return {str(key): _plain(value) for key, value in found.items()}


def _plain(value: object) -> Value:
    if isinstance(value, list):
        return [part if isinstance(part, str) else str(part) for part in value]
    return value if isinstance(value, str) else str(value)


def _own_sections(body: str) -> dict[str, Value]:
    field_named = {name: field for field, name in SECTIONS.items()}
    texts: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in body.split("\n"):
        match = _OWN_SECTION.fullmatch(line)
        if match is not None:
            lines = texts.setdefault(field_named[match[1]], [])
        else:
            lines.append(line[1:] if _ESCAPED_SECTION.fullmatch(line) else line)
    return {field: "\n".join(part).strip("\n") for field, part in texts.items()}


def _first_heading(body: str) -> tuple[str, str]:
    """The heading that opens the page, and the rest."""
    opening, _, rest = body.lstrip("\n").partition("\n")
    match = _HEADING.fullmatch(opening)
    if match is None or plain_name(match[2]) in _SECTION_NAMES:
        return "", body
    return match[2], rest


def _sections(body: str) -> dict[str, Value]:
    """Texts under headings that name a part of a lesson; else all of it is the lesson.

    What stands before the first part introduces it; what comes under other headings of the same
    rank afterwards belongs to the lesson.
    """
    texts: dict[str, list[str]] = {}
    lines: list[str] = texts.setdefault("", [])
    rank = 0
    for line, in_code in _with_code(body.split("\n")):
        match = None if in_code else _HEADING.fullmatch(line)
        field = _SECTION_NAMES.get(plain_name(match[2]), "") if match else ""
        if match and field:
            lines, rank = texts.setdefault(field, []), len(match[1])
        elif match and len(match[1]) <= rank:
            lines, rank = texts.setdefault("lesson", []), 0
            lines.append(line)
        else:
            lines.append(line)
    found = {field: "\n".join(part).strip() for field, part in texts.items()}
    before = found.pop("", "")
    if before:
        field = "context" if found.get("lesson") else "lesson"
        found[field] = "\n\n".join(part for part in (before, found.get(field, "")) if part)
    return {field: text for field, text in found.items() if text}


def _with_code(lines: Iterable[str]) -> Iterable[tuple[str, bool]]:
    """Lines, and whether they belong to a fenced block of code."""
    fence = ""
    for line in lines:
        match = _FENCE.match(line)
        if fence:
            yield line, True
            if match and match[1].startswith(fence):
                fence = ""
        else:
            fence = match[1] if match else ""
            yield line, bool(match)
