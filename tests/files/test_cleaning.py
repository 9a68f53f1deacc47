"""What is attached keeps what it shows and loses who made it; what cannot be cleaned is refused."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from PIL import Image
from pypdf import PdfReader

from app.files import kinds
from app.files.cleaning import FileFacts, clean
from app.files.kinds import ACCEPTED, CAN_BE_ATTACHED
from app.files.names import MOST_CHARACTERS, clean_name, size_in_words
from app.files.refusals import AttachmentRefused, NotAttachable
from tests.files import samples
from tests.files.samples import WHO
from tests.house.sources import ROOT


def cleaned(content: bytes, name: str = "file") -> tuple[FileFacts, bytes]:
    target = BytesIO()
    facts = clean(BytesIO(content), target, name)
    return facts, target.getvalue()


def everything_in(content: bytes) -> bytes:
    """The bytes of a file, and those of what is packed in it."""
    if not content.startswith(b"PK"):
        return content
    with ZipFile(BytesIO(content)) as packed:
        return content + b"".join(everything_in(packed.read(name)) for name in packed.namelist())


@pytest.mark.parametrize(
    "content",
    [
        samples.jpeg(),
        samples.png(),
        samples.webp(),
        samples.webp(frames=3),
        samples.gif(),
        samples.gif(frames=3),
        samples.pdf(),
        samples.docx(),
        samples.docx(word__embeddings__chart1=samples.xlsx()),
        samples.xlsx(),
        samples.odt(),
    ],
)
def test_nobodys_name_is_left(content: bytes) -> None:
    words = WHO.encode()
    assert words in everything_in(content)
    facts, left = cleaned(content)
    assert words not in everything_in(left)
    assert WHO.encode("utf-16-be") not in left
    # It is still what it was, and cleaning it again finds nothing to change of its kind.
    assert cleaned(left)[0].media_type == facts.media_type


def test_a_picture_is_upright_and_no_larger_than_a_screen() -> None:
    facts, left = cleaned(samples.jpeg((5200, 3000), orientation=6))
    with Image.open(BytesIO(left)) as picture:
        assert picture.size == (facts.width, facts.height) == (1385, 2400)
        assert picture.format == "JPEG"
        assert not picture.getexif()
        brightness = picture.convert("L")
        # Turned to the right: what was left is now above.
        assert brightness.getpixel((700, 300)) < 30
        assert brightness.getpixel((700, 2100)) > 225


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "LA", "I;16", "RGB"])
def test_a_png_stays_a_png_in_every_mode(mode: str) -> None:
    drawn = samples.picture((2500, 30)).convert("L" if mode == "I;16" else mode)
    if mode == "I;16":
        drawn = drawn.convert("I").point(lambda level: level * 256).convert("I;16")
    facts, left = cleaned(samples.saved(drawn, "PNG"))
    assert facts.media_type == "image/png"
    with Image.open(BytesIO(left)) as picture:
        assert picture.size == (2400, 29)
        brightness = picture.convert("L")
        assert brightness.getpixel((10, 10)) < 30 < 225 < brightness.getpixel((2300, 10))


@pytest.mark.parametrize(("make", "form"), [(samples.gif, "GIF"), (samples.webp, "WEBP")])
def test_what_moves_goes_on_moving(make: Callable[..., bytes], form: str) -> None:
    _, left = cleaned(make(frames=3))
    with Image.open(BytesIO(left)) as picture:
        assert (picture.format, picture.n_frames) == (form, 3)


def test_colours_of_another_profile_and_of_print_become_those_of_screens() -> None:
    drawn = Image.new("CMYK", (20, 20), (0, 255, 255, 0))
    _, left = cleaned(samples.saved(drawn, "JPEG"))
    with Image.open(BytesIO(left)) as picture:
        assert picture.mode in ("RGB", "CMYK")
        red, green, _ = picture.convert("RGB").getpixel((5, 5))
        assert red > 200 > 60 > green
        assert "icc_profile" not in picture.info


def test_a_pdf_keeps_its_pages_and_fields_and_nothing_that_acts() -> None:
    _, left = cleaned(samples.pdf())
    pdf = PdfReader(BytesIO(left))
    assert len(pdf.pages) == 1
    assert not pdf.metadata
    assert pdf.pages[0]["/Annots"][0].get_object()["/Contents"] == "Look here"
    assert pdf.pages[0]["/Field"]["/T"] == "pressure"
    assert not pdf.attachments
    assert b"app.alert" not in left
    assert pdf.pages[0]["/Photograph"].get_data().startswith(b"\xff\xd8\xff")


def test_an_office_file_keeps_what_is_written_in_it() -> None:
    _, left = cleaned(samples.xlsx())
    book = load_workbook(BytesIO(left))
    assert book.active["A1"].value == 42
    assert "as measured" in book.active["A1"].comment.text
    assert book.properties.creator in (None, "openpyxl")
    with ZipFile(BytesIO(cleaned(samples.docx())[1])) as packed:
        document = packed.read("word/document.xml").decode()
        assert "Kept words" in document
        assert "2026-03-02" not in document
        assert "A remark" in packed.read("word/comments.xml").decode()
        assert {entry.date_time[0] for entry in packed.infolist()} == {1980}


@pytest.mark.parametrize(
    ("name", "said"),
    [("a.txt", "text/plain"), ("A.CSV", "text/csv"), ("b.md", "text/markdown")],
)
def test_text_stays_to_the_last_byte(name: str, said: str) -> None:
    written = ("\ufeffé; ä\r\n" * 100_000).encode()
    facts, left = cleaned(written, name)
    assert (facts.media_type, left) == (said, written)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"MZ\x90\x00" + bytes(100), "photo.png"),
        (b"<!DOCTYPE html><script>alert(1)</script>", "page.txt"),
        (b"\xef\xbb\xbf  <html>", "page.md"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "drawing.txt"),
        (b"<?xml version='1.0'?><svg/>", "drawing.csv"),
        (b"alert(1)", "script.js"),
        (b"plain words", "words"),
        (b"", "empty.txt"),
        (b"a\x00b", "words.txt"),
        (b"caf\xe9", "latin.txt"),
        ("é".encode()[:1], "cut.txt"),
        (samples.zipped({"a.txt": "a"}), "words.docx"),
        (samples.zipped({"mimetype": "application/epub+zip"}), "book.odt"),
        (b"\x00\x00\x00\x18ftypheic", "photo.heic"),
        (b"II*\x00", "photo.tiff"),
    ],
)
def test_what_is_on_no_list_is_refused_whatever_its_name(content: bytes, name: str) -> None:
    with pytest.raises(NotAttachable) as refused:
        cleaned(content, name)
    assert CAN_BE_ATTACHED in refused.value.message


_MACROS = samples.main_part("x").replace(
    "vnd.openxmlformats-officedocument.x.main", "vnd.ms-word.document.macroEnabled.main"
)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: samples.docx(word__vbaProject="x"), "macros"),
        (lambda: samples.zipped({"[Content_Types].xml": _MACROS}), "macros"),
        (
            lambda: samples.docx(word__embeddings__ole=b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
            "embedded",
        ),
        (lambda: samples.docx(word__media__run=b"MZ\x90"), "embedded"),
        (
            lambda: samples.docx(word__embeddings__d=samples.docx(word__e=samples.xlsx())),
            "embedded",
        ),
        (lambda: samples.docx(_xmlsignatures__sig1="x"), "signed"),
        (lambda: samples.docx(word__big=bytes(160_000_000)), "unpacks"),
        (lambda: samples.zipped({f"word/{n}": "" for n in range(5_001)}), "unpacks"),
        (lambda: samples.docx(**{"..__..__etc": "x"}), "damaged"),
        (lambda: samples.docx()[:-40], "damaged"),
        (samples.locked_pdf, "password"),
        (lambda: samples.png_claiming(10_000, 6_000), "megapixels"),
        (lambda: samples.png_claiming(60_000, 60_000), "megapixels"),
        (lambda: samples.png_claiming(8_000, 6_000), "too large"),
        (
            lambda: samples.jpeg_claiming(7_000, 7_000),
            "too large",
        ),
    ],
)
def test_bombs_and_what_cannot_be_looked_into_are_refused(
    make: Callable[[], bytes], words: str
) -> None:
    with pytest.raises(AttachmentRefused) as refused:
        cleaned(make())
    assert words in refused.value.message


@pytest.mark.parametrize(
    ("name", "kind", "clean"),
    [
        ("photo.JPEG", kinds.JPEG, "photo.jpeg"),
        ("evil.html", kinds.PNG, "evil.png"),
        ("../../etc/passwd", kinds.TEXT, "passwd.txt"),
        ("C:\\Users\\who\\Plan 3.2", kinds.PDF, "Plan 3.pdf"),
        ("inv\u202egpj.exe", kinds.JPEG, "invgpj.jpg"),
        ("a\x00b\nc\x7f.md", kinds.MARKDOWN, "abc.md"),
        ("", kinds.GIF, "file.gif"),
        (" . ", kinds.PDF, "file.pdf"),
        ("Größe 中文.docx", kinds.DOCX, "Größe 中文.docx"),
    ],
)
def test_names_are_clean_and_true_to_the_content(
    name: str, kind: kinds.FileKind, clean: str
) -> None:
    assert clean_name(name, kind) == clean
    assert len(clean_name("n" * 500, kind)) == MOST_CHARACTERS


def test_sizes_are_said_as_people_say_them() -> None:
    said = [size_in_words(size) for size in (12, 999, 1_000, 12_345, 999_499, 999_500, 1_440_000)]
    assert said == ["12 bytes", "999 bytes", "1 KB", "12 KB", "999 KB", "1.0 MB", "1.4 MB"]


def test_the_field_for_files_offers_what_can_be_attached() -> None:
    template = (ROOT / "templates/files/_list.html").read_text(encoding="utf-8")
    assert f'accepted = "{ACCEPTED}"' in template
