"""How an attached file is called: without folders, control characters and false endings."""

import re
import unicodedata
from pathlib import PurePosixPath

from app.files.kinds import FileKind

MOST_CHARACTERS = 200
_UNWELCOME = re.compile(r'[<>:"|?*\\/\x7f]')
_UNSEEN = ("C", "Zl", "Zp")  # control, formatting (right-to-left marks among them), separators
_LONGEST_ENDING = 10
_KILO = 1_000


def clean_name(name: str, kind: FileKind) -> str:
    """`name` as it may be shown and saved under: its last part, in visible characters, at most
    MOST_CHARACTERS, with an ending that is true to the content."""
    last = PurePosixPath(unicodedata.normalize("NFC", name).replace("\\", "/")).name
    seen = "".join(c for c in last if not unicodedata.category(c).startswith(_UNSEEN))
    plain = " ".join(_UNWELCOME.sub("-", seen).split()).strip(" .-")
    stem, dot, ending = plain.rpartition(".")
    if dot and ending.lower() in kind.endings:
        ending = ending.lower()
    else:
        # Another ending is no ending of this file: it goes, if it looks like one.
        looks_so = dot and ending.isalnum() and len(ending) <= _LONGEST_ENDING
        stem, ending = (stem if looks_so else plain), kind.endings[0]
    room = MOST_CHARACTERS - len(ending) - 1
    return f"{stem.strip(' .-')[:room].strip() or 'file'}.{ending}"


def size_in_words(size_bytes: int) -> str:
    """`12 KB`, `1.4 MB`: as people say it, by thousands."""
    if size_bytes < _KILO:
        return f"{size_bytes} bytes"
    if round(size_bytes / _KILO) < _KILO:
        return f"{round(size_bytes / _KILO)} KB"
    return f"{size_bytes / _KILO**2:.1f} MB"
