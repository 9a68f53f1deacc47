"""What the coach reads: the parts of a lesson that is being written, and what it says of them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

STORY = ("context", "expected", "happened", "why")
TEACHING = ("title", "lesson", "recommendation")
CONDITIONS = ("applies_when", "not_when")
READ = (*TEACHING, *STORY, *CONDITIONS)

# A sentence ends at its mark before a space, or with its line; "3.5 bar" and "e.g." go on.
_SENTENCE = re.compile(r"(?<=[.!?])(?<!e\.g\.)(?<!i\.e\.)\s+|\n+")
_PIECE = re.compile(r"[^\W\d_][\w'’-]*|[^\w\s]|\n")
_PARTICLES = frozenset("al bin da de del den der di dos du el la le ten ter van von zu".split())
_LONGEST_NAME = 4
_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")


@dataclass(frozen=True, slots=True)
class Remark:
    """One kind word in the margin: about which field, by which rule, and the words it is about
    (empty where something is missing)."""

    rule: str
    field: str
    text: str
    words: str = ""


@dataclass(frozen=True)
class Writing:
    """A lesson as far as it is written. `people` are full names of people in the organisation that
    stand in its texts."""

    parts: Mapping[str, str]
    kind: str = ""
    people: frozenset[str] = field(default_factory=frozenset)

    def part(self, name: str) -> str:
        return self.parts.get(name, "").strip()

    def sentences(self, *names: str) -> Iterator[tuple[str, str]]:
        """The sentences of these parts, each with the name of its part."""
        for name in names:
            for sentence in _SENTENCE.split(self.part(name)):
                if sentence.strip(" -*\t"):
                    yield name, sentence.strip(" -*\t")

    @cached_property
    def length(self) -> int:
        """How many words there are in all."""
        return sum(len(words(self.part(name))) for name in READ)


def words(text: str) -> list[str]:
    """The words of a text, in lower case."""
    return [word.lower() for word in _WORD.findall(text)]


def full_names_in(parts: Mapping[str, str]) -> set[str]:
    """Every run of two to four words with capitals ("van" and the like between them): what may be
    the name of a person."""
    found: set[str] = set()
    for name in READ:
        run: list[str] = []
        for piece in _PIECE.findall(parts.get(name, "")):
            goes_on = piece[0].isupper() or (run and piece in _PARTICLES)
            run = [*run, piece][-_LONGEST_NAME:] if goes_on else []
            found.update(" ".join(run[-size:]) for size in range(2, len(run) + 1))
    return {name for name in found if name[0].isupper() and name.split()[-1] not in _PARTICLES}
