"""The time a search may take."""

import pytest

from search import SearchError, SearchTooLong
from search.budget import Budget


class Clock:
    now = 5.0

    def __call__(self) -> float:
        return self.now


def test_a_budget_is_spent_when_its_time_is_over_and_stays_so() -> None:
    clock = Clock()
    budget = Budget(0.5, clock)
    clock.now += 0.49
    assert not budget.spent()
    budget.check()
    assert not budget.ran_out
    clock.now += 0.01
    assert budget.spent()
    assert budget.ran_out
    clock.now = 0.0
    assert budget.spent()


def test_what_cannot_be_left_half_done_ends_the_search() -> None:
    with pytest.raises(SearchTooLong):
        Budget(0.0, Clock()).check()
    assert issubclass(SearchTooLong, SearchError)


def test_the_end_of_the_time_counts_only_if_somebody_asked() -> None:
    clock = Clock()
    budget = Budget(0.5, clock)
    clock.now += 9
    assert not budget.ran_out
