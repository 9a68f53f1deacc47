"""What a file would become, before it does: its columns, and its first rows as lessons."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from app.lessons.models import Kind
from app.transfer.columns import Mapping, suggest_mapping
from app.transfer.date_columns import learn_dates
from app.transfer.facts import Facts, Rejection
from app.transfer.fields import FIELDS, REJECT_COLUMNS, SINGLE_FIELDS
from app.transfer.files.rows import Row, Source, cell_text
from app.transfer.reading import to_facts
from app.transfer.texts import cut_at_word, one_line

ROWS_SHOWN = 5
COLUMNS_SHOWN = 150
_SAMPLE_CHARS = 60
FIELD_WORDS = {
    "title": "Title",
    "kind": "Kind",
    "lesson": "What we learned",
    "recommendation": "What to do next time",
    "context": "What we were doing",
    "expected": "What we expected",
    "happened": "What happened",
    "why": "Why",
    "cause_type": "Type of cause",
    "applies_when": "Applies when",
    "not_when": "Not when",
    "topics": "Topics",
    "occurred_on": "When it happened",
    "posted_at": "When it was posted",
    "author": "Author’s e-mail address",
    "author_mode": "Named or protected author",
    "team": "Team",
    "visibility": "Shared with",
    "external_id": "Id",
    "source_url": "Web address",
}
NO_LESSON = (
    "No column holds a lesson, a recommendation or what happened. "
    "Choose one of these for the column that says what was learned."
)


class RunOptions(BaseModel):
    """How a file is to be read. `fields` says what each column feeds, None for as suggested."""

    model_config = ConfigDict(frozen=True)

    fields: dict[str, str] | None = None
    default_kind: Kind | None = None
    create_teams: bool = False
    id_prefix: Annotated[str, Field(max_length=40)] = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file: what it feeds ('' for nothing), and what its first row says there."""

    field_name: str
    name: str
    feeds: str
    sample: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What the person sees before they say yes. `errors` are by field of the form."""

    source: Source
    mapping: Mapping
    columns: Sequence[Column]
    rows: Sequence[Facts | Rejection]
    notes: Sequence[str]
    errors: dict[str, str]

    @property
    def left_out(self) -> int:
        """How many columns are too many to be shown."""
        return max(0, len(self.mapping.columns) - COLUMNS_SHOWN)


def mapping_for(source: Source, options: RunOptions) -> tuple[Mapping, tuple[str, ...]]:
    """How the file's columns feed a lesson by these options, with notes on columns of dates."""
    mapping = suggest_mapping(source.columns, options.id_prefix)
    if options.fields is not None:
        chosen = {c: f for c, f in options.fields.items() if c in mapping.columns and f in FIELDS}
        mapping = replace(mapping, fields={c: chosen[c] for c in mapping.columns if c in chosen})
    return learn_dates(replace(mapping, default_kind=options.default_kind), source.rows())


def preview(source: Source, options: RunOptions) -> Preview:
    """Read the first rows as they would be imported."""
    mapping, notes = mapping_for(source, options)
    rows = list(islice(source.rows(), ROWS_SHOWN))
    columns = _columns(mapping, [row for row in rows if isinstance(row, Row)])
    return Preview(
        source=source,
        mapping=mapping,
        columns=columns,
        rows=[to_facts(row, mapping) for row in rows],
        notes=(*source.notes, *notes),
        errors=_errors(mapping, columns),
    )


def _columns(mapping: Mapping, rows: Sequence[Row]) -> list[Column]:
    return [
        Column(f"column-{number}", name, mapping.fields.get(name, ""), _sample(name, rows))
        for number, name in enumerate(mapping.columns[:COLUMNS_SHOWN])
        if name not in REJECT_COLUMNS
    ]


def _sample(column: str, rows: Sequence[Row]) -> str:
    said = (one_line(cell_text(row, column)) for row in rows)
    return cut_at_word(next((text for text in said if text), ""), _SAMPLE_CHARS)


def _errors(mapping: Mapping, columns: Sequence[Column]) -> dict[str, str]:
    if mapping.missing():
        return {"": NO_LESSON}
    errors = {}
    for name in SINGLE_FIELDS:
        for column in [one for one in columns if one.feeds == name][1:]:
            errors[column.field_name] = (
                f"“{column.name}” and another column both feed “{FIELD_WORDS[name]}”, which takes "
                "one. Choose something else for one of them."
            )
    return errors
