"""Of what parts a lesson is made, and how much each of them tells.

Fields are not scored apart and summed: the parts of a lesson are poured into a single bag, each
as many times as it tells (Robertson, Zaragoza, Taylor: "Simple BM25 extension to multiple
weighted fields", CIKM 2004). A title counts three times.
"""

from collections.abc import Iterator
from typing import NamedTuple

from .documents import Document
from .scripts import fold

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

#: The parts by name; a document's parts are kept as places in this list.
PARTS = (*WEIGHTS, "topic")

#: What is looked for by a field word ("team:depot"), numbered; 0 is everything else.
FACTS = ("", "title", "team", "author", "topic")
_FACT_OF = {"title": 1, "team_name": 2, "author_name": 3}
_TOPIC = 4


class Told(NamedTuple):
    """A part of a lesson that has text: its place in `PARTS`, its kind of fact, its weight."""

    part: int
    fact: int
    weight: int
    text: str


def parts(document: Document) -> Iterator[Told]:
    """The parts of a lesson that have text, in the order of reading."""
    for part, (name, weight) in enumerate(WEIGHTS.items()):
        if text := getattr(document, name):
            yield Told(part, _FACT_OF.get(name, 0), weight, text)
    for name in document.topic_names:
        yield Told(len(WEIGHTS), _TOPIC, _TOPIC_WEIGHT, name)


def value_of_kind(kind: str) -> str:
    """A kind of lesson as its field word has it: "near_miss" for "Near miss" and "near-miss"."""
    return "_".join(fold(kind).replace("-", " ").replace("_", " ").split())
