"""Which column of a file feeds which field of a lesson: suggested by name, changed by hand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from app.lessons.models import Kind
from app.transfer.dates import DateOrder
from app.transfer.fields import (
    FIELDS,
    REJECT_COLUMNS,
    SINGLE_FIELDS,
    field_of,
    is_own,
    plain_name,
    rank_of,
)
from app.transfer.files.rows import SourceRefused
from app.transfer.known_exports import KnownExport, known_export

LEARNABLE = ("lesson", "recommendation", "happened")
"""Fields of which one at least must be fed: there must be something to learn from."""


@dataclass(frozen=True)
class Mapping:
    """`fields` says which field each column feeds, in the order of the file; `default_kind` is
    for rows that say none; `date_orders` holds what was learned about columns of dates."""

    columns: tuple[str, ...]
    fields: dict[str, str]
    known: KnownExport | None = None
    id_prefix: str = ""
    default_kind: Kind | None = None
    date_orders: dict[str, DateOrder] = field(default_factory=dict)

    @property
    def is_own(self) -> bool:
        """Whether the file is an export of this product, to be read back to the letter."""
        return is_own(self.columns)

    @property
    def ignored(self) -> tuple[str, ...]:
        """Columns that feed nothing, to be listed to the person as “not imported”."""
        return tuple(
            column
            for column in self.columns
            if column not in self.fields and column not in REJECT_COLUMNS
        )

    def columns_for(self, name: str) -> tuple[str, ...]:
        """The columns that feed a field, in the order of the file."""
        return tuple(column for column, fed in self.fields.items() if fed == name)

    def missing(self) -> str:
        """Why nothing could be learned from a file mapped like this, and what to do; or ''."""
        if any(self.columns_for(name) for name in LEARNABLE):
            return ""
        return (
            "No column holds a lesson, a recommendation or what happened. The columns are: "
            f"{_listed(self.columns)}. Say which one is the lesson, for example "
            f'--map "{_example(self.columns)}=lesson"'
            " (the number of a column will do: --map 2=lesson)."
        )


def suggest_mapping(columns: Sequence[str], id_prefix: str = "") -> Mapping:
    """Map columns by their names; `id_prefix` stands before every id that lacks it.

    Where several columns claim a field that takes one, the name that is surest wins.
    """
    names = tuple(columns)
    if is_own(names):
        own = {name: name for name in names if name in FIELDS}
        return Mapping(names, own, None, id_prefix)
    known = known_export(names)
    said = {plain_name(name): feeds for name, feeds in known.fields.items()} if known else {}
    fields: dict[str, str] = {}
    for name in names:
        feeds = said.get(plain_name(name)) or field_of(name)
        if feeds and feeds != "-" and name not in REJECT_COLUMNS:
            fields[name] = feeds
    for single in SINGLE_FIELDS:
        claims = [name for name in fields if fields[name] == single]
        surest = min(claims, key=lambda n: (plain_name(n) not in said, rank_of(n)), default="")
        for name in claims:
            if name != surest:
                del fields[name]
    return Mapping(names, fields, known, id_prefix or (known.id_prefix if known else ""))


def map_by_hand(mapping: Mapping, choices: Iterable[str]) -> Mapping:
    """Apply choices written "Column=field" ("Column=-" leaves a column out).

    A field mapped by hand is fed by the columns named and no others. Raises SourceRefused for a
    column or field that does not exist.
    """
    chosen: dict[str, str] = {}
    for choice in choices:
        name, equals, feeds = choice.rpartition("=")
        feeds = plain_name(feeds).replace(" ", "_") if feeds.strip() != "-" else "-"
        if not equals or (feeds not in FIELDS and feeds != "-"):
            raise SourceRefused(
                f"“{choice}” does not map a column. Write COLUMN=FIELD, where the field is one "
                f"of {', '.join(FIELDS)}, or - to leave the column out."
            )
        chosen[_column_named(name, mapping.columns)] = feeds
    taken = set(chosen.values())
    fields = {
        column: chosen.get(column) or mapping.fields[column]
        for column in mapping.columns
        if column in chosen or mapping.fields.get(column, "") not in ("", *taken)
    }
    return replace(mapping, fields={c: f for c, f in fields.items() if f != "-"})


def _column_named(name: str, columns: Sequence[str]) -> str:
    plain = plain_name(name)
    for column in columns:
        if column == name.strip() or (plain and plain_name(column) == plain):
            return column
    number = re.fullmatch(r"#?(\d+)", name.strip())
    # A file of rejected rows is mapped as the file that it came from.
    of_data = [column for column in columns if column not in REJECT_COLUMNS]
    if number and 1 <= int(number[1]) <= len(of_data):
        return of_data[int(number[1]) - 1]
    raise SourceRefused(f"There is no column “{name}”. The columns are: {_listed(columns)}.")


def _example(columns: Sequence[str]) -> str:
    return columns[min(1, len(columns) - 1)][:60] if columns else "column 1"


def _listed(columns: Sequence[str]) -> str:
    shown = [f"“{column[:60]}”" for column in columns[:20]]
    more = len(columns) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more > 0 else "")
