"""Who keeps the engine busy is asked to wait; whoever merely searches often is not."""

import pytest

from app.lessons import fairness
from app.lessons.fairness import MOST_PEOPLE, SearchedTooMuch, Shares, hard_work_done


class Clocks:
    """Time that passes only when told to: on the wall, and at work."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.worked = 0.0

    def shares(self) -> Shares:
        return Shares(lambda: self.now, lambda: self.worked)

    def lets_in(self, shares: Shares, person: str) -> bool:
        try:
            self.search(shares, person, 0)
        except SearchedTooMuch:
            return False
        return True

    def search(self, shares: Shares, person: str, seconds: float, *, fails: bool = False) -> None:
        with shares.searching(person):
            self.worked += seconds
            if fails:
                raise ValueError("broken")


@pytest.fixture
def clocks() -> Clocks:
    return Clocks()


def test_searching_often_is_free(clocks: Clocks) -> None:
    shares = clocks.shares()
    for _ in range(10_000):
        clocks.search(shares, "ada", 0.004)
    clocks.search(shares, "ada", 1.0)
    assert clocks.lets_in(shares, "ada")  # all of the share was left


def test_hard_searches_use_up_a_share_and_are_then_refused(clocks: Clocks) -> None:
    shares = clocks.shares()
    for _ in range(20):
        clocks.search(shares, "ada", 0.056)
    with pytest.raises(SearchedTooMuch) as refused:
        clocks.search(shares, "ada", 0.001)
    assert refused.value.status == 429
    assert refused.value.headers == {"Retry-After": "3"}
    assert "3 seconds" in refused.value.message


def test_others_keep_their_share(clocks: Clocks) -> None:
    shares = clocks.shares()
    clocks.search(shares, "ada", 2.0)
    assert not clocks.lets_in(shares, "ada")
    assert clocks.lets_in(shares, "ben")


def test_who_waits_as_long_as_told_may_search_again(clocks: Clocks) -> None:
    shares = clocks.shares()
    clocks.search(shares, "ada", 1.5)
    with pytest.raises(SearchedTooMuch) as refused:
        clocks.search(shares, "ada", 0.001)
    clocks.now += int(refused.value.headers["Retry-After"])
    assert clocks.lets_in(shares, "ada")


def test_a_share_comes_back_and_never_grows_beyond_its_full(clocks: Clocks) -> None:
    shares = clocks.shares()
    clocks.search(shares, "ada", 0.9)
    clocks.now += 3600
    clocks.search(shares, "ada", 1.2)
    with pytest.raises(SearchedTooMuch):
        clocks.search(shares, "ada", 0.001)


def test_a_search_that_fails_is_counted_too(clocks: Clocks) -> None:
    shares = clocks.shares()
    with pytest.raises(ValueError, match="broken"):
        clocks.search(shares, "ada", 2.0, fails=True)
    with pytest.raises(SearchedTooMuch):
        clocks.search(shares, "ada", 0.001)


def test_a_refused_search_costs_nothing(clocks: Clocks) -> None:
    shares = clocks.shares()
    clocks.search(shares, "ada", 1.2)
    for _ in range(100):
        with pytest.raises(SearchedTooMuch):
            clocks.search(shares, "ada", 9.0)
    clocks.now += 4
    clocks.search(shares, "ada", 0.001)


def test_only_so_many_people_are_remembered_and_those_who_owe_before_others(
    clocks: Clocks,
) -> None:
    shares = clocks.shares()
    for n in range(MOST_PEOPLE - 1):
        clocks.search(shares, f"p{n}", 0.006)
    clocks.now += 1
    clocks.search(shares, "ada", 5.0)
    clocks.search(shares, "ben", 0.006)
    assert len(shares._people) < fairness.MOST_PEOPLE
    with pytest.raises(SearchedTooMuch):
        clocks.search(shares, "ada", 0.001)


def test_hard_work_is_told_once_and_easy_work_is_none(clocks: Clocks) -> None:
    shares = clocks.shares()
    clocks.search(shares, "ada", 0.012)
    assert hard_work_done() == pytest.approx(0.01)
    assert hard_work_done() == 0.0
    clocks.search(shares, "ada", 0.001)
    assert hard_work_done() == 0.0


def test_who_is_nobody_in_particular_has_no_share_to_use_up() -> None:
    fairness.OF_THIS_PROCESS.take("", 100)
    with fairness.fairly(""):
        pass


def test_what_is_free_depends_on_what_is_asked(clocks: Clocks) -> None:
    shares = clocks.shares()
    for _ in range(100):
        with shares.searching("ada", 0.3):
            clocks.worked += 0.25
    with shares.searching("ada", 0.3):
        clocks.worked += 1.4
    assert not clocks.lets_in(shares, "ada")
