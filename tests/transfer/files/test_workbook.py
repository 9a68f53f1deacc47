from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from app.transfer.files.rows import SourceRefused
from app.transfer.files.sources import open_source
from tests.transfer.made_files import rows_of, values_of


def _saved(path: Path, rows: list[list[object]], first_sheet_empty: bool = False) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    if first_sheet_empty:
        sheet = book.create_sheet("Lessons")
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def test_cells_come_as_they_would_be_typed(tmp_path: Path) -> None:
    path = _saved(
        tmp_path / "lessons.xlsx",
        [
            ["ID", "Title", "Lesson", "When", "Hour", "Done"],
            [17, "Bolt", "Check\nit", date(2020, 2, 29), datetime(2020, 2, 29, 8, 30), True],
            [1.5, None, " x ", None, None, False],
        ],
    )
    assert values_of(path) == [
        {
            "ID": "17",
            "Title": "Bolt",
            "Lesson": "Check\nit",
            "When": "2020-02-29",
            "Hour": "2020-02-29 08:30:00",
            "Done": "true",
        },
        {"ID": "1.5", "Title": "", "Lesson": " x ", "When": "", "Hour": "", "Done": "false"},
    ]


def test_the_first_sheet_with_rows_is_read_and_empty_rows_do_not_count(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Title", "Lesson"], ["A", "one"], [None, None], ["B", "two"]]
    path = _saved(tmp_path / "lessons.xlsx", rows, first_sheet_empty=True)
    assert [row.line for row in rows_of(path)] == [2, 4]
    with open_source(path) as source:
        assert source.format == "workbook, sheet “Lessons”"


def test_a_workbook_is_known_by_its_content(tmp_path: Path) -> None:
    path = _saved(tmp_path / "lessons.csv", [["Title", "Lesson"], ["A", "one"]])
    assert values_of(path) == [{"Title": "A", "Lesson": "one"}]


def test_a_workbook_without_rows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceRefused, match="has no sheet with anything in it"):
        rows_of(_saved(tmp_path / "lessons.xlsx", []))


def test_a_damaged_workbook_is_refused(tmp_path: Path) -> None:
    path = _saved(tmp_path / "lessons.xlsx", [["Title", "Lesson"], ["A", "one"]])
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(SourceRefused, match="damaged"):
        rows_of(path)
