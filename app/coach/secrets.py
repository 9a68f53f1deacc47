"""What should not stand in a lesson at all: passwords, keys, private addresses."""

import re
from collections.abc import Iterator

from app.coach.writing import READ, Remark, Writing

_SECRET = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{20,}"
    r"|\bxox[abp]-[A-Za-z0-9-]{10,}|\bsk-[A-Za-z0-9_-]{20,}|\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]+"
    r"|\b(?:pass(?:word|phrase)|passwd|pwd|secret|api[- ]?key|token|pin)\s*(?:is|was|[:=])\s*"
    r"[\"'“]?(?=\S*[\d!#$%&*@^])\S{4,}",
    re.IGNORECASE,
)


def looks_secret(text: str) -> bool:
    """Whether a text holds what looks like a password or a key."""
    return _SECRET.search(text) is not None


def secrets(writing: Writing) -> Iterator[Remark]:
    """What looks like a password or a key."""
    for part in READ:
        found = _SECRET.search(writing.part(part))
        if found:
            yield Remark(
                "secret",
                part,
                "This looks like a password or a key. Take it out, and change it if it is real: "
                "everybody who can read the lesson would have it.",
                found[0][:24],
            )
