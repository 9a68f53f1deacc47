"""The text of a document: whatever it is, it is read or refused in words that say what to do."""

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from app.files.apart import text_in
from app.files.document_text import MOST_CHARACTERS, read
from app.files.refusals import NotReadable
from tests.files import samples

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def pdf(*pages: str) -> bytes:
    """A PDF with a line of text a page; without any it holds an empty page."""
    writer = PdfWriter()
    font = DictionaryObject()
    for name, value in (("/Type", "/Font"), ("/Subtype", "/Type1"), ("/BaseFont", "/Helvetica")):
        font[NameObject(name)] = NameObject(value)
    for text in pages or ("",):
        page = writer.add_blank_page(300, 300)
        fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 12 Tf 20 200 Td ({text}) Tj ET".encode())
        page[NameObject("/Contents")] = writer._add_object(stream)
    content = BytesIO()
    writer.write(content)
    return content.getvalue()


def word(body: str, head: str = "") -> bytes:
    document = f'{head}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    kind = samples.main_part("wordprocessingml.document")
    return samples.zipped({"[Content_Types].xml": kind, "word/document.xml": document})


def text_of(content: bytes) -> str:
    target = BytesIO()
    read(BytesIO(content), target)
    return target.getvalue().decode()


def test_word_is_read_paragraph_by_paragraph_without_what_was_struck_out() -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    body = (
        f"<w:p>{run.format('We replace')}<w:r><w:tab/><w:t> pumps</w:t></w:r></w:p>"
        "<w:p><w:del><w:r><w:delText>never</w:delText></w:r></w:del>"
        f"<w:r><w:instrText>PAGE</w:instrText></w:r>{run.format('in June')}</w:p>"
    )
    assert text_of(word(body)) == "We replace\t pumps\nin June\n"


def test_pdf_and_text_are_read_whatever_their_letters() -> None:
    assert text_of(pdf("We replace pumps", "in June")).split() == "We replace pumps in June".split()
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        assert text_of("Über Köln – 3 °C".encode(encoding)) == "Über Köln – 3 °C"
    assert len(text_of(b"frost " * MOST_CHARACTERS)) == MOST_CHARACTERS


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (pdf(), "holds pictures of pages and no text"),
        (samples.locked_pdf(), "locked with a password"),
        (pdf("Whole")[:300], "damaged"),
        (b"%PDF-1.7 and nothing else", "damaged"),
        (word("<w:p><w:r><w:t>torn"), "damaged"),
        (word("<w:p/>"), "no text in this file"),
        (word("&a;", '<!DOCTYPE a [<!ENTITY a "aaaa">]>'), "damaged"),
        (samples.zipped({"a.txt": "a"}), "This kind of file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "of the old kind"),
        (samples.png(), "This kind of file"),
        (b"", "no text in this file"),
    ],
)
def test_what_holds_no_text_says_what_to_do(content: bytes, words: str) -> None:
    with pytest.raises(NotReadable, match=words):
        text_of(content)


def test_it_is_read_in_a_process_of_its_own(tmp_path: Path) -> None:
    plan = tmp_path / "plan"
    plan.write_bytes(pdf("We replace pumps"))
    with plan.open("rb") as upload:
        assert text_in(upload, "plan.pdf", most_mb=1).strip() == "We replace pumps"
        with pytest.raises(NotReadable, match="larger than 0 MB"):
            text_in(upload, "plan.pdf", most_mb=0)
    plan.write_bytes(pdf())
    with plan.open("rb") as upload, pytest.raises(NotReadable, match="pictures of pages"):
        text_in(upload, "plan.pdf", most_mb=1)
