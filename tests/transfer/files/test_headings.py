from pathlib import Path

from app.transfer.files.headings import settle_headings
from tests.transfer.made_files import rows_of, saved, values_of


def test_two_heading_rows_become_one(tmp_path: Path) -> None:
    path = saved(
        tmp_path,
        b" ,Time,Time,Report 1,Report 1,Report 2,\n"
        b"ACN,Date,Hour,Narrative,Callback,Narrative,\n\n"
        b"7,201708,12,It broke,,I saw it,\n",
    )
    assert values_of(path) == [
        {
            "ACN": "7",
            "Time / Date": "201708",
            "Time / Hour": "12",
            "Report 1 / Narrative": "It broke",
            "Report 1 / Callback": "",
            "Report 2 / Narrative": "I saw it",
            "column 7": "",
        }
    ]


def test_merged_group_cells_count_as_repeated() -> None:
    found = settle_headings(
        [["Entry", "", "", "People", ""], ["Title", "Lesson", "Topics", "Author", "Team"]]
    )
    assert found.columns == (
        "Entry / Title",
        "Entry / Lesson",
        "Entry / Topics",
        "People / Author",
        "People / Team",
    )
    assert found.rows_used == 2


def test_a_first_row_of_data_is_told_from_a_heading(tmp_path: Path) -> None:
    path = saved(tmp_path, b"17901,Loose bolt,Check the torque,06/18/1998\n17905,Slow,Cache,\n")
    assert list(values_of(path)[0]) == ["column 1", "column 2", "column 3", "column 4"]
    assert len(rows_of(path)) == 2


def test_a_person_may_say_whether_there_is_a_heading(tmp_path: Path) -> None:
    path = saved(tmp_path, b"Loose bolt,Check the torque\nSlow build,Cache it\n")
    assert len(rows_of(path)) == 1
    assert len(rows_of(path, heading=False)) == 2
    numbers = saved(tmp_path, b"2019,2020\na,b\n", "years.csv")
    assert len(rows_of(numbers)) == 2
    assert len(rows_of(numbers, heading=True)) == 1


def test_names_are_unique_and_never_empty() -> None:
    found = settle_headings(
        [["", "Lesson", "lesson", "Lesson", " A \n b "], ["1", "x", "", "", ""]]
    )
    assert found.columns == ("column 1", "Lesson", "lesson (2)", "Lesson (3)", "A b")


def test_a_plain_heading_above_short_rows_is_one_row() -> None:
    found = settle_headings([["Title", "Lesson", "Team"], ["Bolt", "Check", "Pumps"]])
    assert found.rows_used == 1
