import io
import zipfile
from pathlib import Path

import pytest

from app.transfer.files.rows import SourceRefused
from tests.transfer.made_files import rows_of, saved


def _zip(*names: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf \r\n", "is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", r"an image \(PNG\)"),
        (b"%PDF-1.7\n...", "a PDF document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", r"an old Office file \(.xls or .doc\). Save it as"),
        (b"<!DOCTYPE html><html><body>", "a web page"),
        (b"\x1f\x8b\x08\0", r"compressed \(gzip\). Unpack it"),
        (bytes(range(256)) * 40, "does not look like text"),
        (b"PK\x03\x04 and then nothing", "damaged zip or .xlsx"),
        (_zip("word/document.xml"), "is a Word document"),
        (_zip("photo.jpg"), "no Markdown pages"),
        (b"\n \n", "is empty"),
        (b'Title,"Lesson\nA,one', "line 1: the heading cannot be read"),
        (b"a," * 1500 + b"b\n", "1501 columns; 1000 can be read"),
    ],
)
def test_what_is_no_list_of_lessons_is_refused_with_a_sentence(
    tmp_path: Path, content: bytes, says: str
) -> None:
    path = saved(tmp_path, content)
    with pytest.raises(SourceRefused, match=says) as refused:
        rows_of(path)
    assert refused.value.message.endswith(".")
    assert refused.value.status == 422


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceRefused, match=r"There is no file “.*absent\.csv”"):
        rows_of(tmp_path / "absent.csv")


def test_an_encoding_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path, b"Title,Lesson\n")
    for name in ("klingon", "base64"):
        with pytest.raises(SourceRefused, match=f"“{name}” is not an encoding"):
            rows_of(path, encoding=name)


def test_a_column_may_be_called_like_a_bitmap(tmp_path: Path) -> None:
    assert len(rows_of(saved(tmp_path, b"BM,Lesson\nA,one\n"))) == 1
