"""Deliveries: owed to each who reacts, claimed by one at a time, owed again when that one fails."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
from sqlmodel import Session, select

from app.events.deliver import (
    FORGOTTEN_AFTER,
    LEASE,
    claim,
    done,
    failed,
    forget_absent_subscribers,
    something_is_due,
    subscribe,
)
from app.events.models import Delivery, Event, Subscriber
from app.events.record import record
from app.kit.db import Database
from tests.cast import START
from tests.databases import Databases

SECOND = timedelta(seconds=1)


@pytest.fixture
def database(databases: Databases, tmp_path: Path) -> Iterator[Database]:
    made = Database(databases.copy(tmp_path))
    yield made
    made.close()


def _subscribe(database: Database, *names: str, kinds: tuple[str, ...] = ("lesson",)) -> None:
    with database.writing() as session:
        for name in names:
            subscribe(session, name, kinds, now=START)


def _record(database: Database, kind: str = "lesson.posted", *, count: int = 1) -> set[str]:
    with database.writing() as session:
        return {record(session, kind, f"s{n}", by=None, now=START).id for n in range(count)}


def _record_and_fail(database: Database) -> None:
    with database.writing() as session:
        record(session, "lesson.posted", "s", by=None, now=START)
        raise RuntimeError


def _owed(session: Session, name: str) -> set[str]:
    return set(session.exec(select(Delivery.event_id).where(Delivery.subscriber == name)))


def test_an_act_is_owed_to_everyone_who_reacts_to_its_subject(database: Database) -> None:
    _subscribe(database, "index:a", "index:b")
    _subscribe(database, "audit", kinds=("person", "team"))
    events = _record(database)
    with database.reading() as session:
        assert _owed(session, "index:a") == _owed(session, "index:b") == events
        assert _owed(session, "audit") == set()


def test_who_subscribes_later_is_owed_what_comes_later(database: Database) -> None:
    _record(database)
    _subscribe(database, "index:a")
    later = _record(database, "lesson.edited")
    with database.reading() as session:
        assert _owed(session, "index:a") == later


def test_subscribing_again_changes_the_kinds_and_keeps_what_is_owed(database: Database) -> None:
    _subscribe(database, "index:a")
    events = _record(database)
    _subscribe(database, "index:a", kinds=("team",))
    more = _record(database, "team.created")
    _record(database)
    with database.reading() as session:
        assert _owed(session, "index:a") == events | more


def test_what_was_rolled_back_is_owed_to_nobody(database: Database) -> None:
    _subscribe(database, "index:a")
    with pytest.raises(RuntimeError):
        _record_and_fail(database)
    with database.reading() as session:
        assert not something_is_due(session, "index:a", now=START)
        assert not session.exec(select(Event).where(Event.kind == "lesson.posted")).all()


def test_a_claim_is_exclusive_until_its_lease_ends(database: Database) -> None:
    _subscribe(database, "index:a")
    events = _record(database, count=3)
    with database.writing() as session:
        assert set(claim(session, "index:a", now=START).ids) == events
    with database.writing() as session:
        assert not something_is_due(session, "index:a", now=START + LEASE)
        assert claim(session, "index:a", now=START + LEASE).ids == []
    with database.writing() as session:
        late = START + LEASE + SECOND
        assert something_is_due(session, "index:a", now=late)
        assert set(claim(session, "index:a", now=late).ids) == events


def test_what_is_done_is_owed_no_more_to_that_one_alone(database: Database) -> None:
    _subscribe(database, "index:a", "index:b")
    events = _record(database, count=2)
    with database.writing() as session:
        done(session, claim(session, "index:a", now=START))
    with database.reading() as session:
        assert _owed(session, "index:a") == set()
        assert _owed(session, "index:b") == events


def test_a_claim_takes_no_more_than_asked_for_and_leaves_the_rest(database: Database) -> None:
    _subscribe(database, "index:a")
    events = _record(database, count=5)
    with database.writing() as session:
        first = set(claim(session, "index:a", now=START, limit=2).ids)
        rest = set(claim(session, "index:a", now=START).ids)
    assert len(first) == 2
    assert first | rest == events
    assert not first & rest


def test_what_failed_waits_and_the_wait_doubles_up_to_ten_minutes(database: Database) -> None:
    _subscribe(database, "index:a")
    _record(database)
    now, waits = START, []
    for _ in range(11):
        with database.writing() as session:
            claimed = claim(session, "index:a", now=now)
            assert claimed.ids
            failed(session, claimed, now=now)
            session.flush()
            due_at = session.exec(select(Delivery)).one().due_at
        waits.append(int((due_at - now).total_seconds()))
        with database.reading() as session:
            assert not something_is_due(session, "index:a", now=due_at - SECOND)
        now = due_at
    assert waits == [2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600]


def test_two_who_claim_at_once_never_get_the_same(database: Database) -> None:
    _subscribe(database, "index:a")
    events = _record(database, count=60)
    taken: list[list[str]] = [[], []]
    start = Barrier(2)

    def take(mine: list[str]) -> None:
        start.wait()
        for _ in range(6):
            with database.writing() as session:
                mine.extend(claim(session, "index:a", now=START, limit=10).ids)

    threads = [Thread(target=take, args=(mine,)) for mine in taken]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken[0]) + len(taken[1]) == len(events)
    assert {*taken[0], *taken[1]} == events


def test_a_subscriber_unseen_for_a_week_is_forgotten_with_what_it_was_owed(
    database: Database,
) -> None:
    _subscribe(database, "index:gone", "index:here", "audit")
    _record(database)
    later = START + FORGOTTEN_AFTER + SECOND
    with database.writing() as session:
        subscribe(session, "index:here", ("lesson",), now=later)
    with database.writing() as session:
        assert forget_absent_subscribers(session, kind="index", now=later) == 1
    with database.reading() as session:
        assert set(session.exec(select(Subscriber.name))) == {"index:here", "audit"}
        assert _owed(session, "index:gone") == set()
        assert len(_owed(session, "index:here")) == len(_owed(session, "audit")) == 1


def test_listeners_hear_of_a_commit_only_when_something_was_recorded(
    databases: Databases, tmp_path: Path
) -> None:
    heard: list[str] = []
    database = Database(databases.copy(tmp_path), on_commit=lambda: heard.append("commit"))
    _subscribe(database, "index:a")
    assert heard == []
    _record(database)
    assert heard == ["commit"]
    with pytest.raises(RuntimeError):
        _record_and_fail(database)
    assert heard == ["commit"]
    database.close()


def test_the_kind_names_the_subject_and_facts_are_kept(database: Database) -> None:
    with database.writing() as session:
        made = record(session, "team.renamed", "t1", by=None, now=START, was="Pumps", n=2)
    with database.reading() as session:
        event = session.get_one(Event, made.id)
    assert (event.subject_kind, event.subject_id, event.actor_id) == ("team", "t1", None)
    assert (event.facts, event.at) == ({"was": "Pumps", "n": 2}, START)
