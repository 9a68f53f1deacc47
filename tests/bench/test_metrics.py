"""Measures of a ranking, against examples worked out by hand."""

import math

import pytest

from app.bench.relevance.metrics import mean, ndcg, recall, reciprocal_rank, success

GRADES = {"a": 3, "b": 2, "c": 1, "x": 0, "y": -1}


def test_the_best_order_has_ndcg_one() -> None:
    assert ndcg(["a", "b", "c"], GRADES, depth=10) == 1


def test_graded_gains_are_discounted_by_the_logarithm_of_the_place() -> None:
    got = 1 / math.log2(2) + 3 / math.log2(4)
    best = 3 / math.log2(2) + 2 / math.log2(3) + 1 / math.log2(4)
    assert ndcg(["c", "x", "a"], GRADES, depth=10) == pytest.approx(got / best)


def test_ndcg_of_a_known_example() -> None:
    """Gains 3, 2, 3, 0, 1, 2 in the order found: 6.861 of at best 7.141."""
    grades = dict(zip("abcdef", (3, 2, 3, 0, 1, 2), strict=True))
    assert ndcg(list("abcdef"), grades, depth=6) == pytest.approx(6.861 / 7.141, abs=1e-3)


def test_documents_of_one_grade_may_stand_in_any_order() -> None:
    grades = {"a": 1, "b": 1, "c": 1}
    assert ndcg(["c", "a", "b"], grades, depth=10) == ndcg(["a", "b", "c"], grades, depth=10) == 1


def test_only_the_first_of_a_ranking_count_and_the_best_are_cut_likewise() -> None:
    assert ndcg(["x", "y", "a"], GRADES, depth=2) == 0
    assert ndcg(["a"], GRADES, depth=1) == 1


def test_an_answer_that_is_missing_lowers_ndcg() -> None:
    assert 0 < ndcg(["a", "b"], GRADES, depth=10) < 1
    assert ndcg([], GRADES, depth=10) == 0


def test_what_nobody_judged_is_no_answer() -> None:
    assert ndcg(["unknown"], GRADES, depth=10) == 0
    assert reciprocal_rank(["unknown", "a"], GRADES) == 1 / 2


def test_a_document_found_twice_counts_once() -> None:
    assert ndcg(["b", "b", "a"], GRADES, depth=10) == ndcg(["b", "a"], GRADES, depth=10)
    assert reciprocal_rank(["x", "x", "a"], GRADES) == 1 / 2


def test_reciprocal_rank_is_one_over_the_first_answers_place() -> None:
    assert reciprocal_rank(["x", "unknown", "c", "a"], GRADES) == 1 / 3
    assert reciprocal_rank(["x", "y"], GRADES) == 0
    assert reciprocal_rank([], GRADES) == 0


def test_recall_is_the_share_of_all_answers() -> None:
    ranking = ["x", "b", "y", "a"]
    assert recall(ranking, GRADES, depth=2) == 1 / 3
    assert recall(ranking, GRADES, depth=100) == 2 / 3


def test_success_asks_for_any_answer() -> None:
    ranking = ["x", "y", "c"]
    assert success(ranking, GRADES, depth=2) == 0
    assert success(ranking, GRADES, depth=3) == 1


def test_a_query_without_answers_is_worth_nothing() -> None:
    assert ndcg(["x"], {"x": 0}, depth=10) == recall(["x"], {}, depth=10) == 0


def test_every_query_counts_the_same() -> None:
    assert mean([1, 0, 0.5, 0.5]) == 0.5
