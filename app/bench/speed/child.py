"""One engine at one size, in a process of its own: builds its index, or opens and measures it.

    python -m app.bench.speed.child '{"act": "build", "engine": …, "size": …, "folder": …}'

Speaks JSON lines on standard output: what it is doing, and at last what it found.
"""

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.bench.peers.engine import Paper
from app.bench.peers.loading import measured
from app.bench.speed.footprint import memory, size_mb
from app.bench.speed.measures import Measuring
from app.bench.speed.papers import BATCH, Papers
from app.bench.speed.questions import Questions

_TOLD_EVERY_SECONDS = 5


def main() -> None:
    """Do what the first argument says."""
    task = json.loads(sys.argv[1])
    act = {"build": _build, "measure": _measure}[task["act"]]
    papers = Papers(task["size"], task["seed"])
    _tell(result=act(task, papers, Path(task["folder"])))


def _build(task: dict[str, Any], papers: Papers, folder: Path) -> dict[str, Any]:
    engine = measured(task["engine"])
    papers.batch(0)
    counted = _Counted(papers)
    wall, cpu = time.perf_counter(), time.process_time()
    engine.build(folder, counted)
    cpu = time.process_time() - cpu - counted.making_seconds
    return {
        "built_papers_per_cpu_second": round(papers.count / cpu),
        "build_seconds": round(time.perf_counter() - wall, 1),
        "memory_after_building": memory(),
        "index_mb": size_mb(folder),
    }


def _measure(task: dict[str, Any], papers: Papers, folder: Path) -> dict[str, Any]:
    questions = Questions(papers, task["queries"])
    questions.words(1)
    engine = measured(task["engine"])
    measuring = Measuring(
        engine, questions, task["seconds"], lambda what: _tell(progress=f"measuring {what}")
    )
    times, facts = measuring.run(folder)
    engine.close()
    return {
        "times": {name: {"wall": t.wall, "cpu": t.cpu} for name, t in times.items()},
        "facts": facts,
    }


class _Counted:
    """The papers; how many are made is told now and then, and what making them takes is kept
    apart from what indexing takes."""

    def __init__(self, papers: Papers) -> None:
        self._papers = papers
        self.making_seconds = 0.0

    def __iter__(self) -> Iterator[Paper]:
        told = time.monotonic()
        for number in range(0, self._papers.count, BATCH):
            started = time.thread_time()
            batch = self._papers.batch(number // BATCH)[: self._papers.count - number]
            self.making_seconds += time.thread_time() - started
            if time.monotonic() - told > _TOLD_EVERY_SECONDS:
                told = time.monotonic()
                _tell(progress=f"building, {number:,} of {self._papers.count:,}")
            yield from batch


def _tell(**what: Any) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
