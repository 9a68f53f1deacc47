"""The job that keeps digests as soon as their period is over, and then sends them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from app.digests.getting import recipients
from app.digests.models import Cadence
from app.digests.owed import Owed, owed, owed_of
from app.digests.period import Period, month_of, week_of
from app.digests.plan import begin, the_plan
from app.digests.sending import Sender

_LOOKS_EVERY = timedelta(minutes=1)
_log = structlog.get_logger("digests")

#: Keeps every digest of a period that is over and that is not kept yet.
Keeper = Callable[[Period], object]


@dataclass
class Digests:
    """A worker's job, in as many processes as there are. `sends` is False where no mail goes out:
    then digests are kept and nothing more. `zone` is that of people who chose none."""

    sender: Sender
    keep: Keeper
    zone: str
    sends: bool
    _kept: set[Period] = field(default_factory=set)
    _line: list[Owed] = field(default_factory=list)
    _looked_at: datetime | None = None

    def start(self) -> None:
        """What falls due from now on is sent."""
        if self.sends:
            with self.sender.database.writing() as session:
                begin(session, now=self.sender.clock())

    def step(self) -> bool:
        """Put one mail in line; False when none was due. Looks once a minute what is."""
        if not self._line:
            if not self._is_time():
                return False
            self._line = self._owed()
            self._line.reverse()
        if not self._line:
            return False
        self.sender.send(self._line.pop())
        return True

    def send_all(self, period: Period, told: Callable[[int, int], object]) -> int:
        """Put in line at once what of one period does not stand there, whenever it is due; how many
        that were. `told` hears how many are done of how many. For whoever sends it by hand."""
        now = self.sender.clock()
        self.start()
        with self.sender.database.reading() as session:
            plan = the_plan(session)
            assert plan is not None
            line = owed_of(session, plan, period, zone=self.zone, now=now)
        count = 0
        for number, one in enumerate(line, 1):
            count += self.sender.send(one)
            told(number, len(line))
        return count

    def _is_time(self) -> bool:
        now, last = self.sender.clock(), self._looked_at
        if last is not None and last <= now < last + _LOOKS_EVERY:
            return False
        self._looked_at = now
        return True

    def _owed(self) -> list[Owed]:
        found, weekly = self._due()
        now = self.sender.clock()
        over = {one.period for one in found} | {month_of(now.date()).previous}
        over |= {week_of(now.date()).previous} if weekly else set()
        # What is sent is kept before: all that a mail tells of stays as it was told.
        kept = [self._keep_once(period) for period in sorted(over - self._kept)]
        return self._due()[0] if any(kept) else found  # it may have taken a while

    def _due(self) -> tuple[list[Owed], bool]:
        """The mails that are due; and whether anybody gets a digest each week."""
        now = self.sender.clock()
        with self.sender.database.reading() as session:
            people, plan = recipients(session), the_plan(session) if self.sends else None
            due = owed(session, people, plan, zone=self.zone, now=now) if plan else []
        return due, any(get.cadence is Cadence.WEEKLY for one in people for get in one.gets)

    def _keep_once(self, period: Period) -> bool:
        """Keep it, once in this process; what cannot be kept is told as it is when it is read, and
        tried again at the next look."""
        try:
            self.keep(period)
        except Exception:  # noqa: BLE001 - one team's digest must not hold back everybody's mail
            _log.exception("digests were not kept", period=period.key)
            return False
        self._kept.add(period)
        return True
