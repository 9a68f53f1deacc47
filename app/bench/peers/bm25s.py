"""bm25s: Snowball's English stems, stop words left out, the title three times before the body."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import bm25s
from snowballstemmer import stemmer

from app.bench.peers.engine import Found, Paper

_TITLE_TIMES = 3


class Peer:
    """Keeps everything in memory; nothing is written to the folder."""

    def __init__(self) -> None:
        self._stem = stemmer("english").stemWords
        self._ids: list[str] = []

    def build(self, folder: Path, papers: Iterable[Paper]) -> None:  # noqa: ARG002 - keeps no file
        texts = []
        for paper in papers:
            self._ids.append(paper.id)
            texts.append(" ".join([paper.title] * _TITLE_TIMES + [paper.text]))
        self._ranking = bm25s.BM25()
        self._ranking.index(self._words(texts), show_progress=False)

    def open(self, folder: Path) -> None:
        """It is open since it was built."""

    def any_of(self, text: str, limit: int) -> list[Found]:
        words = self._words([text])
        if not words.vocab:
            return []
        numbers, scores = self._ranking.retrieve(
            words, k=min(limit, len(self._ids)), show_progress=False
        )
        pairs = zip(numbers[0], scores[0], strict=True)
        return [Found(self._ids[number], float(score)) for number, score in pairs if score > 0]

    def close(self) -> None:
        """Nothing is held open."""

    def _words(self, texts: list[str]) -> Any:
        return bm25s.tokenize(texts, stopwords="en", stemmer=self._stem, show_progress=False)
