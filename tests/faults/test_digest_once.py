"""Four processes, a clock that is moved through the months, `kill -9`, a mail server that will not
always: one mail for a person and a month (promise R7)."""

import random
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.digests.models import NOBODY, About, Cadence
from app.digests.period import Period, month_of
from app.digests.sending.plan import begin
from app.digests.sending.subscribing import subscribe
from app.kit.ids import id_from
from app.people.directory import add_person, everybody
from tests.databases import Databases
from tests.faults.clocked_worker import ClockedWorker, FileClock
from tests.faults.lengths import length, tell
from tests.faults.moody_mail import MoodyMail
from tests.serving import Place, place_for, until

MONTHS = length("DIGEST_MONTHS", short=1, long=14)
KILLS = length("DIGEST_KILLS", short=4, long=100)
PEOPLE = length("DIGEST_PEOPLE", short=8, long=24)
_WORKERS = 4
#: Late enough that nowhere on earth February's is still due.
_BEGIN = datetime(2026, 3, 2, 22, tzinfo=UTC)
_ZONES = ("Europe/Berlin", "America/New_York", "Pacific/Kiritimati", "Etc/GMT+12", "Asia/Kathmandu")
_PATIENCE_SECONDS = 300
#: Whoever heard 250 notes it within this time, or was killed before.
_NOTED_WITHIN_SECONDS = 5


@dataclass
class Course:
    """The workers, their clock, and what was done to them."""

    place: Place
    mail: MoodyMail
    clock: FileClock
    workers: list[ClockedWorker] = field(default_factory=list)
    kills: int = 0
    #: Before and after each process was killed.
    killed: list[tuple[float, float]] = field(default_factory=list)

    def start(self) -> None:
        for number in range(len(self.workers), _WORKERS):
            self.workers.append(self._worker(number))

    def kill(self) -> None:
        """One of those that work side by side; or all, where one works and the others wait."""
        side_by_side = not self.place.database_url.startswith("sqlite")
        numbers = [random.randrange(_WORKERS)] if side_by_side else list(range(_WORKERS))
        self.kills += 1
        for number in numbers:
            before = time.monotonic()
            self.workers[number].kill()
            self.killed.append((before, time.monotonic()))
        for number in numbers:
            self.workers[number] = self._worker(number)

    def end(self) -> None:
        for worker in self.workers:
            worker.kill()

    def _worker(self, number: int) -> ClockedWorker:
        # On PostgreSQL each has a data folder of its own, so that all of them work at once.
        alone = self.place.database_url.startswith("sqlite")
        folder = self.place.folder / ("data" if alone else f"data-{number}")
        environment = self.place.environment | {
            "COMMONPLACE_DATA_DIR": str(folder),
            "COMMONPLACE_SECRET_KEY": "one key for all of these processes",
            "COMMONPLACE_SMTP_URL": f"smtp://127.0.0.1:{self.mail.port}",
        }
        return ClockedWorker(environment, self.clock, self.place.folder / f"worker-{number}.log")


def _people(place: Place) -> dict[str, str]:
    """Ids by address of those who get the organisation's digest, in zones all over the earth; Mara
    gets her team's unasked."""
    with place.database() as database, database.writing() as session:
        for number in range(PEOPLE - 7):
            email = f"reader{number}@northwind.example"
            add_person(session, email=email, name=f"Reader {number}", by=None, now=_BEGIN)
        session.flush()
        readers = everybody(session)
        for number, person in enumerate(readers):
            person.time_zone = _ZONES[number % len(_ZONES)]
            if person.id != place.cast.mara.id:
                chosen = (About.ORGANISATION, NOBODY, Cadence.MONTHLY)
                subscribe(session, *chosen, by=person, now=_BEGIN)
        begin(session, now=_BEGIN)
        return {person.email: person.id for person in readers}


def _months() -> list[Period]:
    found = [month_of(_BEGIN.date())]
    while len(found) < MONTHS:
        found.append(found[-1].next)
    return found


def _moments(month: Period) -> list[datetime]:
    """Through a month in two leaps, and hour by hour where its digest falls due."""
    leaps = [month.starts_at + timedelta(days=9), month.ends_at - timedelta(hours=1)]
    hours = (1, 5, 10, 17, 19, 30, 42, 44, 49, 64, 69, 74, 83)
    return leaps + [
        month.ends_at + timedelta(hours=hour, minutes=random.randrange(20)) for hour in hours
    ]


def _go_through(course: Course, month: Period, kills: int) -> None:
    """Move the clock through a month; what was put off then comes in the days that follow, before
    anybody would call the server off for months."""
    moments = _moments(month)
    deadly = Counter(random.choices(moments, k=kills))
    for moment in moments:
        course.clock.move_to(max(moment, course.clock()))
        time.sleep(random.uniform(0.1, 0.5))
        for _ in range(deadly[moment]):
            time.sleep(random.uniform(0, 0.5))
            course.kill()


def _let_arrive(course: Course, expected: set[str]) -> None:
    def arrived() -> bool:
        if expected <= {one.message_id for one in course.mail.taken}:
            return True
        course.clock.move_to(course.clock() + timedelta(minutes=20))
        time.sleep(0.2)
        return False

    assert until(_PATIENCE_SECONDS, arrived), "somebody was missed"


def _unexplained(course: Course) -> list[str]:
    """Messages that were taken again though nobody was killed right after they were taken before:
    between the server's yes and our note of it."""
    times: dict[str, list[float]] = {}
    for one in course.mail.taken:
        times.setdefault(one.message_id, []).append(one.at)
    return [
        message_id
        for message_id, taken in times.items()
        for at in taken[:-1]
        if not any(before - _NOTED_WITHIN_SECONDS <= at <= after for before, after in course.killed)
    ]


@pytest.mark.timeout(1800)
def test_each_month_comes_once_to_each_whoever_is_killed_when(
    databases: Databases, tmp_path: Path
) -> None:
    place = place_for(databases, tmp_path)
    ids, months = _people(place), _months()
    expected = {
        f"<{id_from('digest', person_id, month.key)}@localhost>": (email, month)
        for email, person_id in ids.items()
        for month in months
    }
    clock = FileClock(tmp_path / "clock")
    clock.move_to(_BEGIN)
    with MoodyMail().running() as mail:
        course = Course(place, mail, clock)
        course.start()
        try:
            for number, month in enumerate(months):
                before, after = (KILLS * n // len(months) for n in (number, number + 1))
                _go_through(course, month, after - before)
                _let_arrive(course, {key for key, (_, of) in expected.items() if of == month})
        finally:
            course.end()
    taken = Counter(one.message_id for one in mail.taken)
    again = {message_id: count for message_id, count in taken.items() if count > 1}
    tell(
        f"{len(months)} months, {len(ids)} readers, {_WORKERS} workers, {course.kills} "
        f"kills: {len(expected)} mails owed, {len(set(expected) - set(taken))} missed, "
        f"{sum(again.values()) - len(again)} taken twice with the same Message-ID after a kill "
        f"between the server's yes and the note of it, {len(_unexplained(course))} otherwise; "
        f"the server: {mail.moods}"
    )
    assert set(taken) == set(expected), "nobody is sent what is not owed"
    for one in mail.taken:
        email, month = expected[one.message_id]
        assert one.to == email
        assert month.name in one.subject
    assert _unexplained(course) == []
    assert sum(again.values()) - len(again) <= course.kills
