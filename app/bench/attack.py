"""Four people loop the worst searches they can think of; what somebody who works notices of it."""

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from app.bench.clients import Load, get_request, load, under_way
from app.bench.corpus import Corpus, made_up_words
from app.bench.figures import figures
from app.bench.place import Place, furnish, serving

ATTACKERS = 4
_PAUSE_MS = 50
_HEAD_START_SECONDS = 2
_OK, _TOO_MANY = 200, 429
_QUERIES = 100


@dataclass(frozen=True, slots=True)
class Attack:
    """`seconds` is how long the person is watched without the attack, and then with it."""

    lessons: int
    workers: int
    seconds: float
    progress: Callable[[str], None]

    def run(self) -> dict[str, Any]:
        """What the person saw in both, by how much the attack slowed them, and what became of the
        attackers' requests."""
        with tempfile.TemporaryDirectory(prefix="commonplace-bench-") as folder:
            self.progress(f"making {self.lessons:,} lessons")
            place = furnish(Path(folder), self.lessons, lambda _: None, others=ATTACKERS)
            with serving(place, workers=self.workers) as (port, _):
                return self._watched(place, port)

    def _watched(self, place: Place, port: int) -> dict[str, Any]:
        person = [[get_request(f"/search?q={quote(q)}", cookie=place.cookie)
                   for q in Corpus().queries(_QUERIES, 3)]]  # fmt: skip
        load(port, person, seconds=min(1, self.seconds))
        self.progress("a person searches, alone")
        alone = load(port, person, seconds=self.seconds, pause_ms=_PAUSE_MS)
        self.progress(f"{ATTACKERS} attackers loop the worst searches")
        worst = [
            [get_request(path, cookie=cookie) for path in worst_searches()]
            for cookie in place.others
        ]
        head_start = min(_HEAD_START_SECONDS, self.seconds)
        lasts = self.seconds + 2 * head_start
        with under_way(port, worst, seconds=lasts) as seen:
            time.sleep(head_start)
            beset = load(port, person, seconds=self.seconds, pause_ms=_PAUSE_MS)
            attackers = seen()
        return _figures(alone, beset, attackers, lasts)


def worst_searches() -> list[str]:
    """Addresses that cost the most: all that the grammar allows, at its limits and beyond them."""
    words = made_up_words(30_000, Corpus().seed)
    common = words[:400]
    slips = [f"{word}qx" for word in words[1_000:1_400] if len(word) > 5]  # noqa: PLR2004
    stars = [f"{word[:3]}*" for word in common if len(word) > 3]  # noqa: PLR2004
    texts = [
        " ".join(common[:40]),
        " ".join(common),
        " ".join(slips[:16]),
        " ".join(slips),
        " ".join(stars[:16]),
        " ".join(f'"{a} {b}"' for a, b in zip(common[:16], common[16:32], strict=True)),
        f'"{" ".join(common[:30])}"',
        " ".join(f"-{word}" for word in common[:16]) + f" {common[20]}",
        " ".join(f"title:{word}" for word in stars[:16]),
        "(" * 2_000 + common[0],
        "deployment~9 /(a+)+$/ *a?b*",
        "x" * 3_000,
    ]
    searches = [f"/search?q={quote(text)}" for text in texts]
    deep = f"/search?q={quote(' '.join(common[:15]))}&page=1000"
    return [*searches, deep, "/search?q=&sort=oldest&page=500"]


def _figures(alone: Load, beset: Load, attackers: Load, lasted: float) -> dict[str, Any]:
    before, during = figures(alone.times_ms), figures(beset.times_ms)
    return {
        "alone": before.as_dict(),
        "under_attack": during.as_dict(),
        "p95_times_slower": round(during.p95_ms / before.p95_ms, 2),
        "person_refused": round(1 - beset.share(_OK), 4),
        "attack_requests_per_second": round(len(attackers.times_ms) / lasted),
        "attack_answers": {str(status): n for status, n in sorted(attackers.statuses.items())},
        "attack_refused": round(attackers.share(_TOO_MANY), 3),
    }
