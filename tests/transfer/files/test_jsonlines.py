import json
from pathlib import Path

import pytest

from app.transfer.files.rows import BrokenRow, Row, SourceRefused
from app.transfer.files.sources import open_source
from tests.transfer.made_files import rows_of, saved, values_of

LESSONS = [
    {"title": "Bolt", "lesson": "Check\nit", "topics": ["pumps", "bolts"]},
    {"title": "Build", "lesson": "Cache “it”", "count": 3, "done": True, "none": None},
]
READ = [
    {"title": "Bolt", "lesson": "Check\nit", "topics": ["pumps", "bolts"]},
    {"title": "Build", "lesson": "Cache “it”", "count": "3", "done": "true", "none": ""},
]


def test_one_object_a_line_is_read(tmp_path: Path) -> None:
    text = "\n\n".join(json.dumps(lesson, ensure_ascii=False) for lesson in LESSONS)
    path = saved(tmp_path, text.encode("utf-8-sig"), "lessons.jsonl")
    assert values_of(path) == READ
    with open_source(path) as source:
        assert source.columns == ("title", "lesson", "topics", "count", "done", "none")
        assert source.format.startswith("JSON Lines")
    assert [row.line for row in rows_of(path)] == [1, 3]


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_list_of_objects_is_read(tmp_path: Path, indent: int | None, encoding: str) -> None:
    text = json.dumps(LESSONS, indent=indent, ensure_ascii=False)
    assert values_of(saved(tmp_path, text.encode(encoding), "lessons.json")) == READ


def test_a_long_list_is_read_piece_by_piece(tmp_path: Path) -> None:
    lessons = [{"title": f"T{n}", "lesson": "word " * (n * 7 % 3000)} for n in range(400)]
    rows = rows_of(saved(tmp_path, json.dumps(lessons, indent=1).encode(), "lessons.json"))
    assert [row.values["title"] for row in rows if isinstance(row, Row)] == [
        lesson["title"] for lesson in lessons
    ]
    assert rows[1].line == 6


def test_a_line_that_is_no_object_is_broken(tmp_path: Path) -> None:
    lines = ['{"title": "A", "lesson": "one"}', '{"title": "B", "lesson": ', '"text"', "12", "[]"]
    good, cut, *others = rows_of(saved(tmp_path, "\n".join(lines).encode(), "lessons.jsonl"))
    assert isinstance(good, Row)
    assert isinstance(cut, BrokenRow)
    assert cut.reason.startswith("this is not JSON:")
    assert cut.raw == ('{"title": "B", "lesson":',)
    assert [row.reason for row in others if isinstance(row, BrokenRow)] == [
        "this is not an object with keys and values"
    ] * 3


def test_a_list_that_stops_being_json_ends_with_one_broken_row(tmp_path: Path) -> None:
    good, bad = rows_of(saved(tmp_path, b'[{"lesson": "a"},\n {"lesson": oops}, {}]', "l.json"))
    assert isinstance(good, Row)
    assert isinstance(bad, BrokenRow)
    assert bad.line == 2
    assert "the rows after it cannot be read" in bad.reason


def test_a_list_that_was_cut_off_says_so(tmp_path: Path) -> None:
    _, bad = rows_of(saved(tmp_path, b'[{"lesson": "a"},', "lessons.json"))
    assert isinstance(bad, BrokenRow)
    assert "cut off" in bad.reason


def test_half_a_letter_breaks_its_row(tmp_path: Path) -> None:
    (bad, _) = rows_of(saved(tmp_path, b'{"lesson": "\\ud83d"}\n{"lesson": "b"}', "l.jsonl"))
    assert isinstance(bad, BrokenRow)
    assert "“lesson”" in bad.reason


def test_too_deep_json_is_broken_and_does_no_harm(tmp_path: Path) -> None:
    deep = b'{"lesson": ' + b"[" * 100_000 + b"\n"
    bad, good = rows_of(saved(tmp_path, deep + b'{"lesson": "b"}', "lessons.jsonl"))
    assert isinstance(bad, BrokenRow)
    assert isinstance(good, Row)


def test_one_object_over_many_lines_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path, json.dumps(LESSONS[0], indent=2).encode(), "lesson.json")
    with pytest.raises(SourceRefused, match="Write one object a line, or all in one list"):
        rows_of(path)
