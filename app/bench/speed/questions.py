"""What is asked: words, misspelt titles, beginnings and drafts, all drawn from papers."""

import random
from dataclasses import dataclass
from functools import cached_property
from string import ascii_lowercase

from app.bench.peers.engine import Paper
from app.bench.speed.papers import BATCH, Papers

#: Papers are drawn from so many batches at most: each costs as much as all its papers.
_BATCHES = 8
_LONG_ENOUGH = 6
#: A lesson while it is written: the share of its body that is typed.
TENTH, THIRD = 0.1, 1 / 3


@dataclass(frozen=True, slots=True)
class Slip:
    """A title, the same with one letter of one word wrong, and the paper that has it."""

    clean: str
    typed: str
    paper: str


@dataclass(frozen=True, slots=True)
class Draft:
    """The title and the beginning of the body of a paper."""

    title: str
    text: str
    paper: str


@dataclass(frozen=True)
class Questions:
    """`count` of each kind; the same for the same papers, whatever else was asked for."""

    papers: Papers
    count: int = 200

    def words(self, count: int) -> list[str]:
        """So many different words of one paper; frequent words are drawn more often."""
        source = self._source(f"{count} words")
        return [_drawn(source, self._paper(source), count) for _ in range(self.count)]

    def slips(self) -> list[Slip]:
        """Titles with a slip of the finger that gives no other word."""
        source, known = self._source("slips"), set(self.papers.vocabulary.tolist())
        found: list[Slip] = []
        while len(found) < self.count:
            paper = self._paper(source)
            words = paper.title.lower().split()
            at = source.randrange(len(words))
            wrong = _slipped(source, words[at])
            if len(words[at]) >= _LONG_ENOUGH and wrong not in known:
                typed = " ".join([*words[:at], wrong, *words[at + 1 :]])
                found.append(Slip(" ".join(words), typed, paper.id))
        return found

    def beginnings(self) -> list[str]:
        """A word of a title and the first three letters of the next, as typed into a box."""
        source = self._source("beginnings")
        pairs = [self._paper(source).title.lower().split()[:2] for _ in range(self.count)]
        return [f"{first} {second[:3]}" for first, second in pairs]

    def drafts(self, share: float) -> list[Draft]:
        """Papers of which the title and a share of the body are written."""
        source = self._source("drafts")
        papers = [self._paper(source) for _ in range(self.count)]
        return [Draft(p.title, _beginning(p.text, share), p.id) for p in papers]

    def _paper(self, source: random.Random) -> Paper:
        return source.choice(self._drawn_from)

    @cached_property
    def _drawn_from(self) -> list[Paper]:
        last = (self.papers.count - 1) // BATCH
        batches = self._source("batches").sample(range(last + 1), min(_BATCHES, last + 1))
        papers = [paper for number in sorted(batches) for paper in self.papers.batch(number)]
        return [paper for paper in papers if int(paper.id[1:]) < self.papers.count]

    def _source(self, purpose: str) -> random.Random:
        return random.Random(f"{self.papers.seed} {purpose}")  # noqa: S311 - not for secrets


def _drawn(source: random.Random, paper: Paper, count: int) -> str:
    words = f"{paper.title} {paper.text}".lower().split()
    source.shuffle(words)
    return " ".join(list(dict.fromkeys(words))[:count])


def _beginning(text: str, share: float) -> str:
    words = text.split()
    return " ".join(words[: max(1, round(len(words) * share))])


def _slipped(source: random.Random, word: str) -> str:
    """One letter left out, put in, changed, or swapped with the next (Damerau 1964)."""
    at = source.randrange(len(word) - 1)
    other = source.choice(ascii_lowercase)
    return source.choice((
        word[:at] + word[at + 1 :],
        word[:at] + other + word[at:],
        word[:at] + other + word[at + 1 :],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    ))  # fmt: skip
