"""One works at a time, and who was served least lately is let in first."""

import threading
from collections.abc import Callable

import pytest

from app.kit import turns
from app.kit.turns import Turns


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Line:
    """People who come to be served, one thread each, in a known order."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.pauses: list[float] = []
        self.turns = Turns(self.clock, self.pauses.append)
        self.served: list[str] = []
        self._come: list[threading.Thread] = []

    def serve(self, who: str, seconds: float) -> None:
        with self.turns.turn(who):
            self.served.append(who)
            self.clock.now += seconds

    def comes(self, who: str, seconds: float = 0.001) -> None:
        """Somebody who has to wait."""
        thread = threading.Thread(target=self.serve, args=(who, seconds))
        before = self.turns.waiting
        thread.start()
        self._come.append(thread)
        until(lambda: self.turns.waiting > before)

    def goes_home(self) -> None:
        for thread in self._come:
            thread.join(10)
            assert not thread.is_alive()


def until(so: Callable[[], bool]) -> None:
    """Wait for another thread to get there."""
    ready = threading.Event()
    for _ in range(10_000):
        if so():
            return
        ready.wait(0.001)
    raise AssertionError("it never came to that")


@pytest.fixture
def line() -> Line:
    return Line()


def test_who_was_served_least_goes_first(line: Line) -> None:
    line.serve("greedy", 9.0)
    line.serve("modest", 1.0)
    with line.turns.turn("first"):
        for who in ("greedy", "modest", "new"):
            line.comes(who)
    line.goes_home()
    assert line.served[2:] == ["new", "modest", "greedy"]


def test_of_those_served_alike_who_came_first_goes_first(line: Line) -> None:
    with line.turns.turn("first"):
        for who in ("one", "two", "three"):
            line.comes(who)
    line.goes_home()
    assert line.served == ["one", "two", "three"]


def test_what_was_served_long_ago_counts_no_more(line: Line) -> None:
    line.serve("greedy", 9.0)
    line.clock.now += 300
    line.serve("modest", 1.0)
    with line.turns.turn("first"):
        line.comes("modest")
        line.comes("greedy")
    line.goes_home()
    assert line.served[2:] == ["greedy", "modest"]


def test_many_requests_of_one_do_not_delay_another_by_more_than_one(line: Line) -> None:
    with line.turns.turn("greedy"):
        for _ in range(8):
            line.comes("greedy", 1.0)
        line.clock.now += 1.0
        line.comes("modest")
    line.goes_home()
    assert line.served[0] == "modest"


def test_a_turn_that_fails_is_over(line: Line) -> None:
    with pytest.raises(ValueError, match="broken"), line.turns.turn("one"):
        raise ValueError("broken")
    line.serve("two", 1.0)
    assert line.served == ["two"]


def test_only_so_many_are_remembered(line: Line) -> None:
    for n in range(3 * turns.MOST_REMEMBERED):
        line.serve(f"p{n}", 0.01)
    assert len(line.turns._served) <= turns.MOST_REMEMBERED


def test_hard_work_is_slowed_down_only_while_others_wait(line: Line) -> None:
    line.turns.slow_down(0.01)
    with line.turns.turn("one"):
        line.comes("one")
    line.turns.slow_down(0.01)
    assert line.pauses == []
    with line.turns.turn("one"):
        line.comes("two")
    line.turns.slow_down(0.01)
    line.turns.slow_down(9.0)
    line.turns.slow_down(0.0)
    assert line.pauses == [turns.PAUSE_TIMES * 0.01, turns.LONGEST_PAUSE_SECONDS]
    line.clock.now += turns.CROWDED_SECONDS
    line.turns.slow_down(0.01)
    assert len(line.pauses) == 2
    line.goes_home()
