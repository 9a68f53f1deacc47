"""One mail for a person and a period, whoever dies when (promise R7)."""

import random
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlmodel import col, select

from app.digests.due import due_at
from app.digests.models import NOBODY, About, Cadence, DigestSending
from app.digests.period import Period, month_of, period_called
from app.digests.sending.getting import recipients
from app.digests.sending.job import Digests
from app.digests.sending.owed import owed
from app.digests.sending.plan import begin, pause, resume, the_plan
from app.digests.sending.sender import LEASE, Sender
from app.digests.sending.subscribing import subscribe
from app.kit.db import Database
from app.mail.models import OutgoingMessage, Purpose, SentMessage
from app.people.models import Person
from app.worker import attempted
from tests.digests.mortal import Fate, MortalDatabase, MortalWorker, write_note
from tests.house_fixture import House

_WORKERS = 3
_END = datetime(2027, 5, 10, 12, tzinfo=UTC)
_ZONES = {
    "mara": "Europe/Berlin",
    "ada": "America/New_York",
    "ben": "Pacific/Kiritimati",
    "kit": "Etc/GMT+12",
}


def _everybody_subscribes(house: House, weekly: str = "") -> None:
    """Mara manages and is not asked; the others choose the organisation's, one of them each week.
    It is late in the day: nowhere on earth the last month is still due."""
    house.clock.turn(hours=12)
    with house.database.writing() as session:
        for name, zone in _ZONES.items():
            person = session.get_one(Person, house.cast.people[name].id)
            person.time_zone = zone
            if name != "mara":
                cadence = Cadence.WEEKLY if name == weekly else Cadence.MONTHLY
                args = (About.ORGANISATION, NOBODY, cadence)
                subscribe(session, *args, by=person, now=house.clock())


def _expected(house: House) -> set[tuple[str, str]]:
    """Who must have got which period, counted by hand: from March 2026 to April 2027."""
    months = [f"2026-{number:02}" for number in range(3, 13)]
    months += [f"2027-{number:02}" for number in range(1, 5)]
    return {(house.cast.people[name].email, month) for name in _ZONES for month in months}


@pytest.fixture
def workers(house: House) -> Iterator[tuple[Fate, list[MortalWorker]]]:
    fate = Fate(random.Random(7), house.clock, deadly=0.1)
    url = house.database.engine.url.render_as_string(hide_password=False)
    with ExitStack() as held:
        databases = [MortalDatabase(url, fate) for _ in range(_WORKERS)]
        for database in databases:
            held.callback(database.close)
        yield fate, [MortalWorker(database, fate) for database in databases]


def test_fourteen_months_of_killed_workers_miss_nobody_and_double_nobody(
    house: House, workers: tuple[Fate, list[MortalWorker]]
) -> None:
    fate, hands = workers
    _everybody_subscribes(house)
    expected = _expected(house)

    def others_work() -> None:
        # While one writes, others do the next things, and its lease may end under its hands.
        fate.meanwhile = lambda: None
        fate.dice.choice(hands).step()
        house.clock.turn(minutes=fate.dice.choice((0, 2, 6)))
        fate.dice.choice(hands).step()
        fate.meanwhile = others_work

    fate.meanwhile, killed = others_work, 0
    while house.clock() < _END:
        while any(hand.step() for hand in fate.dice.sample(hands, _WORKERS)):
            pass
        # Who died left a claim that ends soon; then days pass.
        waits = {"minutes": 6} if fate.kills > killed else {"hours": fate.dice.choice((150, 250))}
        killed = fate.kills
        house.clock.turn(**waits)
    fate.deadly = 0
    for _ in range(3):  # what was put off is tried again
        house.clock.turn(hours=5)
        while any(hand.step() for hand in hands):
            pass
    taken = Counter((to, period) for to, period, _, _ in fate.taken)
    ids = Counter(key for *_, key, _ in fate.taken)
    # Nothing is missed, and nothing comes but what must.
    assert set(taken) == expected
    # Twice comes only what was taken and could not be noted any more, under the same Message-ID.
    assert len(ids) == len(taken)
    for key, count in ids.items():
        assert count <= 1 + fate.unnoted[key]
    assert fate.kills >= 100
    zones = {house.cast.people[name].email: zone for name, zone in _ZONES.items()}
    for to, period, _, at in fate.taken:
        assert at >= due_at(period_called(period), zones[to])


def _digests(database: Database, house: House, write: object = write_note) -> Digests:
    sender = Sender(database, house.clock, write)  # type: ignore[arg-type]
    return Digests(sender, lambda _period: None, "UTC", sends=True)


def _in_line(house: House) -> list[tuple[str, str]]:
    with house.reading() as session:
        rows = session.exec(select(OutgoingMessage).order_by(col(OutgoingMessage.to))).all()
        assert all(row.purpose is Purpose.DIGEST and row.person_id for row in rows)
        return [(row.to, row.subject) for row in rows]


def test_workers_at_the_same_moment_put_each_mail_in_line_once(house: House) -> None:
    _everybody_subscribes(house, weekly="kit")
    url = house.database.engine.url.render_as_string(hide_password=False)
    databases = [Database(url) for _ in range(4)]
    hands = [_digests(database, house) for database in databases]
    for hand in hands:
        hand.start()
    house.clock.turn(days=31)
    together, failed = threading.Barrier(len(hands)), []

    def work(hand: Digests) -> None:
        together.wait()
        try:
            while hand.step():
                pass
        except BaseException as error:
            failed.append(error)
            raise

    threads = [threading.Thread(target=work, args=(hand,)) for hand in hands]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    for database in databases:
        database.close()
    assert not failed
    people = house.cast.people
    assert _in_line(house) == sorted(
        (people[name].email, "2026-W13" if name == "kit" else "2026-03") for name in _ZONES
    )


def test_whoever_lost_the_claim_puts_nothing_in_line(house: House) -> None:
    with house.database.writing() as session:
        begin(session, now=house.clock())
    house.clock.turn(days=31)
    sender = _digests(house.database, house).sender
    with house.reading() as session:
        plan = the_plan(session)
        assert plan
        [one] = owed(session, recipients(session), plan, zone="UTC", now=house.clock())
    first = sender.claim(one)
    assert (first, sender.claim(one)) == (1, 0)
    house.clock.turn(minutes=LEASE.total_seconds() / 60)
    second = sender.claim(one)
    assert second == 2
    person, written = sender.written(one)
    assert not sender.settle(one, first, person, written)
    assert _in_line(house) == []
    assert sender.settle(one, second, person, written)
    assert not sender.settle(one, second, person, written)
    assert len(_in_line(house)) == 1
    assert sender.claim(one) == 0
    with house.reading() as session:
        message = session.exec(select(OutgoingMessage)).one()
    # Even if the row that tells of it were lost, its id is known: in line, and when it was sent.
    for then in ("in line", "sent"):
        with house.database.writing() as session:
            session.delete(session.exec(select(DigestSending)).one())
            if then == "sent":
                session.delete(session.get_one(OutgoingMessage, message.id))
                session.add(
                    SentMessage(
                        id=message.id,
                        purpose=Purpose.DIGEST,
                        subject=message.subject,
                        sent_at=house.clock(),
                    )
                )
        assert sender.send(one)
        assert len(_in_line(house)) == (then == "in line")


def test_a_pause_holds_back_and_what_fell_due_goes_out_when_it_ends(house: House) -> None:
    job = _digests(house.database, house)
    job.start()
    root = house.cast.root
    house.clock.turn(days=20)
    with house.database.writing() as session:
        pause(session, by=root, now=house.clock())
    house.clock.turn(days=30)
    assert not job.step()
    assert _in_line(house) == []
    with house.database.writing() as session:
        resume(session, by=root, now=house.clock())
    house.clock.turn(minutes=1)
    assert job.step()
    assert _in_line(house) == [(house.cast.mara.email, "2026-03")]
    # Off for half a year: the last two months are caught up, once; those before nobody waits for.
    house.clock.turn(days=180)
    while job.step():
        pass
    while _digests(house.database, house).step():
        pass
    months = [month_of(house.clock().date()).previous.previous, month_of(house.clock().date())]
    assert [period for _, period in _in_line(house)] == [
        "2026-03",
        *(month.key for month in (months[0], months[1].previous)),
    ]


def test_one_mail_that_cannot_be_written_holds_back_no_other(house: House) -> None:
    _everybody_subscribes(house)
    troubled = house.cast.mara.id

    def write(session, person, period, wanted, now):  # type: ignore[no-untyped-def]
        if person.id == troubled:
            raise ZeroDivisionError
        return write_note(session, person, period, wanted, now)

    job = _digests(house.database, house, write)
    job.start()
    house.clock.turn(days=31)
    steps = [attempted("digests", job.step) for _ in _ZONES]
    assert (steps.count(None), job.step()) == (1, False)
    assert len(_in_line(house)) == len(_ZONES) - 1
    with house.reading() as session:
        [row] = session.exec(select(DigestSending).where(DigestSending.trouble != ""))
    assert (row.person_id, row.trouble, row.attempts) == (troubled, "ZeroDivisionError", 1)
    # Tried again, later and later; and when it can be written it goes.
    for hours in (0.1, 0.5, 5):
        house.clock.turn(hours=hours)
        assert attempted("digests", job.step) is None
    job = replace(job, sender=replace(job.sender, write=write_note))
    house.clock.turn(hours=5)
    while job.step():
        pass
    assert len(_in_line(house)) == len(_ZONES)
    with house.reading() as session:
        row = session.get_one(DigestSending, {"person_id": troubled, "period": "2026-03"})
        assert (row.trouble, row.attempts, row.claimed_until) == ("", 5, None)


def test_what_cannot_be_kept_holds_back_no_mail_and_is_tried_again(house: House) -> None:
    tried: list[str] = []

    def keep(period: Period) -> None:
        tried.append(period.key)
        raise ZeroDivisionError

    job = replace(_digests(house.database, house), keep=keep)
    job.start()
    house.clock.turn(days=31)
    assert [attempted("digests", job.step) for _ in range(3)] == [None, True, False]
    assert len(_in_line(house)) == 1
    house.clock.turn(minutes=10)
    assert attempted("digests", job.step) is None
    assert tried == ["2026-03"] * 2


def test_what_fell_due_before_digests_were_sent_is_not_sent(house: House) -> None:
    house.clock.turn(days=31)
    job = _digests(house.database, house)
    job.start()
    assert not job.step()
    silent = replace(job, sends=False)
    house.clock.turn(days=31)
    assert not silent.step()
    with house.reading() as session:
        assert session.exec(select(DigestSending)).all() == []
    assert job.step()
    assert [period for _, period in _in_line(house)] == ["2026-04"]


def test_who_has_nothing_left_to_read_is_sent_nothing(house: House) -> None:
    job = _digests(house.database, house, lambda *_: None)
    job.start()
    house.clock.turn(days=31)
    while job.step():
        pass
    assert _in_line(house) == []
    with house.reading() as session:
        [row] = session.exec(select(DigestSending))
    assert row.empty
    assert row.queued_at
    house.clock.turn(days=1)
    assert not job.step()
