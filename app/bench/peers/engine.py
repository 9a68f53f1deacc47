"""What every engine that is measured can do, whoever made it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

_word = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Paper:
    """One document of a collection. `day` counts from an arbitrary first one."""

    id: str
    title: str
    text: str
    kind: str = "failure"
    team: str = "team0"
    day: int = 0


class Found(NamedTuple):
    """A document that a search found; the higher the score, the better."""

    id: str
    score: float


class Engine(Protocol):
    """Builds an index in an empty folder, opens it, and ranks for any of the words of a text."""

    def build(self, folder: Path, papers: Iterable[Paper]) -> None:
        """Index all papers into the folder, as fast as this engine is meant to."""

    def open(self, folder: Path) -> None:
        """Make what was built ready to answer."""

    def any_of(self, text: str, limit: int) -> list[Found]:
        """The best documents that hold any of the words, best first."""

    def close(self) -> None:
        """Let go of the files."""


class Measured(Engine, Protocol):
    """An engine that keeps its index on the disk, filters, counts and changes."""

    def all_of(self, text: str, limit: int) -> list[Found]:
        """The best documents that hold every word."""

    def of_kind(self, text: str, kind: str, limit: int) -> list[Found]:
        """As `any_of`, among the documents of one kind."""

    def counted(self, text: str, limit: int) -> tuple[int, int]:
        """As `any_of`, with counts by kind and team; gives the total and how many counts."""

    def put(self, paper: Paper) -> None:
        """Add or replace one document; the next search finds it."""


def plain_words(text: str) -> list[str]:
    """The words of a text in small letters, with nothing that a query language would act on."""
    return _word.findall(text.lower())
