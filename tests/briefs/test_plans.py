"""The plans that retrieval is tried on keep their rule, and briefs meet their lessons."""

from collections import Counter
from pathlib import Path

import pytest

from app.bench.briefs.comparison import tried
from app.bench.briefs.memories import FILES, SAMPLE, memory, sources_in
from app.bench.briefs.plans import BadPlans, read_plans, words_shared
from app.bench.peers.loading import OURS
from app.demo.content import load
from app.lessons.models import Lesson

PLANS = read_plans()
#: A folder with the files of `FILES`; they are other people's and no part of the project.
REAL = Path(__file__).parents[3] / "shared" / "data"
ENOUGH = 0.8


def met_in_first_five(folder: Path | None) -> float:
    """The share of plans whose right lesson stands among the first five of our briefs."""
    found = tried(PLANS, folder, (), lambda _: None).places
    ours = [place.place for place in found if place.engine == OURS]
    return sum(0 < place <= 5 for place in ours) / len(ours)


def test_there_are_plans_over_every_kind_of_memory() -> None:
    counts = Counter(plan.source for plan in PLANS)
    assert counts["sample"] >= 50
    assert counts.keys() == {"sample", "nasa", "safenet", "til"}
    assert counts.total() >= 110
    assert len({plan.work for plan in PLANS}) == len(PLANS)


def test_every_third_plan_is_held_out() -> None:
    assert [n for n, plan in enumerate(PLANS, 1) if plan.held_out] == [
        n for n in range(1, len(PLANS) + 1) if n % 3 == 0
    ]


def test_no_plan_shares_a_word_with_the_title_of_its_lesson() -> None:
    titles = {lesson.key: lesson.title for lesson in load().lessons}
    for plan in (plan for plan in PLANS if plan.source == "sample"):
        for key in plan.ids:
            assert not words_shared(plan.work, titles[key]), (key, plan.work)


def test_words_are_shared_whatever_their_ending() -> None:
    assert words_shared("We are freezing the pumps", "A pump that froze in the winter")
    assert not words_shared("We are about to do it", "What we do about it")


@pytest.mark.parametrize("text", ["", "{}", '{"work": "", "ids": ["a"], "from": "sample"}', "nor"])
def test_a_file_without_plans_is_refused_with_its_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "plans.jsonl"
    path.write_text(text, "utf-8")
    with pytest.raises(BadPlans, match=r"plans\.jsonl"):
        read_plans(path)
    with pytest.raises(BadPlans, match="cannot be read"):
        read_plans(tmp_path)


def test_briefs_meet_the_lessons_of_the_sample() -> None:
    assert met_in_first_five(None) >= ENOUGH


@pytest.mark.skipif(
    not REAL.is_dir(), reason=f"PLANS OVER REAL LESSONS ARE NOT TRIED: {REAL} is missing"
)
def test_briefs_meet_real_lessons() -> None:
    assert sources_in(REAL) == (SAMPLE, *FILES)
    for source in FILES:
        with memory(source, REAL) as held, held.database.reading() as session:
            for plan in (plan for plan in PLANS if plan.source == source):
                for id in plan.ids:
                    title = session.get_one(Lesson, held.lessons[id]).title
                    assert not words_shared(plan.work, title), (id, plan.work)
    assert met_in_first_five(REAL) >= ENOUGH
