"""What is measured of one engine once its index is built, in the order in which it is done."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from string import ascii_lowercase
from typing import Any

from app.bench.peers.engine import Measured, Paper
from app.bench.peers.ours import Peer
from app.bench.speed.clock import Times, timed_within
from app.bench.speed.footprint import growth, memory
from app.bench.speed.questions import TENTH, THIRD, Questions

WORDS = (1, 3, 6, 15, 35)
FIRST = 10
_CHANGES = 30
_FEW = 3


@dataclass(frozen=True, slots=True)
class Measuring:
    """One kind of question is asked for at most so many `seconds`; `progress` hears which."""

    engine: Measured
    questions: Questions
    seconds: float
    progress: Callable[[str], None]

    def run(self, folder: Path) -> tuple[dict[str, Times], dict[str, Any]]:
        """Times by name, and facts by name."""
        first = self.questions.words(1)[0]
        before = memory()
        started = time.perf_counter()
        self.engine.open(folder)
        self.engine.any_of(first, FIRST)
        facts: dict[str, Any] = {"open_ms": round((time.perf_counter() - started) * 1000, 1)}
        times = self._asked()
        facts["memory_growth"] = growth(before, memory())
        if isinstance(self.engine, Peer):
            times |= _ours_alone(self.engine, self, facts)
        times["change searchable"] = self._changes()
        return times, facts

    def timed(self, name: str, act: Callable[[Any], Any], items: list[Any]) -> Times:
        """Times of one kind of question; the last third is asked before, untimed."""
        self.progress(name)
        kept = len(items) * 2 // 3
        return timed_within(act, items[:kept], seconds=self.seconds, before=items[kept:])

    def _asked(self) -> dict[str, Times]:
        engine, few = self.engine, self.questions.words(_FEW)
        times = {
            f"any of {count}": self.timed(
                f"any of {count} words",
                lambda text: engine.any_of(text, FIRST),
                self.questions.words(count),
            )
            for count in WORDS
        }
        for name, act in {
            "with a filter": lambda text: engine.of_kind(text, "success", FIRST),
            "facets and total": lambda text: engine.counted(text, FIRST),
            "all of 3": lambda text: engine.all_of(text, FIRST),
        }.items():
            times[name] = self.timed(name, act, few)
        return times

    def _changes(self) -> Times:
        """From giving a new paper to finding it."""
        papers = [
            Paper(f"changed{n}", f"Changed {mark}", f"{text} {mark}")
            for n, (mark, text) in enumerate(zip(_marks(), self.questions.words(35), strict=False))
        ]

        def change(paper: Paper) -> None:
            self.engine.put(paper)
            found = self.engine.any_of(paper.title.split()[1], FIRST)
            if not found or found[0].id != paper.id:
                raise RuntimeError(f"{paper.id} was put and is not found")

        self.progress("change searchable")
        return timed_within(change, papers, seconds=self.seconds)


def _marks() -> list[str]:
    """Words that stand nowhere else."""
    return [f"quixot{a}{b}x" for a in "aeiou" for b in ascii_lowercase[: _CHANGES // 5]]


def _ours_alone(engine: Peer, measuring: Measuring, facts: dict[str, Any]) -> dict[str, Times]:
    """What peers do not do as they stand: slips, completion, similar lessons."""
    questions, timed = measuring.questions, measuring.timed
    slips = questions.slips()
    times = {
        "title, clean": timed("title", lambda s: engine.any_of(s.clean, FIRST), slips),
        "title, one slip": timed("one slip", lambda s: engine.any_of(s.typed, FIRST), slips),
        "did you mean": timed(
            "did you mean", lambda s: engine.search(s.typed, FIRST).suggestion, slips
        ),
        "completion": timed("completion", engine.suggest, questions.beginnings()),
    }
    facts["slips_found_in_first_five"] = _share(
        [s.paper in [hit.id for hit in engine.any_of(s.typed, 5)] for s in slips]
    )
    facts["slips_with_a_suggestion"] = _share(
        [engine.search(s.typed, 1).suggestion is not None for s in slips]
    )
    for name, share in (("a tenth", TENTH), ("a third", THIRD)):
        drafts = questions.drafts(share)
        times[f"similar at {name}"] = timed(
            f"similar at {name}", lambda d: engine.similar(d.title, d.text), drafts
        )
        firsts = [engine.similar(d.title, d.text)[:1] for d in drafts]
        right = [[d.paper] == [hit.id for hit in f] for d, f in zip(drafts, firsts, strict=True)]
        facts[f"similar_right_first_at_{name.replace(' ', '_')}"] = _share(right)
    return times


def _share(claims: list[bool]) -> float:
    return round(sum(claims) / len(claims), 3)
