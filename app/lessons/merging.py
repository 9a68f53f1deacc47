"""Segments of the index are made one behind the work, in a thread that nobody waits for."""

import threading
from dataclasses import dataclass, field

import structlog

from search import Index, SearchError

_log = structlog.get_logger("merging")


@dataclass
class Merging:
    """Merges what is due, at most one at a time, after the index has changed."""

    index: Index
    _seen: int = -1
    _thread: threading.Thread | None = field(default=None)

    def step(self) -> bool:
        """Begin if the index changed since the last look; never counts as work, as it is elsewhere.

        A process that ends midway leaves nothing but a folder that the next merge removes.
        """
        if self._thread is not None and self._thread.is_alive():
            return False
        generation = self.index.generation()
        if generation != self._seen:
            self._seen = generation
            self._thread = threading.Thread(target=self._merge, name="merging", daemon=True)
            self._thread.start()
        return False

    def wait(self) -> None:
        """Until the merge under way is done."""
        if self._thread is not None:
            self._thread.join()

    def _merge(self) -> None:
        try:
            while self.index.merge():
                _log.info("segments of the index were merged")
        except (SearchError, OSError) as error:
            # The index is as it was; who watches it mends it, and the next change tries again.
            _log.warning("segments of the index could not be merged", error=str(error))
