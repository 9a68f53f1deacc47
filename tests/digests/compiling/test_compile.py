"""What a digest holds: numbers that open their lists, and what is chosen to be shown."""

from app.briefs.models import Disposition
from app.digests.compiling.keeping import of_month
from app.digests.contents import Ease, Grounds, Late, Suggested
from app.digests.models import About, Edition
from app.lessons.models import RetirementReason
from app.lessons.revise import retire
from app.people.teams import create_team
from tests.digests.month import MARCH, Month
from tests.statements import statements


def test_a_month_of_the_organisation_is_counted(march: Month) -> None:
    digest = march.compiled(About.ORGANISATION)
    counts = {name: number for name, number in digest.contents.counts.items() if number}
    assert counts == {
        **{"used": 4, "used.better": 2, "used.worse": 1, "used.unknown": 1, "used.measured": 1},
        **{"reach": 4, "again": 1, "again.not_found": 1, "fresh.ours": 3, "thanks": 2},
        **{"briefs": 1, "briefs.will_apply": 1, "briefs.undecided": 1, "work": 2},
        **{"work.briefed": 1, "overdue.actions": 1, "overdue.questions": 1},
    }
    assert counts == {n: len(ids) for n, ids in digest.lists.items() if ids and n in counts}
    trend = digest.contents.trend
    assert trend is not None
    assert trend.months == [month.key for month in MARCH.ending_here(12)]
    assert (trend.reached[-1], trend.second_days[-1]) == (2, [0, 0])
    last = (trend.better, trend.worse, trend.unknown, trend.again, trend.work, trend.briefed)
    assert [series[-1] for series in last] == [2, 1, 1, 1, 2, 1]
    assert all(sum(series) == series[-1] for series in last)
    better = digest.lists["trend.better"]
    assert of_month(better, "2026-03") == digest.lists["used.better"]
    assert of_month(better, "2026-02") == []


def test_worse_is_shown_though_there_is_much_that_is_better(march: Month) -> None:
    sold = march.lessons["Ask for the lake's depth"]
    for number in range(7):
        measure = {"measure": "Trips", "before": 9, "after": number}
        march.used(sold, march.cast.ada, march.cast.pumps, **measure)
    digest = march.compiled(About.ORGANISATION)
    (worse,) = digest.lists["used.worse"]
    assert worse in digest.contents.used
    assert len(digest.contents.used) == 5
    assert not set(digest.contents.measured) - set(digest.lists["used.measured"])


def test_a_team_is_led_to_what_others_proved_and_it_has_not_tried(march: Month) -> None:
    cast = march.cast
    seal = march.lessons["Cold seals leak"]
    engineers = march.enlarge(cast.engineering, 1)
    march.used(march.lessons["Ask for the lake's depth"], engineers[0], cast.engineering)
    march.used(seal, engineers[0], cast.engineering)
    (act,) = march.of(cast.valves).contents.act
    assert (act.lesson_id, act.better, act.worse) == (
        march.lessons["Ask for the lake's depth"].id,
        2,
        0,
    )
    assert (act.eases, len(act.topics)) == ([Ease.SHORT], 1)
    assert march.of(cast.sales).contents.act == []  # it used the one, and wrote the other
    march.brief(
        cast.kit, cast.valves, [march.lessons["Ask for the lake's depth"]], Disposition.ALREADY_DO
    )
    assert len(march.of(cast.valves).contents.act) == 1  # what it decided is its own
    assert march.of(cast.valves, Edition.MEMBERS).contents.act == []


def test_what_is_retired_is_neither_recommended_nor_new_nor_overdue(march: Month) -> None:
    cast, seal = march.cast, march.lessons["Cold seals leak"]
    before = march.of(cast.pumps)
    assert [late.kind for late in before.contents.overdue] == [Late.QUESTION, Late.ACTION]
    retire(march.session, seal, RetirementReason.OBSOLETE, by=cast.ada, now=march.tick())
    after = march.of(cast.pumps)
    assert (after.contents.overdue, after.contents.fresh_ours) == ([], [])
    assert after.contents.counts["reach"] == before.contents.counts["reach"] == 2


def test_authors_are_thanked_for_failures_that_others_used(march: Month) -> None:
    (thanked,) = march.of(march.cast.pumps).contents.thanks
    assert (thanked.grounds, thanked.teams, thanked.better) == (Grounds.FAILURE, 2, 1)
    sold = march.post(march.cast.otto, "Nobody is better for this", march.cast.sales)
    march.used(sold, march.cast.ada, march.cast.pumps, result="worse")
    assert sold.id not in march.of(march.cast.sales).lists["thanks"]


def test_a_quiet_month_says_so_and_suggests_one_thing(march: Month) -> None:
    digest = march.of(march.cast.engineering, Edition.MEMBERS)
    assert digest.contents.quiet is None  # the teams below were busy
    alone = march.enlarge(march.cast.sales, 1)[0]
    lab = create_team(march.session, "Lab", by=None, now=march.now)
    march.session.flush()
    assert march.of(lab).contents.quiet is Suggested.ACT
    for lesson in march.lessons.values():  # nothing is left to act on
        retire(march.session, lesson, RetirementReason.OBSOLETE, by=march.cast.kit, now=march.now)
    assert march.of(lab).contents.quiet is Suggested.BRIEF
    march.post(alone, "Glue sets slowly", march.cast.sales)
    assert march.of(march.cast.sales).contents.quiet is None


def test_questions_to_the_database_do_not_grow_with_rows(march: Month) -> None:
    cast = march.cast

    def asked() -> list[int]:
        march.session.flush()
        numbers = []
        for about, subject in ((About.ORGANISATION, ""), (About.TEAM, cast.pumps.id)):
            with statements(march.database) as sent:
                march.compiled(about, subject)
            numbers.append(len(sent))
        return numbers

    before = asked()
    for number in range(8):
        lesson = march.post(cast.ada, f"Lesson {number}", cast.pumps, topics=[f"Topic {number}"])
        march.used(lesson, cast.otto, cast.sales)
        march.again(lesson, cast.kit, cast.valves)
        march.brief(cast.ada, cast.pumps, [lesson], Disposition.WILL_APPLY)
    assert asked() == before
    assert max(before) <= 22
