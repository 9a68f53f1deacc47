"""One lesson as one bag of weighted terms.

Fields are not scored apart and summed: the parts of a lesson are poured into a single bag, each
as many times as it tells (Robertson, Zaragoza, Taylor: "Simple BM25 extension to multiple
weighted fields", CIKM 2004). A title counts three times.
"""

from collections import Counter
from collections.abc import Iterable

from .analyzers import Word, analysed, is_stop_word
from .documents import EVERYONE, Document
from .schema import Posting
from .scripts import tokens

#: How many times each part counts, from measurements on judged collections (docs/search.md).
WEIGHTS = {
    "title": 3,
    "recommendation": 2,
    "applies_when": 2,
    "lesson": 1,
    "context": 1,
    "expected": 1,
    "happened": 1,
    "why": 1,
    "not_when": 1,
    "external_id": 1,
    "team_name": 1,
    "author_name": 1,
}
_TOPIC_WEIGHT = 2
_SPELLING_LETTERS = range(3, 33)


def postings(document: Document) -> dict[str, list[Posting]]:
    """The terms of a document for each field of the schema."""
    written: Counter[str] = Counter()
    for part, weight in WEIGHTS.items():
        _pour(written, getattr(document, part), weight)
    for name in document.topic_names:
        _pour(written, name, _TOPIC_WEIGHT)
    found = [(analysed(token), weight) for token, weight in written.items()]
    open_to_all = document.audience == EVERYONE
    return {
        "id": [(document.id.encode(), 0, 1.0, b"")],
        "text": _text(found),
        "spelling": _spellings(word for word, _ in found) if open_to_all else [],
    }


def _pour(written: Counter[str], text: str, weight: int) -> None:
    for token in tokens(text):
        written[token] += weight


def _text(found: list[tuple[Word, int]]) -> list[Posting]:
    weights: Counter[str] = Counter()
    lengths: Counter[str] = Counter()
    for word, weight in found:
        counts = 0 if is_stop_word(word) else weight
        for term in word.terms:
            weights[term] += weight
            lengths[term] += counts
        for form in word.forms:
            weights[form] += weight
    return [(term.encode(), lengths[term], float(w), b"") for term, w in weights.items()]


def _spellings(found: Iterable[Word]) -> list[Posting]:
    plain = {part for word in found for part in word.plain if part.isalpha()}
    kept = (part for part in plain if len(part) in _SPELLING_LETTERS)
    return [(part.encode(), 0, 1.0, b"") for part in kept]
