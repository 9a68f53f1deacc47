"""The worker: one of many works, what fails is tried again, and it ends when it is told to."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from app.worker import Job, Recurring, Worker
from tests.cast import START
from tests.house_fixture import TurnedClock

LONG_ENOUGH_SECONDS = 20
Hire = Callable[..., Worker]


@dataclass
class Diary:
    """Notes what a job did, and lets a test wait for it."""

    done: list[str] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def note(self, what: str) -> None:
        with self.changed:
            self.done.append(what)
            self.changed.notify_all()

    def wait_for(self, what: str, times: int = 1) -> None:
        with self.changed:
            came = self.changed.wait_for(
                lambda: self.done.count(what) >= times, timeout=LONG_ENOUGH_SECONDS
            )
        assert came, f"{what} did not happen {times} times: {self.done}"

    def job(self, name: str) -> Job:
        def step() -> bool:
            self.note(name)
            return False

        return Job(name, lambda: self.note(f"{name} started"), step)


@pytest.fixture
def diary() -> Diary:
    return Diary()


@pytest.fixture
def hire(tmp_path: Path) -> Iterator[Hire]:
    """Makes workers on one data folder, all stopped at the end."""
    hired: list[Worker] = []

    def make(*jobs: Job) -> Worker:
        worker = Worker(jobs, tmp_path / "data" / "worker.lock", TurnedClock(START))
        hired.append(worker)
        return worker

    yield make
    for worker in hired:
        worker.stop()


def test_a_job_is_started_once_and_stepped_through_again_and_again(
    hire: Hire, diary: Diary
) -> None:
    hire(diary.job("index")).start()
    diary.wait_for("index", times=3)
    assert diary.done[0] == "index started"
    assert diary.done.count("index started") == 1


def test_whoever_waits_for_the_place_has_listened_all_the_same(hire: Hire, diary: Diary) -> None:
    def refuse() -> None:
        diary.note("refused")
        raise RuntimeError("the database is busy")

    jobs = (
        Job("broken", refuse, lambda: False, hears=True),
        Job("hears", lambda: diary.note("listens"), lambda: False, hears=True),
        diary.job("works"),
    )
    hire(*jobs).listen()
    assert diary.done == ["refused", "listens"]  # and nothing was begun


def test_of_two_workers_one_works_and_the_other_takes_over_when_it_stops(
    hire: Hire, diary: Diary
) -> None:
    first, second = hire(diary.job("first")), hire(diary.job("second"))
    first.start()
    diary.wait_for("first")
    second.start()
    diary.wait_for("first", times=diary.done.count("first") + 3)
    assert "second" not in diary.done
    first.stop()
    diary.wait_for("second")
    last_of_the_first = len(diary.done) - 1 - diary.done[::-1].index("first")
    assert last_of_the_first < diary.done.index("second started")


def test_a_worker_that_waits_for_its_place_can_be_stopped(hire: Hire, diary: Diary) -> None:
    first, second = hire(diary.job("first")), hire(diary.job("second"))
    first.start()
    diary.wait_for("first")
    second.start()
    second.stop()
    assert second._thread is not None
    assert not second._thread.is_alive()
    assert "second started" not in diary.done


def test_a_job_that_fails_stops_neither_the_others_nor_itself(hire: Hire, diary: Diary) -> None:
    def fail_once() -> bool:
        if "failed" not in diary.done:
            diary.note("failed")
            raise RuntimeError("the disk is full")
        diary.note("mended")
        return False

    hire(Job("broken", lambda: None, fail_once), diary.job("other")).start()
    diary.wait_for("mended")
    assert diary.done.count("failed") == 1
    failed, other, mended = map(diary.done.index, ("failed", "other", "mended"))
    assert failed < other < mended


def test_a_job_that_cannot_start_is_tried_again_and_not_stepped_before(
    hire: Hire, diary: Diary
) -> None:
    def start() -> None:
        if "refused" not in diary.done:
            diary.note("refused")
            raise OSError("the index is in use")
        diary.note("started")

    def step() -> bool:
        diary.note("stepped")
        return False

    hire(Job("late", start, step)).start()
    diary.wait_for("stepped")
    assert diary.done[:3] == ["refused", "started", "stepped"]


def test_recurring_work_is_done_at_its_time_and_leaves_the_worker_its_rest() -> None:
    clock, done = TurnedClock(START), []
    hourly = Recurring(lambda: done.append(clock.now), clock, every_seconds=3600)
    assert not hourly.step()
    clock.turn(minutes=59)
    hourly.step()
    assert done == [START]
    clock.turn(minutes=1)
    hourly.step()
    assert done == [START, clock.now]


def test_a_worker_in_another_process_hears_that_something_was_committed(
    hire: Hire, diary: Diary
) -> None:
    working, idle = hire(diary.job("index")), hire(diary.job("never"))
    working.start()
    diary.wait_for("index", times=2)
    before = working.lock_file.stat().st_mtime_ns
    idle.wake()
    assert working.lock_file.stat().st_mtime_ns > before
    diary.wait_for("index", times=diary.done.count("index") + 1)


def test_a_job_that_is_apart_holds_up_nobody_while_it_stalls(hire: Hire, diary: Diary) -> None:
    """A mail server that does not answer: the others go on, and the place is kept to its end."""
    answered = threading.Event()

    def stall() -> bool:
        diary.note("stalls")
        answered.wait(LONG_ENOUGH_SECONDS)
        diary.note("answered")
        return False

    first = hire(Job("mail", lambda: diary.note("mail started"), stall, True), diary.job("index"))
    second = hire(diary.job("second"))
    first.start()
    diary.wait_for("stalls")
    diary.wait_for("index", times=diary.done.count("index") + 3)
    second.start()
    first.stop_soon()
    answered.set()
    diary.wait_for("second")
    assert diary.done.index("answered") < diary.done.index("second started")
    assert diary.done.count("stalls") == diary.done.count("mail started") == 1
