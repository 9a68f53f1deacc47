"""Times the digests of a month: one team's, and all of them with the memory that they need."""

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from app.bench.digests.organisation import LargeOrganisation
from app.digests.compiling.compile import Progress, compile_all, compile_one
from app.digests.models import About, Edition
from app.digests.period import month_of
from app.kit.db import Database
from app.kit.migrate import bring_up_to_date

_ENDS_AT = datetime(2026, 11, 1, tzinfo=UTC)
_MONTH = month_of(datetime(2026, 10, 1, tzinfo=UTC).date())
_NOW = datetime(2026, 11, 2, 8, tzinfo=UTC)
_STATUS, _RESET = Path("/proc/self/status"), Path("/proc/self/clear_refs")
#: What the kernel is told to forget how large the process ever was.
_FORGET_PEAK = "5"
_ONES = 5


@dataclass(frozen=True, slots=True)
class DigestBench:
    """So many lessons, teams and uses; `said` hears what is being done, `progress` how far."""

    lessons: int
    teams: int
    uses: int
    said: Callable[[str], None]
    progress: Progress = lambda _done, _total: None

    def run(self) -> dict[str, Any]:
        """Seconds by the clock and of the processor, and megabytes."""
        with tempfile.TemporaryDirectory(prefix="commonplace-digests-") as folder:
            database = Database(f"sqlite:///{folder}/bench.db")
            try:
                bring_up_to_date(database.engine, backups=Path(folder))
                self.said(f"making {self.lessons:,} lessons, {self.teams:,} teams")
                made = LargeOrganisation(self.lessons, self.teams, self.uses, _ENDS_AT)
                made.fill(database)
                return self._measured(database, made)
            finally:
                database.close()

    def _measured(self, database: Database, made: LargeOrganisation) -> dict[str, Any]:
        self.said("one team's digest")
        last = made.team_ids[-_ONES:]
        alone = [_timed(partial(_one, database, team, Edition.MEMBERS)) for team in last]
        division = _timed(partial(_one, database, made.team_ids[1], Edition.MANAGERS))
        whole = _timed(partial(_one, database, made.team_ids[0], Edition.MANAGERS))
        self.said("all digests")
        peak_before = _peak_mb(anew=True)
        kept = 0

        def everything() -> None:
            nonlocal kept
            kept = compile_all(database, _MONTH, now=_NOW, progress=self.progress)

        everything_took = _timed(everything)
        return {
            "one_team": max(alone, key=lambda times: times["seconds"]),
            "one_division": division,
            "one_above_all": whole,
            "all": everything_took | {"digests": kept},
            "memory": {"before_mb": peak_before, "peak_mb": _peak_mb()},
        }


def _one(database: Database, team: str, edition: Edition) -> None:
    with database.reading() as session:
        compile_one(session, _MONTH, About.TEAM, team, edition, now=_NOW)


def _timed(act: Callable[[], None]) -> dict[str, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    act()
    seconds = time.perf_counter() - wall, time.process_time() - cpu
    return {"seconds": round(seconds[0], 2), "cpu_seconds": round(seconds[1], 2)}


def _peak_mb(*, anew: bool = False) -> float | None:
    """How large this process ever was, since it was asked `anew`; None where nothing says so."""
    if not (_STATUS.exists() and _RESET.exists()):
        return None
    if anew:
        _RESET.write_text(_FORGET_PEAK, "ascii")
    line = next(one for one in _STATUS.read_text("ascii").splitlines() if one.startswith("VmHWM"))
    return round(int(line.split()[1]) / 1024, 1)
