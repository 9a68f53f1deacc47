from pathlib import Path

import pytest

from app.transfer.files.rows import BrokenRow, Row
from app.transfer.files.sources import open_source
from tests.transfer.made_files import rows_of, saved, values_of

TABLE = "Title,Lesson,Topics\nLoose bolt,“Check” the torque – twice,pumps\nSlow build,Cache it,ci\n"
READ = [
    {"Title": "Loose bolt", "Lesson": "“Check” the torque – twice", "Topics": "pumps"},
    {"Title": "Slow build", "Lesson": "Cache it", "Topics": "ci"},
]


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8 with a byte order mark"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("utf-32", "UTF-32"),
        ("cp1252", "Windows-1252"),
    ],
)
def test_every_encoding_gives_the_same_rows(tmp_path: Path, encoding: str, name: str) -> None:
    path = saved(tmp_path, TABLE.encode(encoding))
    assert values_of(path) == READ
    with open_source(path) as source:
        assert source.format == f"CSV, comma, {name}"


@pytest.mark.parametrize(
    ("separator", "name"), [(",", "comma"), (";", "semicolon"), ("\t", "tab"), ("|", "pipe")]
)
def test_every_separator_gives_the_same_rows(tmp_path: Path, separator: str, name: str) -> None:
    path = saved(tmp_path, TABLE.replace(",", separator).encode(), "lessons.txt")
    assert values_of(path) == READ
    with open_source(path) as source:
        assert name in source.format


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", [True, False])
def test_every_line_end_gives_the_same_rows(tmp_path: Path, line_end: str, last: bool) -> None:
    text = TABLE if last else TABLE.rstrip("\n")
    assert values_of(saved(tmp_path, text.replace("\n", line_end).encode())) == READ


def test_cyrillic_in_an_eight_bit_encoding_is_told_by_its_letters(tmp_path: Path) -> None:
    lesson = "Перед запуском проверьте момент затяжки болтов и запишите его в журнал смены. " * 5
    path = saved(tmp_path, f"Title,Lesson\nБолт,{lesson.strip()}\n".encode("cp1251"))
    assert values_of(path) == [{"Title": "Болт", "Lesson": lesson.strip()}]


def test_an_encoding_given_by_name_is_used(tmp_path: Path) -> None:
    path = saved(tmp_path, "Title,Lesson\nŁożysko,Smaruj\n".encode("cp1250"))
    assert values_of(path, encoding="cp1250") == [{"Title": "Łożysko", "Lesson": "Smaruj"}]


def test_a_quoted_text_keeps_its_line_ends_separators_and_marks(tmp_path: Path) -> None:
    path = saved(tmp_path, b'Title,Lesson\r\nA,"one, two\r\nthree ""four""\n\nfive"\r\nB,six\r\n')
    first, second = rows_of(path)
    assert isinstance(first, Row)
    assert first.values["Lesson"] == 'one, two\nthree "four"\n\nfive'
    assert (first.line, second.line) == (2, 6)


def test_old_macintosh_rows_may_hold_line_feeds_without_quotation_marks(tmp_path: Path) -> None:
    path = saved(tmp_path, b'Title,Lesson\rA,one\ntwo\rB,"three\nfour"\r')
    assert [row["Lesson"] for row in values_of(path)] == ["one\ntwo", "three\nfour"]
    assert [row.line for row in rows_of(path)] == [2, 4]


def test_spaces_after_separators_belong_to_no_value(tmp_path: Path) -> None:
    path = saved(tmp_path, b'"Title", "Lesson"\n"A", "one, two"\n')
    assert values_of(path) == [{"Title": "A", "Lesson": "one, two"}]


def test_a_tab_file_may_use_quotation_marks_as_letters(tmp_path: Path) -> None:
    rows = "".join(f'"Rim" fire {n}\tTell "home" first\n' for n in range(5))
    path = saved(tmp_path, f"Title\tLesson\n{rows}".encode())
    assert values_of(path)[4] == {"Title": '"Rim" fire 4', "Lesson": 'Tell "home" first'}


def test_the_separator_that_a_spreadsheet_announces_is_used(tmp_path: Path) -> None:
    path = saved(tmp_path, b"sep=;\r\nTitle;Lesson\r\nA;one, two\r\n")
    assert values_of(path) == [{"Title": "A", "Lesson": "one, two"}]


def test_a_file_of_one_column_is_a_table(tmp_path: Path) -> None:
    assert values_of(saved(tmp_path, b"Lesson\nOne\nTwo\n")) == [
        {"Lesson": "One"},
        {"Lesson": "Two"},
    ]


def test_blank_lines_are_no_rows_but_rows_of_empty_cells_are(tmp_path: Path) -> None:
    rows = rows_of(saved(tmp_path, b"Title,Lesson\n\nA,one\n\n,\nB,two\n\n"))
    assert [row.line for row in rows] == [3, 5, 6]


def test_a_row_of_another_width_is_broken_and_says_so(tmp_path: Path) -> None:
    short, fits, long, empty = rows_of(
        saved(tmp_path, b"Title,Lesson,Topics\nA,one\nB,two,b\nC,three,c,surplus\nD,four,d,,\n")
    )
    assert isinstance(short, BrokenRow)
    assert short.reason == "2 values, fewer than the 3 columns of the heading"
    assert short.raw == ("A", "one")
    assert isinstance(long, BrokenRow)
    assert long.reason == "4 values, more than the 3 columns of the heading"
    assert long.line == 4
    assert isinstance(fits, Row)
    assert isinstance(empty, Row)


def test_a_file_cut_off_within_a_quoted_text_loses_its_last_row_only(tmp_path: Path) -> None:
    first, last = rows_of(saved(tmp_path, b'Title,Lesson\nA,one\nB,"two\nthree and th'))
    assert isinstance(first, Row)
    assert isinstance(last, BrokenRow)
    assert "the row that begins on line 3: it was cut off" in last.reason
    assert last.raw == ("B", "two\nthree and th")


def test_a_file_cut_off_between_columns_says_so(tmp_path: Path) -> None:
    _, last = rows_of(saved(tmp_path, b"Title,Lesson,Topics\nA,one,a\nB,tw"))
    assert isinstance(last, BrokenRow)
    assert last.reason.endswith("the file ends within this row and seems to be cut off")


def test_a_stray_quotation_mark_costs_one_row_and_not_the_rest(tmp_path: Path) -> None:
    rows = rows_of(
        saved(
            tmp_path,
            b'Title,Lesson,Topics\nA,one,a\nB,"two,b\nC,three,c\nD,"fo\nur",d\nE,five,e\n',
        )
    )
    assert [type(row) for row in rows] == [Row, BrokenRow, Row, Row, Row]
    assert [row.line for row in rows] == [2, 3, 4, 5, 7]


def test_a_stray_quotation_mark_before_many_rows_costs_one_row(tmp_path: Path) -> None:
    many = "".join(f"T{n},lesson {n},x\n" for n in range(3000))
    rows = rows_of(saved(tmp_path, f'Title,Lesson,Topics\nA,"one,a\n{many}'.encode()))
    assert len(rows) == 3001
    assert [row.number for row in rows if isinstance(row, BrokenRow)] == [1]


def test_text_after_a_closing_quotation_mark_is_not_guessed_at(tmp_path: Path) -> None:
    broken, good = rows_of(saved(tmp_path, b'Title,Lesson\nA,"say "hello" twice"\nB,two\n'))
    assert isinstance(broken, BrokenRow)
    assert 'twice ("")' in broken.reason
    assert isinstance(good, Row)


def test_bytes_that_are_no_text_break_their_row_only(tmp_path: Path) -> None:
    broken, good = rows_of(
        saved(
            tmp_path,
            "Title,Lesson\nA,caf\udcff\nB,café à la crème\n".encode("utf-8", "surrogateescape"),
        )
    )
    assert isinstance(broken, BrokenRow)
    assert broken.reason == "“Lesson” holds bytes that are not text in this file's encoding"
    assert isinstance(good, Row)


def test_rows_can_be_read_again_and_left_half_way(tmp_path: Path) -> None:
    with open_source(saved(tmp_path, TABLE.encode())) as source:
        assert next(source.rows()) == next(source.rows())
        assert len(list(source.rows())) == 2
