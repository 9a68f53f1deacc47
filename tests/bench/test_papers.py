"""Made-up papers and what is asked about them: the same for everybody, spread as in a language."""

from collections import Counter
from itertools import islice

import pytest

from app.bench.speed.papers import BATCH, Papers
from app.bench.speed.questions import TENTH, THIRD, Questions

PAPERS = Papers(2 * BATCH + 10)


def test_papers_are_the_same_for_the_same_seed() -> None:
    assert list(islice(Papers(1_000_000), 3)) == list(islice(PAPERS, 3))
    assert next(iter(Papers(1, seed=2))) != next(iter(PAPERS))


def test_there_are_as_many_as_wanted_each_with_its_id() -> None:
    assert [paper.id for paper in PAPERS] == [f"p{n}" for n in range(PAPERS.count)]


def test_a_batch_can_be_made_alone() -> None:
    assert PAPERS.batch(1) == list(islice(PAPERS, BATCH, 2 * BATCH))


def test_they_are_about_as_long_as_real_ones() -> None:
    lengths = [len(f"{paper.title} {paper.text}".split()) for paper in PAPERS.batch(0)]
    assert 200 < sum(lengths) / len(lengths) < 230


def test_few_words_are_frequent_and_most_are_rare() -> None:
    counts = Counter(word for paper in PAPERS for word in paper.text.split()).most_common()
    total = sum(count for _, count in counts)
    assert 0.3 < sum(count for _, count in counts[:100]) / total < 0.6
    assert sum(count == 1 for _, count in counts) > len(counts) / 4


@pytest.mark.parametrize("count", [1, 35])
def test_words_asked_for_are_different_ones_of_one_paper(count: int) -> None:
    held = [set(f"{paper.title} {paper.text}".lower().split()) for paper in PAPERS]
    for text in Questions(PAPERS, 5).words(count):
        words = set(text.split())
        assert len(words) == count
        assert any(words <= paper for paper in held)


def test_questions_do_not_depend_on_what_was_asked_before() -> None:
    asked = Questions(PAPERS, 5)
    assert asked.words(3) == asked.words(3) == Questions(PAPERS, 9).words(3)[:5]


def test_a_slip_changes_one_word_into_none() -> None:
    known = set(PAPERS.vocabulary.tolist())
    for slip in Questions(PAPERS, 20).slips():
        pairs = zip(slip.clean.split(), slip.typed.split(), strict=True)
        [(right, wrong)] = [pair for pair in pairs if pair[0] != pair[1]]
        assert right in known
        assert wrong not in known
        assert abs(len(right) - len(wrong)) <= 1


def test_a_beginning_is_a_word_and_some_letters() -> None:
    titles = [paper.title.lower() for paper in PAPERS]
    for text in Questions(PAPERS, 10).beginnings():
        assert any(title.startswith(text) for title in titles)


def test_a_draft_is_the_beginning_of_a_paper() -> None:
    texts = {paper.id: paper.text for paper in PAPERS}
    tenths, thirds = (Questions(PAPERS, 10).drafts(share) for share in (TENTH, THIRD))
    for tenth, third in zip(tenths, thirds, strict=True):
        assert tenth.paper == third.paper
        assert texts[third.paper].startswith(third.text)
        assert third.text.startswith(tenth.text)
        assert len(tenth.text.split()) < len(third.text.split())
