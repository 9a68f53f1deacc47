"""What can be attached, and how each kind is called."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: its media type, the endings of its names (the first is the usual one), and
    its name in people's words."""

    media_type: str
    endings: tuple[str, ...]
    words: str


PNG = FileKind("image/png", ("png",), "PNG picture")
JPEG = FileKind("image/jpeg", ("jpg", "jpeg"), "JPEG picture")
WEBP = FileKind("image/webp", ("webp",), "WebP picture")
GIF = FileKind("image/gif", ("gif",), "GIF picture")
PDF = FileKind("application/pdf", ("pdf",), "PDF")
TEXT = FileKind("text/plain", ("txt", "log"), "Text")
CSV = FileKind("text/csv", ("csv",), "CSV table")
MARKDOWN = FileKind("text/markdown", ("md", "markdown"), "Markdown")

_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
DOCX = FileKind(f"{_OOXML}wordprocessingml.document", ("docx",), "Word document")
XLSX = FileKind(f"{_OOXML}spreadsheetml.sheet", ("xlsx",), "Excel workbook")
PPTX = FileKind(f"{_OOXML}presentationml.presentation", ("pptx",), "PowerPoint presentation")
ODT = FileKind(f"{_ODF}text", ("odt",), "OpenDocument text")
ODS = FileKind(f"{_ODF}spreadsheet", ("ods",), "OpenDocument spreadsheet")
ODP = FileKind(f"{_ODF}presentation", ("odp",), "OpenDocument presentation")

PICTURES = (PNG, JPEG, WEBP, GIF)
TEXTS = (TEXT, CSV, MARKDOWN)
OPEN_XML = (DOCX, XLSX, PPTX)
OPEN_DOCUMENT = (ODT, ODS, ODP)
KINDS = (*PICTURES, PDF, *OPEN_XML, *OPEN_DOCUMENT, *TEXTS)

CAN_BE_ATTACHED = (
    "Pictures (PNG, JPEG, WebP, GIF), PDF, Word, Excel, PowerPoint and OpenDocument files without "
    "macros, and text, CSV or Markdown can be attached."
)
#: For the `accept` of a file field.
ACCEPTED = ",".join(f".{ending}" for kind in KINDS for ending in kind.endings)
_BY_MEDIA_TYPE = {kind.media_type: kind for kind in KINDS}


def kind_named(media_type: str) -> FileKind:
    return _BY_MEDIA_TYPE[media_type]
