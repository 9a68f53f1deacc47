"""Files as people attach them, with somebody's name wherever a format has a place for one."""

import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.comments import Comment
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfWriter
from pypdf.annotations import Text
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, TextStringObject

WHO = "Wilhelmina Testperson"
_SECRET = WHO.encode()
_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def picture(size: tuple[int, int] = (60, 40), mode: str = "RGB") -> Image.Image:
    """Dark on the left, bright on the right, so that turning shows."""
    drawn = Image.new(mode, size)
    drawn.paste(Image.new(mode, (size[0] // 2, size[1]), "white"), (size[0] // 2, 0))
    return drawn


def saved(drawn: Image.Image, form: str, **options: object) -> bytes:
    content = BytesIO()
    drawn.save(content, form, **options)
    return content.getvalue()


def exif(orientation: int = 1) -> Image.Exif:
    facts = Image.Exif()
    facts[0x0112], facts[0x013B], facts[0x010F] = orientation, WHO, "Camera of " + WHO
    facts.get_ifd(0x8825)[1] = "N"
    return facts


def jpeg(size: tuple[int, int] = (60, 40), orientation: int = 1) -> bytes:
    return saved(picture(size), "JPEG", exif=exif(orientation), comment=WHO, xmp=_SECRET)


def jpeg_claiming(width: int, height: int) -> bytes:
    """A small progressive photograph that says it is a large one."""
    content = bytearray(saved(picture(), "JPEG", progressive=True))
    at = content.index(b"\xff\xc2")
    content[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(content)


def png() -> bytes:
    facts = PngInfo()
    facts.add_text("Author", WHO)
    facts.add_itxt("XML:com.adobe.xmp", WHO)
    return saved(picture(), "PNG", pnginfo=facts, exif=exif())


def webp(*, frames: int = 1) -> bytes:
    return _moving("WEBP", frames, exif=exif(), xmp=_SECRET)


def gif(*, frames: int = 1) -> bytes:
    return _moving("GIF", frames, comment=WHO)


def _moving(form: str, frames: int, **options: object) -> bytes:
    several = [picture().rotate(90 * n) for n in range(frames)]
    more = {"save_all": True, "append_images": several[1:], "duration": 80} if frames > 1 else {}
    return saved(several[0], form, **options, **more)


def pdf() -> bytes:
    """With a title's facts, XMP, a note, a form's field, a script, a file inside, a photograph."""
    writer = PdfWriter()
    page = writer.add_blank_page(300, 300)
    writer.add_metadata({"/Author": WHO, "/Title": "About " + WHO})
    note = Text(text="Look here", rect=(10, 10, 50, 50))
    note[NameObject("/T")] = TextStringObject(WHO)
    writer.add_annotation(0, note)
    field = DictionaryObject()
    for name, value in (("/FT", "/Tx"), ("/Subtype", "/Widget"), ("/Type", "/Annot")):
        field[NameObject(name)] = NameObject(value)
    field[NameObject("/T")] = TextStringObject("pressure")
    page[NameObject("/Field")] = writer._add_object(field)
    script = DictionaryObject()
    script[NameObject("/S")] = NameObject("/JavaScript")
    script[NameObject("/JS")] = TextStringObject("app.alert(1)")
    writer.root_object[NameObject("/OpenAction")] = writer._add_object(script)
    writer.add_attachment("list.txt", _SECRET)
    xmp = DecodedStreamObject()
    xmp.set_data(b"<x:xmpmeta>" + _SECRET + b"</x:xmpmeta>")
    xmp[NameObject("/Type")] = NameObject("/Metadata")
    writer.root_object[NameObject("/Metadata")] = writer._add_object(xmp)
    photograph = DecodedStreamObject()
    photograph.set_data(jpeg())
    photograph[NameObject("/Filter")] = NameObject("/DCTDecode")
    page[NameObject("/Photograph")] = writer._add_object(photograph)
    content = BytesIO()
    writer.write(content)
    return content.getvalue()


def locked_pdf() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret")
    content = BytesIO()
    writer.write(content)
    return content.getvalue()


def zipped(parts: dict[str, str | bytes]) -> bytes:
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    return content.getvalue()


def main_part(part: str) -> str:
    kind = f"application/vnd.openxmlformats-officedocument.{part}.main+xml"
    return f'{_TYPES}<Override PartName="/main.xml" ContentType="{kind}"/></Types>'


def docx(**parts: str | bytes) -> bytes:
    """A document with a tracked change and a comment; `parts` come on top, `__` read as `/`."""
    change = f'<w:ins w:id="1" w:author="{WHO}" w:date="2026-03-02T09:31:07Z"><w:r><w:t>'
    document = (
        f'<w:document xmlns:w="{_WORD}"><w:body><w:p>{change}Kept words</w:t></w:r></w:ins>'
        "</w:p></w:body></w:document>"
    )
    comments = (
        f'<w:comments xmlns:w="{_WORD}"><w:comment w:id="0" w:author="{WHO}" w:initials="{WHO}">'
        "<w:p><w:r><w:t>A remark</w:t></w:r></w:p></w:comment></w:comments>"
    )
    more = {name.replace("__", "/"): part for name, part in parts.items()}
    return zipped(
        {
            "[Content_Types].xml": main_part("wordprocessingml.document"),
            "word/document.xml": document,
            "word/comments.xml": comments,
            "word/people.xml": f'<w15:people><w15:person w15:author="{WHO}"/></w15:people>',
            "word/media/image1.jpeg": jpeg(),
            "docProps/core.xml": f"<c><dc:creator>{WHO}</dc:creator></c>",
            "docProps/app.xml": f"<Properties><Company>{WHO}</Company></Properties>",
            "word/_rels/settings.xml.rels": (
                '<Relationships><Relationship Id="r" Type="http://x/attachedTemplate" '
                f'Target="file:///C:/Users/{WHO}/a.dotm" TargetMode="External"/></Relationships>'
            ),
        }
        | more
    )


def xlsx() -> bytes:
    book = Workbook()
    book.active["A1"] = 42
    book.active["A1"].comment = Comment(f"{WHO}:\nas measured", WHO)
    book.properties.creator = book.properties.lastModifiedBy = WHO
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def odt() -> bytes:
    note = f"<office:annotation><dc:creator>{WHO}</dc:creator><dc:date>2026-03-02</dc:date>"
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content>{note}Kept words</office:annotation>",
            "meta.xml": f"<meta:initial-creator>{WHO}</meta:initial-creator>",
        }
    )


def png_claiming(width: int, height: int) -> bytes:
    """A small file that says it is a large picture."""

    def chunk(name: bytes, data: bytes) -> bytes:
        checksum = zlib.crc32(name + data)
        return struct.pack(">L", len(data)) + name + data + struct.pack(">L", checksum)

    header = struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0)
    drawn = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1_000_000)))
    return b"\x89PNG\r\n\x1a\n" + drawn + chunk(b"IEND", b"")
