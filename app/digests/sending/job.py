"""The job that keeps digests as soon as their period is over, and then sends them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.digests.models import Cadence
from app.digests.period import Period, month_of, week_of
from app.digests.sending.getting import recipients
from app.digests.sending.owed import Owed, owed, owed_of
from app.digests.sending.plan import begin, the_plan
from app.digests.sending.sender import Sender

_LOOKS_EVERY, _KEEPS_AGAIN_AFTER = timedelta(minutes=1), timedelta(minutes=10)

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
    _not_before: dict[Period, datetime] = field(default_factory=dict)
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

    def line_of(self, period: Period) -> list[Owed] | None:
        """The mails of one period that do not stand in line, whenever they are due: for whoever
        sends them by hand. None while digests are paused."""
        self.start()
        with self.sender.database.reading() as session:
            plan = the_plan(session)
            if plan is None or plan.paused_at is not None:
                return None
            return owed_of(session, plan, period, zone=self.zone, now=self.sender.clock())

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
        waiting = {period for period, until in self._not_before.items() if now < until}
        not_kept = sorted(over - self._kept - waiting)
        for period in not_kept:
            self._keep_once(period)
        return self._due()[0] if not_kept else found  # it may have taken a while

    def _due(self) -> tuple[list[Owed], bool]:
        """The mails that are due; and whether anybody gets a digest each week."""
        now = self.sender.clock()
        with self.sender.database.reading() as session:
            people, plan = recipients(session), the_plan(session) if self.sends else None
            due = owed(session, people, plan, zone=self.zone, now=now) if plan else []
        return due, any(get.cadence is Cadence.WEEKLY for one in people for get in one.gets)

    def _keep_once(self, period: Period) -> None:
        """Keep it, once in this process. What cannot be kept is told as it is when it is read:
        nobody's mail waits for it, and it is tried again later."""
        try:
            self.keep(period)
        except Exception:
            self._not_before[period] = self.sender.clock() + _KEEPS_AGAIN_AFTER
            self._looked_at = None
            raise
        self._kept.add(period)
