"""How a piece of work is called where there is one line for it: by how its description begins."""

import re

from app.briefs.models import Brief

_LONGEST = 90
_MARKS = re.compile(r"^[\s#>*\-\d.)]+")
_SENTENCE = re.compile(r"(?<=[a-z)\]”\"’'])[.!?](?=\s|$)")


def name_of(brief: Brief) -> str:
    """What its work is called."""
    return name_of_work(brief.work)


def name_of_work(work: str) -> str:
    """The first sentence of the work, or of its first line; at most about ninety characters."""
    for line in work[:5_000].splitlines():
        words = " ".join(_MARKS.sub("", line).split())
        if words:
            return shortened(_SENTENCE.split(words, maxsplit=1)[0])
    return "A piece of work"


def shortened(words: str, longest: int = _LONGEST) -> str:
    """`words`, cut after a whole word and marked, where they are longer than `longest`."""
    if len(words) <= longest:
        return words
    return words[: longest - 1].rpartition(" ")[0].rstrip(",;:–-") + "…"
