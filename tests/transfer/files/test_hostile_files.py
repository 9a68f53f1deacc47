"""Whatever bytes come, they are rows that add up or a sentence; nothing else escapes."""

import io
import json
import tempfile
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.transfer.columns import suggest_mapping
from app.transfer.date_columns import learn_dates
from app.transfer.facts import Facts, Rejection
from app.transfer.files.rows import SourceRefused
from app.transfer.files.sources import open_source
from app.transfer.reading import to_facts
from app.transfer.rejects import RejectsFile


def _workbook() -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["Title", "Lesson"])
    book.active.append(["A", "one"])
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def _zip() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/b.md", "---\ntitle: T\n---\nText")
    return packed.getvalue()


SEEDS = (
    b'Title,Lesson,When\r\nA,"one\r\ntwo",2020-01-01\r\nB,three,soon\r\n',
    "Title;Lesson\nÄ;ö\n".encode("cp1252"),
    "Title\tLesson\nÄ\tö\n".encode("utf-16"),
    json.dumps([{"title": "A", "lesson": "one", "topics": ["x"]}] * 3).encode(),
    b'{"title": "A", "lesson": "one"}\n' * 3,
    _workbook(),
    _zip(),
)


@st.composite
def _spoilt(draw: st.DrawFn) -> bytes:
    data = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, max(len(data) - 1, 0)))
        how = draw(st.sampled_from(["flip", "cut", "insert", "repeat"]))
        if how == "flip" and data:
            data[at] = draw(st.integers(0, 255))
        elif how == "cut":
            del data[at : at + draw(st.integers(1, 40))]
        elif how == "insert":
            data[at:at] = draw(
                st.sampled_from([b'"', b"\r", b"\n", b"\0", b",", b"\xff", b"[", b"'"])
            )
        else:
            data[at:at] = data[at : at + 20]
    return bytes(data)


def _refusal(path: Path) -> str:
    """Prove that the rows of a file add up; or return the sentence that refuses it."""
    try:
        with open_source(path) as source:
            mapping, _ = learn_dates(suggest_mapping(source.columns), source.rows())
            found = [to_facts(row, mapping) for row in source.rows()]
            rejected = [one for one in found if isinstance(one, Rejection)]
            facts = [one for one in found if isinstance(one, Facts)]
            assert len(facts) + len(rejected) == source.total
            assert len(set(source.columns)) == len(source.columns)
            with RejectsFile(path.with_name("rejected.csv"), source.columns) as rejects:
                for one in rejected:
                    rejects.write(one)
    except SourceRefused as refused:
        return refused.message
    return "."


def _proves_to_add_up(content: bytes, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        assert _refusal(path).endswith(".")


@settings(deadline=None, max_examples=150)
@example(content=b"\xff\xfe", name="a.csv")
@example(content=b"a,b\n\xff", name="a.json")
@example(content=b'"', name="a.csv")
@example(content=b"[", name="a.json")
@given(
    content=st.one_of(_spoilt(), st.binary(max_size=200)), name=st.sampled_from(["a.csv", "a.json"])
)
def test_spoilt_files_add_up_or_are_refused(content: bytes, name: str) -> None:
    _proves_to_add_up(content, name)


@settings(deadline=None, max_examples=150)
@given(text=st.text(alphabet="ab,;\"\n\r\t \\'", max_size=120))
def test_tables_of_odd_signs_add_up(text: str) -> None:
    _proves_to_add_up(f"Title,Lesson\n{text}".encode(), "a.csv")


@pytest.mark.parametrize("letter", ['"', ",", "\n", "[", "{", "\0", "a"])
def test_long_runs_of_one_sign_end(tmp_path: Path, letter: str) -> None:
    _proves_to_add_up(b"Title,Lesson\n" + letter.encode() * 300_000, "a.csv")
