"""Papers by the million in constant memory, the same for the same seed.

Words are made up; their frequencies follow Zipf's law with Mandelbrot's shift, p ~ 1 / (rank + 2.7)
(B. Mandelbrot, "An informational theory of the statistical structure of language", 1953), as those
of a language do. Batches are seeded one by one, so that any can be made again alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from app.bench.corpus import made_up_words
from app.bench.peers.engine import Paper

BATCH = 500
KINDS = ("failure", "success", "near_miss", "experiment")
_KIND_SHARES = (0.5, 0.25, 0.15, 0.1)
_TEAMS = 40
_DAYS = 1_500
_VOCABULARY = 100_000
_SHIFT = 2.7
_SHORTEST = 4
_TITLE_WORDS = (4, 11)
_BODY_WORDS = (62, 354)  # 208 in the middle; with the title about 215


@dataclass(frozen=True)
class Papers:
    """The first `count` papers of an endless row."""

    count: int
    seed: int = 1

    def __iter__(self) -> Iterator[Paper]:
        for number in range(0, self.count, BATCH):
            yield from self.batch(number // BATCH)[: self.count - number]

    def batch(self, number: int) -> list[Paper]:
        """Papers `number * BATCH` and those after it."""
        source = np.random.default_rng((self.seed, number))
        titles = source.integers(*_TITLE_WORDS, BATCH)
        bodies = source.integers(*_BODY_WORDS, BATCH)
        ends = np.cumsum(np.stack([titles, bodies], axis=1).ravel()).tolist()
        words = self._words(source, ends[-1])
        kinds = source.choice(len(KINDS), BATCH, p=_KIND_SHARES).tolist()
        teams = source.integers(0, _TEAMS, BATCH).tolist()
        days = source.integers(0, _DAYS, BATCH).tolist()
        starts = [0, *ends]
        return [
            Paper(
                f"p{number * BATCH + n}",
                " ".join(words[starts[2 * n] : starts[2 * n + 1]]).capitalize(),
                " ".join(words[starts[2 * n + 1] : starts[2 * n + 2]]),
                KINDS[kinds[n]],
                f"team{teams[n]}",
                days[n],
            )
            for n in range(BATCH)
        ]

    @cached_property
    def mark(self) -> str:
        """A name for how papers are made: another one means other papers."""
        return f"{crc32(repr(self.batch(0)).encode()):08x}"

    def _words(self, source: np.random.Generator, count: int) -> list[str]:
        ranks = np.searchsorted(self._shares, source.random(count))
        words: list[str] = self.vocabulary[ranks].tolist()
        return words

    @property
    def vocabulary(self) -> NDArray[np.object_]:
        """Words, the most frequent first and, as in a language, the shortest; none so short that
        an engine leaves it out."""
        return _vocabulary(self.seed)

    @cached_property
    def _shares(self) -> NDArray[np.float64]:
        shares = np.cumsum(1 / (np.arange(1, _VOCABULARY + 1) + _SHIFT))
        shares /= shares[-1]
        return shares


@cache
def _vocabulary(seed: int) -> NDArray[np.object_]:
    words = [
        word
        for word in made_up_words(_VOCABULARY + _VOCABULARY // 10, seed)
        if len(word) >= _SHORTEST
    ]
    return np.array(sorted(words, key=len)[:_VOCABULARY], dtype=object)
