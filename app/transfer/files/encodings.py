"""Which encoding a text file is in, told from its bytes alone."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path

from charset_normalizer import from_bytes

from app.transfer.files.rows import SourceRefused

_LAST_ASCII = 0x7F
_MANY_ZEROS, _FEW_ZEROS = 0.4, 0.05
"""Shares of zeros among the higher and the lower bytes of western UTF-16."""
_CHUNK = 1 << 20
_SAMPLE = 64 * 1024
_MOSTLY_FOREIGN = 0.25
"""Western text has few letters above ASCII; more than this share is another script."""


@dataclass(frozen=True)
class Encoding:
    """A codec as Python names it, and as a person would."""

    codec: str
    name: str


UTF8 = Encoding("utf-8", "UTF-8")
WINDOWS = Encoding("cp1252", "Windows-1252")
_MARKS = (
    (codecs.BOM_UTF8, Encoding("utf-8-sig", "UTF-8 with a byte order mark")),
    (codecs.BOM_UTF32_LE, Encoding("utf-32", "UTF-32")),
    (codecs.BOM_UTF32_BE, Encoding("utf-32", "UTF-32")),
    (codecs.BOM_UTF16_LE, Encoding("utf-16", "UTF-16")),
    (codecs.BOM_UTF16_BE, Encoding("utf-16", "UTF-16")),
)


def encoding_named(name: str) -> Encoding:
    """The encoding that a person asked for by name; refused when there is none such."""
    try:
        codec = codecs.lookup(name)
    except LookupError:
        codec = None
    # Python keeps codecs such as base64 in the same register; they decode to no text.
    if codec is None or not getattr(codec, "_is_text_encoding", True):
        raise SourceRefused(
            f"“{name}” is not an encoding. Try utf-8, utf-16, cp1252 or iso-8859-1."
        )
    return Encoding(codec.name, name)


def detect_encoding(path: Path) -> Encoding:
    """Tell the encoding of a whole file: a byte order mark, else UTF-16 by its zeros, else
    UTF-8 when it holds as such, else Windows-1252 (or what its letters are most like)."""
    with path.open("rb") as file:
        start = file.read(_SAMPLE)
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return encoding
    wide = _utf16_without_mark(start)
    if wide is not None:
        return wide
    return UTF8 if _reads_as_utf8(path) else _eight_bit(start)


def _utf16_without_mark(start: bytes) -> Encoding | None:
    """In UTF-16 every other byte of western writing is zero; which one tells the order."""
    half = max(len(start) // 2, 1)
    first, second = start[0::2].count(0) / half, start[1::2].count(0) / half
    if second > _MANY_ZEROS and first < _FEW_ZEROS:
        return Encoding("utf-16-le", "UTF-16")
    if first > _MANY_ZEROS and second < _FEW_ZEROS:
        return Encoding("utf-16-be", "UTF-16")
    return None


def _reads_as_utf8(path: Path) -> bool:
    """UTF-8, allowing for a few spoilt bytes: more good long letters than bad bytes."""
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    good = bad = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            text = decoder.decode(chunk)
            if text.isascii():
                continue
            spoilt = sum(1 for letter in text if "\udc80" <= letter <= "\udcff")
            bad += spoilt
            good += sum(1 for letter in text if letter > "\x7f") - spoilt
    return bad == 0 or good > bad


def _eight_bit(start: bytes) -> Encoding:
    high = sum(1 for byte in start if byte > _LAST_ASCII)
    if high <= len(start) * _MOSTLY_FOREIGN:
        return WINDOWS
    guess = from_bytes(start).best()
    if guess is None:
        return WINDOWS
    return Encoding(guess.encoding, guess.encoding.replace("_", "-"))
