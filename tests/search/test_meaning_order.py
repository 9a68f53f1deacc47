"""The order by words and by meaning together."""

import numpy as np
import pytest

from search.meaning.rerank import cosines, fused, order


def numbers(*values: float) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    return np.array(values, np.float64)


def ordered(scores: list[float], alike: list[float | None]) -> list[int]:
    """The order of documents by scores and cosines, None for one without a vector."""
    known = np.array([cosine is not None for cosine in alike], np.bool_)
    return order(numbers(*scores), known, numbers(*(c for c in alike if c is not None)))


def test_the_formula_is_the_mean_of_both_standard_scores() -> None:
    scores, alike = numbers(9, 5, 4, 2), numbers(0.1, 0.5, 0.2, 0.4)
    expected = [
        ((s - scores.mean()) / scores.std() + (a - alike.mean()) / alike.std()) / 2
        for s, a in zip(scores, alike, strict=True)
    ]
    assert fused(scores, alike) == pytest.approx(expected)


def test_the_measures_of_words_and_of_vectors_do_not_matter() -> None:
    scores, alike = [9.0, 5, 4, 2, 1], [0.1, 0.5, 0.2, 0.4, 0.3]
    stretched = ordered([100 + 70 * s for s in scores], [a / 50 - 0.9 for a in alike])
    assert stretched == ordered(scores, alike)


def test_what_is_alike_in_meaning_goes_before_what_shares_a_word() -> None:
    assert ordered([3, 2.9, 1], [0, 1, 0]) == [1, 0, 2]
    assert ordered([9, 8, 1, 1, 1], [0.5, 0.5, 0.5, 0.5, 0.9]) == [4, 0, 1, 2, 3]


def test_where_all_mean_the_same_the_words_decide() -> None:
    assert ordered([5, 3, 1], [0.4, 0.4, 0.4]) == [0, 1, 2]


def test_where_the_words_say_the_same_the_meaning_decides() -> None:
    assert ordered([2, 2, 2], [0.1, 0.3, 0.2]) == [1, 2, 0]


def test_equals_stay_in_the_order_they_came_in() -> None:
    assert ordered([2, 2, 2, 2], [0.5, 0.7, 0.5, 0.7]) == [1, 3, 0, 2]
    # Two that the measures rank the other way round stand equal.
    assert ordered([2, 1], [0.1, 0.9]) == [0, 1]


def test_a_document_without_a_vector_keeps_its_place() -> None:
    assert ordered([5, 4, 3, 2], [0.1, None, 0.9, 0.2]) == [2, 1, 0, 3]
    assert ordered([5, 4, 3], [None, None, None]) == [0, 1, 2]
    assert ordered([5, 4, 3], [None, 0.1, None]) == [0, 1, 2]
    assert ordered([], []) == []


def test_equal_vectors_are_equally_alike_wherever_they_stand() -> None:
    chance = np.random.default_rng(0)
    one, question = chance.standard_normal((2, 384)).astype(np.float32)
    many = chance.standard_normal((200, 384)).astype(np.float32)
    many[::7] = one
    assert len(set(cosines(many, question)[::7].tolist())) == 1
    assert cosines(many, question) == pytest.approx(many @ question, abs=1e-3)
