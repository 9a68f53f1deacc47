from pathlib import Path

from app.transfer.facts import Facts, Rejection
from app.transfer.files.sources import open_source
from app.transfer.rejects import RejectsFile, rejects_path
from tests.transfer.made_files import facts_of, saved


def _rejected(path: Path) -> Path:
    with open_source(path) as source:
        with RejectsFile(rejects_path(path), source.columns) as rejects:
            for found in facts_of(path):
                if isinstance(found, Rejection):
                    rejects.write(found)
        return rejects.path


def test_rejected_rows_say_row_column_and_reason(tmp_path: Path) -> None:
    path = _rejected(saved(tmp_path, b"Title,Lesson,When\nA,one,2020\nB,=two,soon\nC,three\n"))
    assert path.name == "lessons.csv.rejected.csv"
    assert path.read_bytes().decode("utf-8-sig").split("\r\n") == [
        "row,column,reason,Title,Lesson,When",
        "2,When,“soon” is not a date; write it as 2024-12-31 (line 3),B,'=two,soon",
        '3,,"2 values, fewer than the 3 columns of the heading (line 4)",C,three',
        "",
    ]


def test_mended_rows_import_clean(tmp_path: Path) -> None:
    rejected = _rejected(saved(tmp_path, b'Title,Lesson,When\nA,=one,soon\nB,"two\n2",later\n'))
    text = rejected.read_bytes().replace(b",soon", b",2020-01-02").replace(b",later", b",2021")
    mended = saved(tmp_path, text, "mended.csv")
    first, second = facts_of(mended)
    assert isinstance(first, Facts)
    assert isinstance(second, Facts)
    assert (first.title, first.lesson, str(first.occurred_on)) == ("A", "=one", "2020-01-02")
    assert second.lesson == "two\n2"
    with open_source(mended) as source:
        assert source.columns[:3] == ("row", "column", "reason")


def test_rows_that_are_still_wrong_are_rejected_again_with_the_same_columns(
    tmp_path: Path,
) -> None:
    rejected = _rejected(saved(tmp_path, b"Title,Lesson,When\nA,=one,soon\n"))
    again = _rejected(rejected)
    assert again.read_bytes() == rejected.read_bytes()


def test_rejected_json_keeps_its_lists(tmp_path: Path) -> None:
    content = b'{"title": "A", "lesson": "l", "topics": ["a, b", "c"], "date": "soon"}\n'
    rejected = _rejected(saved(tmp_path, content, "lessons.jsonl"))
    mended = saved(tmp_path, rejected.read_bytes().replace(b",soon", b",2020"), "mended.csv")
    (fact,) = facts_of(mended)
    assert isinstance(fact, Facts)
    assert fact.topics == ("a, b", "c")


def test_no_file_stands_when_nothing_is_rejected(tmp_path: Path) -> None:
    path = saved(tmp_path, b"Title,Lesson\nA,one\n")
    rejects_path(path).write_text("from an earlier import")
    assert not _rejected(path).exists()
