"""Files that are no table and no text, told by their first bytes, with what to do instead."""

from __future__ import annotations

SAVE_AS = "Save it as CSV (UTF-8) or .xlsx and import that."

_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "is a PDF document. Copy its table into a spreadsheet and import that."),
    (b"\x89PNG", "is an image (PNG), not a list of lessons."),
    (b"\xff\xd8\xff", "is an image (JPEG), not a list of lessons."),
    (b"GIF8", "is an image (GIF), not a list of lessons."),
    (b"RIFF", "is an image, a sound or a film, not a list of lessons."),
    (b"BM", "is an image (BMP), not a list of lessons."),
    (b"\xd0\xcf\x11\xe0", f"is an old Office file (.xls or .doc). {SAVE_AS}"),
    (b"{\\rtf", f"is a rich text document. {SAVE_AS}"),
    (b"\x1f\x8b", "is compressed (gzip). Unpack it and import what is inside."),
    (b"BZh", "is compressed (bzip2). Unpack it and import what is inside."),
    (b"\xfd7zXZ", "is compressed (xz). Unpack it and import what is inside."),
    (b"7z\xbc\xaf", "is a 7-Zip archive. Unpack it and import what is inside."),
    (b"Rar!", "is a RAR archive. Unpack it and import what is inside."),
    (b"SQLite format 3", f"is an SQLite database. Export its table as CSV. {SAVE_AS}"),
    (b"PAR1", f"is a Parquet file. {SAVE_AS}"),
    (b"\x7fELF", "is a program, not a list of lessons."),
)
_MARKUP: tuple[tuple[bytes, str], ...] = (
    (b"<!doctype html", f"is a web page, whatever its name says. Open it and copy. {SAVE_AS}"),
    (b"<html", f"is a web page, whatever its name says. Open it and copy. {SAVE_AS}"),
    (b"<table", f"is a web page, whatever its name says. Open it and copy. {SAVE_AS}"),
    (b"<?xml", f"is XML, which can hold anything. {SAVE_AS}"),
)
_MAX_STRANGE_SHARE = 0.05


def what_else_it_is(start: bytes) -> str:
    """What the file is, as the end of a sentence, when it surely is no text; otherwise ''."""
    for beginning, says in _BEGINNINGS:
        # “BM” alone is also how a column may be called; a bitmap goes on with binary numbers.
        if start.startswith(beginning) and (beginning != b"BM" or b"\0" in start[:32]):
            return says
    head = start.removeprefix(b"\xef\xbb\xbf").lstrip()[:64].lower()
    for beginning, says in _MARKUP:
        if head.startswith(beginning):
            return says
    return ""


def looks_binary(text: str) -> bool:
    """Whether decoded text has so many control characters that it cannot be writing."""
    strange = sum(1 for letter in text if letter < " " and letter not in "\t\n\r\v\f\x1a")
    return strange > len(text) * _MAX_STRANGE_SHARE
