"""Ranking by meaning as the product sees it: a model, the vectors it made, and how they fare."""

import logging
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from ..documents import Document
from .model import Model
from .model_folder import MeaningUnavailable, ModelFolder
from .records import keys
from .rerank import RERANKED, cosines, order
from .texts import text_of
from .vectors import Vectors

#: How long a model that could not be loaded is left alone.
RETRY_SECONDS = 60.0
_QUESTIONS_KEPT = 1000
_log = logging.getLogger(__name__)


class Meaning:
    """A model and the vectors of lessons. Threads may share one; making it reads no file.

    What writes or counts vectors raises `MeaningUnavailable`, `IndexBusy` or OSError. Ordering
    raises none of them: it goes on without, and `trouble` says why.
    """

    #: How many of a search it puts in order.
    reach = RERANKED

    def __init__(self, model_folder: Path, vectors_folder: Path) -> None:
        self._model_folder = model_folder
        self._vectors_folder = vectors_folder
        self._opening = threading.RLock()
        self._not_before = 0.0
        self._opened: tuple[ModelFolder, Vectors] | None = None
        self._loaded: Model | None = None
        self._question = lru_cache(_QUESTIONS_KEPT)(lambda text: self._model().question(text))
        #: Why searches go without their meaning; "" while they need not.
        self.trouble = ""

    def load(self) -> None:
        """Load the model now, so that the first search need not wait; says so if it cannot."""
        try:
            self._model()
        except (MeaningUnavailable, OSError) as error:
            self._tell(str(error))

    def order(
        self, text: str, documents: Sequence[tuple[str, str]], scores: Sequence[float]
    ) -> list[int]:
        """The places of documents, given best first as (id, stamp), in the order to show them.

        `text` is the question without its signs. The same order while there is no meaning.
        """
        as_they_are = list(range(len(documents)))
        try:
            known, vectors = self._vectors.fetch(keys(documents))
            if not known.any():
                return as_they_are
            alike = cosines(vectors, self._question(text))
        except (MeaningUnavailable, OSError) as error:
            self._tell(str(error))
            return as_they_are
        self._tell("")
        return order(np.asarray(scores, np.float64), known, alike)

    def lacking(self, stamps: Mapping[str, str]) -> list[str]:
        """Of documents, id → stamp, the ids of those without a vector."""
        there = self._vectors.holding(keys(stamps))
        return [id for id, has in zip(stamps, there.tolist(), strict=True) if not has]

    def learn(self, documents: Iterable[Document]) -> None:
        """Make the vectors that documents lack and keep them, durably. Some 40 ms a document."""
        by_stamp = {(each.id, each.stamp): each for each in documents}
        there = self._vectors.holding(keys(by_stamp)).tolist()
        lacking = [stamp for stamp, has in zip(by_stamp, there, strict=True) if not has]
        if lacking:
            made = self._model().encode(text_of(by_stamp[stamp]) for stamp in lacking)
            self._vectors.add(keys(lacking), made)

    def keep_only(self, stamps: Mapping[str, str]) -> int:
        """Wipe the vectors of all but these documents off the disk; how many were wiped."""
        return self._vectors.keep_only(keys(stamps))

    def look_again(self) -> None:
        """Read all vectors again: one that was damaged meanwhile is found lacking."""
        self._vectors.look_again()

    @property
    def _vectors(self) -> Vectors:
        return self._open()[1]

    def _open(self) -> tuple[ModelFolder, Vectors]:
        with self._opening:
            if self._opened is None:
                folder = ModelFolder(self._model_folder)
                self._opened = folder, Vectors(self._vectors_folder, folder.fingerprint())
            return self._opened

    def _model(self) -> Model:
        with self._opening:
            if self._loaded is None:
                if time.monotonic() < self._not_before:
                    raise MeaningUnavailable(self.trouble)
                try:
                    self._loaded = Model(self._open()[0])
                    self._tell("")
                except (MeaningUnavailable, OSError) as error:
                    self._not_before = time.monotonic() + RETRY_SECONDS
                    self._tell(str(error))
                    raise
            return self._loaded

    def _tell(self, trouble: str) -> None:
        """Note how it fares; said once, not with every search."""
        if trouble and trouble != self.trouble:
            _log.warning("searching goes on without meaning: %s", trouble)
        elif self.trouble and not trouble:
            _log.warning("searching by meaning works again")
        self.trouble = trouble
