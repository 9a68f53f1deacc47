"""Exports of well-known public collections, told by their headings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.transfer.fields import plain_name


@dataclass(frozen=True)
class KnownExport:
    """How one collection writes its lessons.

    `signs` are the headings that tell it; `fields` what its columns mean ("-": nothing);
    `id_prefix` stands before its numbers; `labels` introduce a column that joins another's text;
    `url` is where a record can be read, with {id}.
    """

    name: str
    signs: tuple[str, ...]
    fields: dict[str, str]
    id_prefix: str
    labels: dict[str, str] = field(default_factory=dict)
    url: str = ""


NOTHING_SAID = frozenset({"", "n/a", "na", "n?a", "none", "not specified", "not applicable", "-"})
"""What those collections write where they have nothing to say."""

_KNOWN = (
    KnownExport(
        "NASA lessons learned",
        ("Lesson ID", "Lesson(s) Learned"),
        {"Evidence": "recommendation"},
        "LLIS-",
        {"Evidence": "Evidence: "},
        "https://llis.nasa.gov/lesson/{id}",
    ),
    KnownExport(
        "SAFENET",
        ("SAFENET ID", "Narrative"),
        {
            "ID": "-",
            "SAFENET ID": "external_id",
            "Incident Name": "title",
            "Contributing Factors": "topics",
            "Human Factors": "topics",
            "SAFENET Create Date": "posted_at",
        },
        "SAFENET-",
    ),
    KnownExport(
        "SAFECOM",
        ("Tracking #", "Narrative", "Corrective Action"),
        {
            "Tracking #": "external_id",
            "Type": "-",
            "Hazard": "topics",
            "Airspace": "topics",
            "Maintenance": "topics",
        },
        "SAFECOM-",
    ),
    KnownExport(
        "ASRS",
        ("ACN", "Report 1 / Narrative"),
        {
            "ACN": "external_id",
            "Time / Date": "occurred_on",
            "Report 1 / Narrative": "happened",
            "Report 2 / Narrative": "happened",
            "Report 1 / Synopsis": "title",
            "Assessments / Contributing Factors / Situations": "topics",
        },
        "ASRS-",
    ),
)


def known_export(columns: Sequence[str]) -> KnownExport | None:
    """The collection that these headings belong to, if any."""
    plain = {plain_name(column) for column in columns}
    for export in _KNOWN:
        if all(plain_name(sign) in plain for sign in export.signs):
            return export
    return None
