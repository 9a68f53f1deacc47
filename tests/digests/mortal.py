"""Workers that may die at any instant, for digests that must arrive once all the same."""

import random
import smtplib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage

from sqlmodel import Session

from app.digests.period import Period
from app.digests.sending.getting import Getting
from app.digests.sending.job import Digests
from app.digests.sending.sender import Sender
from app.kit.db import Database
from app.mail.transport import Postman
from app.people.models import Person
from tests.house_fixture import TurnedClock

FROM = "Commonplace <memory@northwind.example>"


@dataclass(frozen=True)
class Note:
    """A mail that says nothing but which period it is of."""

    subject: str
    text: str = "text\n"
    html: str = "<p>html</p>"
    pictures: list[dict[str, str]] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)


def write_note(
    _session: Session, _person: Person, period: Period, _wanted: Sequence[Getting], _now: datetime
) -> Note:
    return Note(period.key)


class Killed(BaseException):
    """`kill -9`: nothing catches it."""


@dataclass
class Fate:
    """Decides who dies where, and what else happens while somebody is at work."""

    dice: random.Random
    clock: TurnedClock
    deadly: float
    kills: int = 0
    #: How often who died between the mail server's yes and our note of it.
    unnoted: Counter[str] = field(default_factory=Counter)
    taken: list[tuple[str, str, str, datetime]] = field(default_factory=list)
    meanwhile: Callable[[], None] = lambda: None

    def may_kill(self, holding: str = "") -> None:
        if self.dice.random() < self.deadly:
            self.kills += 1
            self.unnoted[holding] += 1
            raise Killed


class MortalDatabase(Database):
    """Whoever uses it may die before a transaction, in it, and after it."""

    def __init__(self, url: str, fate: Fate) -> None:
        super().__init__(url)
        self.fate, self.holding = fate, ""

    @contextmanager
    def writing(self) -> Iterator[Session]:
        self.fate.may_kill(self.holding)
        with super().writing() as session:
            yield session
            self.fate.may_kill(self.holding)
        self.holding = ""
        self.fate.may_kill()


@dataclass
class MortalWorker:
    """A process with its digests and its postman; killed, it begins anew and knows of nothing."""

    database: MortalDatabase
    fate: Fate
    kept: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        clock = self.fate.clock
        sender = Sender(self.database, clock, self.write)
        self.digests = Digests(sender, self.keep, "UTC", sends=True)
        self.postman = Postman(self.database, self.carry, FROM, clock)
        self.started, self.database.holding = False, ""

    def step(self) -> bool:
        """Do one thing of each job, or die of it; whether there was any."""
        try:
            if not self.started:
                self.digests.start()
                self.started = True
            wrote = self.digests.step()
            return self.postman.step() or wrote
        except Killed:
            self.begin()
            return True

    def keep(self, period: Period) -> None:
        self.kept.append(period.key)

    def write(
        self,
        session: Session,
        person: Person,
        period: Period,
        wanted: Sequence[Getting],
        now: datetime,
    ) -> Note:
        assert period.key in self.kept, "nothing is sent that is not kept"
        self.fate.meanwhile()
        self.fate.may_kill()
        return write_note(session, person, period, wanted, now)

    def carry(self, message: EmailMessage) -> None:
        """A mail server that sometimes will not, and sometimes is gone."""
        self.fate.may_kill()
        fortune = self.fate.dice.random()
        if fortune < self.fate.deadly:
            raise smtplib.SMTPServerDisconnected
        if fortune < self.fate.deadly * 2:
            raise smtplib.SMTPDataError(451, b"try later")
        key = message["Message-ID"]
        self.fate.taken.append((message["To"], message["Subject"], key, self.fate.clock()))
        self.database.holding = key
        self.fate.may_kill(key)
