"""Small hand-made files, and the rows and facts read from them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from app.transfer.columns import map_by_hand, suggest_mapping
from app.transfer.date_columns import learn_dates
from app.transfer.facts import Facts, Rejection
from app.transfer.files.rows import BrokenRow, Row
from app.transfer.files.sources import open_source
from app.transfer.reading import to_facts


def saved(folder: Path, content: bytes, name: str = "lessons.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def rows_of(path: Path, **options: object) -> list[Row | BrokenRow]:
    with open_source(path, **options) as source:  # type: ignore[arg-type]
        rows = list(source.rows())
        assert source.total == len(rows)
        assert [row.number for row in rows] == list(range(1, len(rows) + 1))
        return rows


def values_of(path: Path, **options: object) -> list[dict[str, object]]:
    rows = rows_of(path, **options)
    assert all(isinstance(row, Row) for row in rows), rows
    return [dict(row.values) for row in rows if isinstance(row, Row)]


def facts_of(path: Path, choices: Iterable[str] = ()) -> list[Facts | Rejection]:
    with open_source(path) as source:
        mapping = map_by_hand(suggest_mapping(source.columns), choices)
        mapping, _ = learn_dates(mapping, source.rows())
        return [to_facts(row, mapping) for row in source.rows()]


def one_fact(path: Path, choices: Iterable[str] = ()) -> Facts:
    found = facts_of(path, choices)
    assert len(found) == 1
    assert isinstance(found[0], Facts), found[0]
    return found[0]


def one_rejection(path: Path, choices: Iterable[str] = ()) -> Rejection:
    found = facts_of(path, choices)
    assert len(found) == 1
    assert isinstance(found[0], Rejection), found[0]
    return found[0]
