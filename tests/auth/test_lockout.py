"""After wrong passwords in a row an address is locked for a while."""

from threading import Barrier, Thread

import pytest
from sqlmodel import select

from app.auth.entry import Browser, enter, look
from app.auth.lockout import (
    ALLOWED_FAILURES,
    Locked,
    forget_old_failures,
    note_failure,
    note_success,
    refuse_if_locked,
)
from app.auth.models import FailedSignIns
from app.people.models import Person
from tests.auth.conftest import PASSWORD
from tests.house_fixture import House

WHO = "ada@northwind.example"


def fail(house: House, times: int = 1) -> None:
    for _ in range(times):
        with house.database.writing() as session:
            note_failure(session, WHO, now=house.clock())


def locked(house: House) -> bool:
    with house.reading() as session:
        try:
            refuse_if_locked(session, WHO, now=house.clock())
        except Locked:
            return True
    return False


def test_an_address_is_locked_after_the_allowed_failures(house: House) -> None:
    fail(house, ALLOWED_FAILURES - 1)
    assert not locked(house)
    fail(house)
    assert locked(house)


def test_the_lock_ends_to_the_minute_and_the_count_starts_anew(house: House) -> None:
    fail(house, ALLOWED_FAILURES)
    house.clock.turn(minutes=14, seconds=59)
    assert locked(house)
    house.clock.turn(seconds=1)
    assert not locked(house)
    fail(house, ALLOWED_FAILURES - 1)
    assert not locked(house)
    fail(house)
    assert locked(house)


def test_success_forgets_the_failures(house: House) -> None:
    fail(house, ALLOWED_FAILURES)
    with house.database.writing() as session:
        note_success(session, WHO)
    assert not locked(house)


def test_failures_are_forgotten_after_a_day_and_not_before(house: House) -> None:
    fail(house)
    for hours, kept in ((24, 1), (1, 0)):
        house.clock.turn(hours=hours)
        with house.database.writing() as session:
            forget_old_failures(session, now=house.clock())
            assert len(session.exec(select(FailedSignIns)).all()) == kept


def test_no_address_is_kept_in_clear(house: House) -> None:
    fail(house)
    with house.reading() as session:
        row = session.exec(select(FailedSignIns)).one()
    assert "ada" not in row.email_hash


def test_guesses_sent_at_once_are_all_counted(house: House) -> None:
    start = Barrier(ALLOWED_FAILURES)

    def guess() -> None:
        start.wait()
        fail(house)

    threads = [Thread(target=guess) for _ in range(ALLOWED_FAILURES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert locked(house)


def test_a_right_guess_that_was_looked_at_before_the_lock_is_refused_after_it(
    house: House, ada: Person
) -> None:
    with house.reading() as session:
        attempt = look(session, WHO, PASSWORD, now=house.clock())
    assert attempt.fits
    fail(house, ALLOWED_FAILURES)
    with house.database.writing() as session, pytest.raises(Locked):
        enter(session, attempt, Browser("test", holds="", days=30), now=house.clock())
