"""Which lessons a brief shows: failures first, what worked among them, no noise."""

from hypothesis import given
from hypothesis import strategies as st

from app.briefs.order import AT_LEAST, AT_ONCE, LIFTED_BY, Candidate, chosen
from app.lessons.models import Kind

KINDS = st.sampled_from([kind.value for kind in Kind])
WARNS = ("failure", "near_miss")


def candidates(kinds: list[str]) -> list[Candidate]:
    """Many, each a little less relevant than the one before, all of them good."""
    return [Candidate(f"{n}", 100.0 - n, kind, 3) for n, kind in enumerate(kinds)]


@given(st.lists(KINDS, max_size=20))
def test_the_five_most_relevant_are_the_first_five(kinds: list[str]) -> None:
    shown = chosen(candidates(kinds))
    assert set(shown[:5]) == {str(n) for n in range(len(kinds))[:5]}
    assert len(shown) == min(AT_ONCE, len(kinds))


@given(st.lists(KINDS, max_size=AT_ONCE))
def test_a_failure_is_lifted_by_two_places_at_most_and_never_lowered(kinds: list[str]) -> None:
    for place, lesson_id in enumerate(chosen(candidates(kinds))):
        if kinds[int(lesson_id)] in WARNS:
            assert int(lesson_id) - LIFTED_BY <= place <= int(lesson_id)


def test_failures_come_before_what_worked_of_like_relevance() -> None:
    shown = chosen(candidates(["success", "experiment", "failure", "near_miss", "success"]))
    assert shown == ["2", "0", "3", "1", "4"]


def test_one_that_worked_is_among_them_where_a_good_one_is_there() -> None:
    kinds = ["failure"] * 9 + ["success"]
    assert chosen(candidates(kinds))[-1] == "9"
    faint = [*candidates(["failure"] * 9), Candidate("9", 1.0, "success", 1)]
    assert "9" not in chosen(faint)


def test_a_word_in_common_is_shown_only_while_there_is_little_else() -> None:
    good = candidates(["failure"] * (AT_LEAST - 1))
    noise = [Candidate(f"noise {n}", 2.0 - n / 10, "failure", 1) for n in range(4)]
    assert len(chosen([*good, *noise])) == AT_LEAST
    assert len(chosen([Candidate("nothing", 0.5, "failure", 0)])) == 0
