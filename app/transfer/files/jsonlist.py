"""The elements of a long JSON list, one at a time, without holding the list."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TextIO

from app.transfer.files.rows import MAX_RECORD_CHARS

_CHUNK_CHARS = 64 * 1024
_BETWEEN = " \t\r\n,\ufeff"


@dataclass(frozen=True)
class Element:
    """A value that starts on `line`, or what is wrong with what stands there."""

    line: int
    value: object
    fault: str
    raw: str


class _Window:
    """The part of the file in hand; it grows while an element does not end in it."""

    def __init__(self, file: TextIO):
        self._file = file
        self._step = _CHUNK_CHARS
        self.text = ""
        self.line = 1

    def grow(self) -> bool:
        more = self._file.read(self._step) if len(self.text) <= MAX_RECORD_CHARS else ""
        self._step *= 2
        self.text += more
        return bool(more)

    def drop(self, count: int) -> None:
        self.line += self.text.count("\n", 0, count)
        self.text = self.text[count:]
        self._step = _CHUNK_CHARS

    def next_sign(self) -> str:
        """The next letter that is neither space nor comma, or '' at the end."""
        while True:
            self.drop(len(self.text) - len(self.text.lstrip(_BETWEEN)))
            if self.text or not self.grow():
                return self.text[:1]


def list_elements(file: TextIO) -> Iterator[Element]:
    """Read a JSON list; where it stops being JSON one faulty element ends it, because the rest
    cannot be told apart."""
    window = _Window(file)
    window.next_sign()
    window.drop(1)
    while window.next_sign() not in ("]", ""):
        element, length = _element(window)
        yield element
        if element.fault:
            return
        window.drop(length)
    if not window.text:
        yield Element(window.line, None, "the file ends before the list does: it was cut off", "")


def _element(window: _Window) -> tuple[Element, int]:
    decoder = json.JSONDecoder()
    while True:
        try:
            value, end = decoder.raw_decode(window.text)
        except (ValueError, RecursionError) as error:
            if window.grow():
                continue
            return Element(window.line, None, _fault(error), window.text), 0
        # What ends with the window may go on beyond it, as a number does.
        if end < len(window.text) or not window.grow():
            return Element(window.line, value, "", window.text[:end]), end


def _fault(error: ValueError | RecursionError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"from here on this is not JSON ({error.msg}); the rows after it cannot be read"
    return "from here on this is not JSON that can be read: too deep, or a number too long"
