"""The fields of a lesson that a file can fill, and the headings under which people keep them."""

from __future__ import annotations

import re
from collections.abc import Iterable

TEXT_FIELDS = (
    "context",
    "expected",
    "happened",
    "why",
    "lesson",
    "recommendation",
    "applies_when",
    "not_when",
)
SINGLE_FIELDS = (
    "kind",
    "title",
    "cause_type",
    "team",
    "visibility",
    "author_mode",
    "author",
    "occurred_on",
    "posted_at",
    "external_id",
    "source_url",
)
FIELDS = (*TEXT_FIELDS, *SINGLE_FIELDS, "topics")
"""Everything that `--map COLUMN=FIELD` may name; texts and topics may be fed by many columns."""

OWN_COLUMNS = (
    "id",
    "external_id",
    "kind",
    "title",
    "context",
    "expected",
    "happened",
    "why",
    "cause_type",
    "lesson",
    "recommendation",
    "applies_when",
    "not_when",
    "topics",
    "team",
    "visibility",
    "author_mode",
    "author",
    "occurred_on",
    "posted_at",
    "source_url",
    "revision",
    "state",
    "url",
)
"""What an export writes, in order; a file with all of these is read back to the letter."""

REJECT_COLUMNS = ("row", "column", "reason")
"""In front of every row in a file of rejected rows; not part of the data."""


def is_own(columns: Iterable[str]) -> bool:
    """Whether columns are those of an export of ours."""
    return set(OWN_COLUMNS) <= set(columns)


_SYNONYMS: dict[str, tuple[str, ...]] = {
    "kind": ("kind", "lesson kind", "lesson type", "entry type", "type of lesson"),
    "title": ("title", "lesson title", "headline", "subject", "heading", "summary title"),
    "context": ("context", "abstract", "background", "situation", "what we were doing", "setting"),
    "expected": (
        "expected",
        "expectation",
        "what we expected",
        "what was expected",
        "what should have happened",
        "planned",
    ),
    "happened": (
        "happened",
        "what happened",
        "what actually happened",
        "driving event",
        "description of driving event",
        "narrative",
        "event description",
        "incident description",
        "problem",
        "event",
    ),
    "why": ("why", "cause", "root cause", "why it happened", "reason for it", "analysis"),
    "cause_type": ("cause type", "cause category", "root cause category"),
    "lesson": (
        "lesson",
        "lessons",
        "lesson learned",
        "lessons learned",
        "lesson learnt",
        "lessons learnt",
        "what we learned",
        "what we learnt",
        "what i learned",
        "what was learned",
        "learning",
        "key learning",
        "takeaway",
        "insight",
    ),
    "recommendation": (
        "recommendation",
        "recommendations",
        "recommended action",
        "what to do next time",
        "corrective action",
        "immediate action taken",
        "action taken",
        "advice",
    ),
    "applies_when": ("applies when", "applies to", "applicability", "when it applies", "use when"),
    "not_when": ("not when", "does not apply when", "not applicable when", "exceptions"),
    "topics": ("topics", "topic", "tags", "tag", "keywords", "category", "categories", "folder"),
    "team": ("team", "team name", "department"),
    "visibility": ("visibility", "visible to", "shared with"),
    "author_mode": ("author mode", "authorship"),
    "author": ("author", "author email", "posted by", "written by", "submitted by", "who"),
    "occurred_on": (
        "occurred on",
        "date lesson occurred",
        "date occurred",
        "event date",
        "event start date",
        "date of event",
        "when",
        "date",
    ),
    "posted_at": (
        "posted at",
        "posted on",
        "publish date",
        "published",
        "published at",
        "date published",
        "date submitted",
        "created",
        "created at",
    ),
    "external_id": (
        "external id",
        "lesson id",
        "record id",
        "record number",
        "reference",
        "id",
        "tracking",
        "number",
    ),
    "source_url": ("source url", "url", "link", "source link", "web address"),
}


def plain_name(heading: str) -> str:
    """A heading without case, punctuation and “(s)”: how headings are compared."""
    return " ".join(re.findall(r"\w+", heading.casefold().replace("(s)", "s").replace("_", " ")))


_FIELD_OF = {plain_name(name): field for field, names in _SYNONYMS.items() for name in names}
_RANK = {plain_name(name): rank for names in _SYNONYMS.values() for rank, name in enumerate(names)}


def field_of(heading: str) -> str:
    """The field that a heading speaks of, or ''."""
    return _FIELD_OF.get(plain_name(heading), "")


def rank_of(heading: str) -> int:
    """How surely a heading means its field: 0 is the surest."""
    return _RANK.get(plain_name(heading), len(_RANK))


def is_known_heading(heading: str) -> bool:
    """Whether a text is one of the headings that people use for a field of a lesson."""
    return plain_name(heading) in _FIELD_OF
