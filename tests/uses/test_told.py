"""Where else what came of lessons is told: registers, the first page, Markdown, the margin."""

import re

from tests.house_fixture import House
from tests.uses.acting import again, used


def _text(house: House, url: str, person: str = "otto") -> str:
    answer = house.browser(house.cast.people[person]).get(url)
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text.partition("<main")[2]).split())


def test_registers_say_how_often_lessons_helped_others(house: House) -> None:
    cast = house.cast
    lesson = house.post(cast.ada, team="Pumps", topics=["Seals"]).lesson
    shut = house.post(cast.ada, "Shut", team="Pumps", visibility="team").lesson
    retold = f"/people/{cast.ada.id}", f"/teams/{cast.pumps.id}"
    assert all("Used" not in _text(house, url) for url in retold)
    used(house, lesson.id, cast.otto)
    used(house, lesson.id, cast.kit, result="same")
    used(house, lesson.id, cast.ben)
    used(house, shut.id, cast.mara, team="Valves")
    for url in retold:
        assert "Used by other teams twice, better for it once" in _text(house, url)
        assert "Used by other teams 3 times, better for it twice" in _text(house, url, "ben")
    topic = re.search(r"/topics/\w{16}", house.browser(cast.otto).get(lesson.url).text)[0]
    assert "Used by other teams twice" in _text(house, topic)


def test_the_first_page_tells_what_came_of_it_to_protected_authors_too(house: House) -> None:
    cast = house.cast
    protected = house.post(cast.ada, "A seal leaked", author_mode="protected").lesson
    shut = house.post(cast.ben, "Shut away", team="Pumps", visibility="team").lesson
    helped = house.post(cast.ada, "Frost in the pump").lesson
    used(house, protected.id, cast.otto, result="worse")
    used(house, shut.id, cast.mara, team="Valves", result="worse")
    used(house, helped.id, cast.otto)
    house.clock.turn(days=1)
    mine = _text(house, "/", "ada").partition("What came of it")[2]
    assert "A seal leaked Sales applied it: worse" in mine
    assert "Frost in the pump Sales applied it: better" in mine
    # Otto neither wrote it nor is told of what Pumps keeps to itself.
    theirs = _text(house, "/", "nora")
    assert "Frost in the pump" in theirs.partition("Others were glad of")[2]
    assert "used by one other team, better for them" in theirs
    assert "Shut away" not in theirs
    house.clock.turn(days=130)
    assert "What came of it" not in _text(house, "/", "ada")


def test_a_lesson_taken_along_says_what_came_of_it(house: House) -> None:
    lesson = house.post(house.cast.ada).lesson
    browser = house.browser(house.cast.otto)
    assert "used by" not in browser.get(f"{lesson.url}.md").text.lower()
    used(house, lesson.id, house.cast.otto)
    again(house, lesson.id, house.cast.kit)
    said = "*Used by one other team, better for them; happened again once; last used 2 March 2026.*"
    assert said in browser.get(f"{lesson.url}.md").text


def test_the_margin_asks_how_it_happened_again_and_keeps_what_was_said(house: House) -> None:
    old = house.post(house.cast.ada, "Loose screws let the inverter flicker").lesson
    browser = house.browser(house.cast.otto)
    field = f"recurrence.{old.id}"
    typed = {
        "title": "Loose screws",
        "lesson": "They let the inverter flicker.",
        f"relation.{old.id}": "recurrence",
        f"{field}.broke": "not_used",
        f"{field}.cost": "a day",
    }
    said = browser.send("/drafts/margin", typed, headers={"HX-Request": "true"}).text
    assert '<option value="not_used" selected>Found, not used</option>' in said
    assert re.search(rf'form="lesson-form" id="{field}.cost"[^>]*value="a day"', said)
    wrong = browser.send("/lessons", typed | {"kind": ""})
    assert f'<input type="hidden" name="{field}.broke" value="not_used">' in wrong.text
