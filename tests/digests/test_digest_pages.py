"""A digest on the web: whose it is, what its numbers open, the months beside it."""

import re

from app.digests.models import About, Cadence, DigestSubscription
from app.digests.told import Part
from app.lessons.models import Lesson, Visibility
from tests.digests.kept_month import APRIL, keep_march, numbers, of_team
from tests.digests.month import AFTER
from tests.house_fixture import House
from tests.statements import statements

_ROW = '<li class="digest-line'


def _main(text: str) -> str:
    return text.partition("<main")[2].partition("</main>")[0]


def test_a_manager_reads_the_month_on_one_page(house: House) -> None:
    cast = house.cast
    keep_march(house, more=3)
    browser = house.browser(cast.mara)
    told = of_team(house, cast.mara, cast.pumps)
    with statements(house.database) as asked:
        answer = browser.get(f"/digests/2026-03?team={cast.pumps.id}")
    assert len(asked) <= 8, asked
    text = _main(answer.text)
    assert "Which seal for salt water?" in text
    depth = next(line for part in told.sections for line in part.lines if part.part is Part.ACT)
    assert f'Take “<a href="{depth.url}">{depth.title}</a>” to your next meeting' in text
    assert len(answer.content) < 100 * 1024
    parts = [
        text.index(f'id="{name}"')
        for name in ("first", "act", "used", "again", "briefs", "fresh", "wanted", "thanks")
    ]
    assert parts == sorted(parts)
    assert text.index('id="overdue"') < text.index('id="trend"')
    assert f'href="/digests/2026-02?team={cast.pumps.id}"' in text
    assert f'href="/digests/2026-04?team={cast.pumps.id}"' in text
    for chart in re.findall(r"<svg class=\"chart__picture\".*?</svg>", text, re.DOTALL):
        assert 'role="img"' in chart
        assert "<desc" in chart
        assert "style=" not in chart
    assert text.count('<table class="table">') == text.count('class="chart__picture"')
    assert "So far" not in text
    running = _main(browser.get(f"/digests/2026-04?team={cast.pumps.id}").text)
    assert "So far: the month is not over" in running
    assert "/digests/2026-05" not in running


def test_every_number_opens_exactly_what_it_counts(house: House) -> None:
    cast = house.cast
    keep_march(house)
    browser = house.browser(cast.ben)
    told_of = numbers(of_team(house, cast.ben, cast.pumps))
    assert {"used", "used.same", "again", "briefs.will_apply", "work.briefed"} <= set(told_of)
    assert {"fresh.ours", "thanks", "overdue.actions", "overdue.questions"} <= set(told_of)
    for name, (value, url) in told_of.items():
        with statements(house.database) as asked:
            text = _main(browser.get(url).text)
        assert text.count(_ROW) == value, name
        assert len(asked) <= 8, asked
    charts = of_team(house, cast.ben, cast.pumps).charts
    cells = [
        (value, url)
        for chart in charts
        for series in chart.series
        for value, url in zip(series.values, series.urls, strict=False)
        if url and chart.key != "second"
    ]
    assert cells
    for value, url in cells:
        text = _main(browser.get(url).text)
        assert text.count(_ROW) == value, url
        assert "March 2026" in text


def test_a_list_says_how_many_may_not_be_read_any_more(house: House) -> None:
    lessons = keep_march(house)
    with house.database.writing() as session:
        session.get_one(Lesson, lessons["Warm seals"]).visibility = Visibility.TEAM
    text = _main(house.browser(house.cast.nora).get("/digests/2026-03/lists/used").text)
    assert "3 in March 2026: The organisation." in text
    assert text.count(_ROW) == 1
    assert "2 more that you may not read, or that are gone since." in text
    assert "Warm seals" not in text


def test_what_is_not_there_is_not_found(house: House) -> None:
    keep_march(house)
    browser, seals = house.browser(house.cast.ben), _topic(house, "Seals")
    for path in (
        "2026-13",
        "2026-W54",
        "march",
        "2026-05",  # has not begun
        f"2026-03?team={'0' * 16}",
        "2026-03?team=Pumps",
        f"2026-03?topic={'0' * 16}",
        f"2026-03?topic={seals}&team={house.cast.pumps.id}",
        "2026-03/lists/nothing",
        "2026-03/lists/trend.nothing?month=2026-03",
        "2026-03/lists/trend.better",
        "2026-03/lists/trend.better?month=2026-04",
        "2026-03/lists/used?month=2026-03",
        f"2026-03/lists/briefs?topic={seals}",
    ):
        assert browser.get(f"/digests/{path}").status_code == 404, path


def _topic(house: House, name: str) -> str:
    api = house.api(house.cast.ada)
    return next(t["id"] for t in api.get("/api/v1/topics").json()["topics"] if t["name"] == name)


def test_a_topic_is_told_to_whoever_may_know_of_it(house: House) -> None:
    cast = house.cast
    house.post(cast.ada, topics=["Secret"], team="Pumps", visibility="team")
    house.post(cast.ada, topics=["Open"], team="Pumps")
    house.clock.now = AFTER
    secret, known = _topic(house, "Secret"), _topic(house, "Open")
    for person, status in ((cast.ben, 200), (cast.otto, 404)):
        browser = house.browser(person)
        assert browser.get(f"/digests/2026-03?topic={secret}").status_code == status
        assert browser.get(f"/digests/2026-03?topic={known}").status_code == 200


def test_the_overview_has_what_concerns_somebody(house: House) -> None:
    cast = house.cast
    empty = house.browser(cast.nora).get("/digests").text
    assert "No digest yet" in empty
    keep_march(house)
    topic = _topic(house, "Seals")
    with house.database.writing() as session:
        facts = {"person_id": cast.ben.id, "since": AFTER}
        for about, subject_id, cadence in (
            (About.TOPIC, topic, Cadence.WEEKLY),
            (About.TEAM, cast.sales.id, Cadence.NEVER),
        ):
            row = {"about": about, "subject_id": subject_id, "cadence": cadence}
            session.add(DigestSubscription(**facts, **row))
    browser = house.browser(cast.ben)
    with statements(house.database) as asked:
        text = browser.get("/digests").text
    assert len(asked) <= 8, asked
    assert "3 uses, 1 of them worse; something happened again once" in text
    assert f'href="/digests/2026-03?team={cast.pumps.id}"' in text
    assert f'href="/digests/2025-04?team={cast.pumps.id}"' in text
    assert f'href="/digests/2026-03?topic={topic}"' in text
    assert cast.sales.id not in text
    assert "That of April 2026 comes out on 1 May 2026, in the morning." in text
    house.clock.now = APRIL.replace(day=1, hour=1)
    assert "That of April 2026 comes out on 1 May 2026" in browser.get("/digests").text
