"""Every engine at every size, each in fresh processes, one after the other.

Built indexes stand in `folder/<engine>-<size>-<mark of the papers>` and are used again when whole.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.bench.peers.loading import OURS
from app.bench.speed.papers import Papers
from search import EVERYONE, Query, SearchError, open_index

#: Plain Whoosh takes hours at a million, and no goal compares with it there.
WHOOSH_AT_MOST = 200_000
_HOME = Path(__file__).resolve().parents[3]


class BenchFailed(RuntimeError):
    """A measuring process ended without a result; it said why on standard error."""


@dataclass(frozen=True, slots=True)
class SpeedBench:
    """`seconds` is how long each kind of question is asked at most, of at most `queries`."""

    sizes: tuple[int, ...]
    peers: tuple[str, ...]
    folder: Path
    progress: Callable[[str], None]
    seed: int = 1
    queries: int = 300
    seconds: float = 20

    def run(self) -> dict[str, Any]:
        """Size → engine → what was built, times by question, facts."""
        return {str(size): self._at(size) for size in self.sizes}

    def engines(self, size: int) -> tuple[str, ...]:
        """Who is measured at a size: ours, and the peers that can be."""
        if size <= WHOOSH_AT_MOST or "whoosh" not in self.peers:
            return (OURS, *self.peers)
        self.progress(f"{size:,} papers: plain Whoosh is left out, it would take hours")
        return (OURS, *(peer for peer in self.peers if peer != "whoosh"))

    def built(self, engine: str, size: int) -> dict[str, Any]:
        """Build an index unless a whole one is kept; how that went. Raises `BenchFailed`."""
        place = self._place(engine, size)
        whole = place.with_suffix(".json")
        if whole.exists() and _opens(engine, place):
            self.progress(f"{size:,} papers: {engine}: built before, in {place}")
            kept: dict[str, Any] = json.loads(whole.read_text("utf-8"))
            return kept
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        built = self._in_child(engine, size, act="build")
        whole.write_text(json.dumps(built) + "\n", encoding="utf-8")
        return built

    def _at(self, size: int) -> dict[str, Any]:
        return {engine: self._measured(engine, size) for engine in self.engines(size)}

    def _measured(self, engine: str, size: int) -> dict[str, Any]:
        built = self.built(engine, size)
        asked = {"queries": self.queries, "seconds": self.seconds}
        return {"built": built} | self._in_child(engine, size, act="measure", **asked)

    def _place(self, engine: str, size: int) -> Path:
        return self.folder / f"{engine}-{size}-{Papers(size, self.seed).mark}"

    def _in_child(self, engine: str, size: int, **task: Any) -> dict[str, Any]:
        place = self._place(engine, size)
        task |= {"engine": engine, "size": size, "seed": self.seed, "folder": str(place)}
        command = (sys.executable, "-m", "app.bench.speed.child", json.dumps(task))
        child = subprocess.Popen(command, cwd=_HOME, stdout=subprocess.PIPE, text=True)  # noqa: S603
        try:
            return self._heard(child, f"{size:,} papers: {engine}")
        finally:
            child.kill()
            child.communicate()

    def _heard(self, child: "subprocess.Popen[str]", about: str) -> dict[str, Any]:
        for line in child.stdout or ():
            said = json.loads(line)
            if "result" in said:
                result: dict[str, Any] = said["result"]
                return result
            self.progress(f"{about}: {said['progress']}")
        raise BenchFailed(f"{about}: the process ended with status {child.wait()}")


def _opens(engine: str, place: Path) -> bool:
    """Whether an index that is kept is there; ours may be of another version of the program."""
    if engine != OURS or not place.is_dir():
        return place.is_dir()
    try:
        with open_index(place / "index") as index:
            index.search(Query(audiences=frozenset({EVERYONE}), per_page=1))
    except SearchError:
        return False
    return True
