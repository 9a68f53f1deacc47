"""A digest in words: short, plain, each line with its reason; nothing that one may not read."""

from app.digests.compiling.keeping import keep
from app.digests.compiling.month import Compiled
from app.digests.contents import Contents, Suggested, ToAct
from app.digests.models import NOBODY, About, Edition
from app.digests.told import Deed, Part
from app.lessons.models import Lesson, Visibility
from app.people.models import Team
from tests.digests.kept_month import anew, keep_march, numbers, of_team, part, told
from tests.digests.month import AFTER, MARCH
from tests.house_fixture import House
from tests.statements import statements


def test_it_says_what_to_do_what_came_of_it_and_why(house: House) -> None:
    cast = house.cast
    keep_march(house)
    digest = of_team(house, cast.ben, cast.pumps)
    act = part(digest, Part.ACT)
    assert (
        act.lead
        == "One lesson that other teams proved and Pumps has not used yet. Decide who tries it."
    )
    (line,) = act.lines
    assert (line.title, line.said) == ("Ask how deep the lake is", "Warm the seal first.")
    assert line.why == (
        "One other team used it: better for them. About Seals, which Pumps deals with. Something "
        "like it happened here again this year. It takes a step or two."
    )
    assert digest.first == (
        "Take “Ask how deep the lake is” to your next meeting and decide who tries it. "
        "One other team used it: better for them."
    )
    again = part(digest, Part.AGAIN)
    assert again.lead == "Once, though a lesson about it was there. Ask what kept it away."
    assert again.lines[0].said == "In Valves, 2 March 2026: it was looked for and not found."
    begun = part(digest, Part.BRIEFS)
    assert begun.lead.startswith("1 of 2 pieces of work began with a brief, which shows")
    assert begun.lead.endswith(
        "Nothing is decided yet about one of those lessons: ask who decides."
    )


def test_worse_is_said_as_plainly_as_better_and_numbers_as_they_are(house: House) -> None:
    keep_march(house)
    digest = told(house, house.cast.nora)
    used = part(digest, Part.USED)
    assert used.lead == "Lessons were used 3 times. Look first at the one that went worse."
    said = {line.said: line.why for line in used.lines}
    assert said["Sales applied it: better. Leaks: 9 → 1 a week."] == "Measured before and after."
    assert said["Valves applied it: worse."] == "It made things worse: ask what was different here."
    assert "%" not in repr(digest).replace("100 %", "")
    results = next(chart for chart in digest.charts if chart.key == "results")
    again = next(chart for chart in digest.charts if chart.key == "again")
    assert again.said == "Once in March, 1 in twelve months."
    assert results.said == "3 uses in twelve months: 2 better, 1 worse."
    assert results.performance
    assert not next(chart for chart in digest.charts if chart.key == "reach").performance


def test_each_reader_is_told_what_they_may_read(house: House) -> None:
    cast = house.cast
    keep_march(house)
    for reader, edition in (
        (cast.otto, Edition.EVERYONE),
        (cast.ben, Edition.MEMBERS),
        (cast.mara, Edition.MEMBERS),
    ):
        digest = of_team(house, reader, cast.pumps)
        assert digest.edition is edition
        assert ("Only for Pumps" in repr(digest)) is (edition is not Edition.EVERYONE)
    assert of_team(house, cast.mara, cast.engineering).edition is Edition.MANAGERS
    assert of_team(house, cast.mara, cast.engineering).subject == "Engineering and the teams below"
    # Nobody is told who a protected author is, and nobody thanks for a lesson of their own.
    thanks = {line.title: line for line in part(told(house, cast.ada), Part.THANKS).lines}
    assert thanks["Warm seals"].offers == ()
    assert thanks["Ask how deep the lake is"].offers[0].deed is Deed.THANK


def test_of_a_team_that_moved_away_nobody_is_told_who_does_not_read_it_there(house: House) -> None:
    """Not even in numbers of the month in which it stood below."""
    cast = house.cast
    keep_march(house)
    mara = house.browser(cast.mara)

    def told_of() -> tuple[Edition, bool, int, int]:
        digest = of_team(house, cast.mara, cast.engineering)
        pages = (mara.get(page).text.count("3 uses") for page in ("/", "/digests"))
        return (digest.edition, "used.same" in numbers(digest), *pages)

    assert told_of() == (Edition.MANAGERS, True, 1, 2)
    with house.database.writing() as session:
        session.get_one(Team, cast.pumps.id).parent_id = None
    assert told_of() == (Edition.MEMBERS, False, 0, 1)  # once of the organisation


def test_what_is_no_longer_readable_is_left_out(house: House) -> None:
    lessons = keep_march(house)
    with house.database.writing() as session:
        session.get_one(Lesson, lessons["Warm seals"]).visibility = Visibility.TEAM
    assert "Warm seals" not in repr(told(house, house.cast.nora))
    assert "Warm seals" in repr(told(house, house.cast.ben))


def test_a_quiet_month_is_a_line_and_one_suggestion(house: House) -> None:
    lesson = house.post(house.cast.ada, "Warm seals").lesson
    act = ToAct(lesson_id=lesson.id, reach=2, better=2, worse=0)
    house.clock.now = AFTER
    for suggested, url in (
        (Suggested.ACT, lesson.url),
        (Suggested.BRIEF, f"/briefs/new?team={house.cast.sales.id}"),
        (Suggested.WRITE, "/lessons/new"),
        (Suggested.WANTED, "/wanted"),
    ):
        quiet = Contents(counts={}, act=[act], quiet=suggested)
        _keep(house, house.cast.sales, quiet)
        digest = of_team(house, house.cast.nora, house.cast.sales)
        assert digest.quiet is not None
        assert digest.quiet.url == url
        assert digest.first.startswith("A quiet month: ")
    assert part(digest, Part.USED).lead == "Nobody said that they used a lesson."
    assert part(digest, Part.BRIEFS).lead.startswith("Briefs are not counted here")
    assert digest.charts == ()


def test_worse_that_is_not_shown_is_behind_its_number(house: House) -> None:
    house.clock.now = AFTER
    _keep(house, house.cast.sales, Contents(counts={"used": 9, "used.worse": 2}))
    used = part(of_team(house, house.cast.nora, house.cast.sales), Part.USED)
    assert used.lead.endswith("Look first at the 2 that went worse: “2 worse” opens them.")
    assert used.more == ("All 9 uses", f"/digests/2026-03/lists/used?team={house.cast.sales.id}")


def _keep(house: House, team: Team, contents: Contents) -> None:
    with house.database.writing() as session:
        root = session.merge(house.cast.root)
        made = Compiled(contents, {})
        keep(session, MARCH, About.TEAM, team.id, Edition.EVERYONE, made, now=AFTER, by=root)


def test_whoever_compiled_it_anew_says_why(house: House) -> None:
    keep_march(house)
    anew(house, house.cast.pumps, "Two uses came by post")
    note = of_team(house, house.cast.ben, house.cast.pumps).note
    assert note == "Compiled anew on 1 April 2026 by Root Example: Two uses came by post"


def test_each_part_shows_few_and_leads_to_all(house: House) -> None:
    keep_march(house, more=12)
    digest = told(house, house.cast.nora)
    assert {one.part: len(one.lines) for one in digest.sections if len(one.lines) >= 3} == {
        Part.USED: 3,
        Part.FRESH: 3,
    }
    used, fresh = part(digest, Part.USED), part(digest, Part.FRESH)
    assert used.more == ("All 15 uses", "/digests/2026-03/lists/used")
    assert used.lines[0].why.startswith("It made things worse")
    assert fresh.more == ("All 15 new lessons", "/digests/2026-03/lists/fresh.ours")
    assert part(digest, Part.WANTED).more is None


def test_it_asks_as_much_of_the_database_however_much_it_holds(house: House) -> None:
    keep_march(house, more=12)
    with statements(house.database) as asked:
        told(house, house.cast.nora, About.ORGANISATION, NOBODY)
    assert len(asked) <= 7
