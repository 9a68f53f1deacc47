"""What a person may not read changes nothing of a brief, and nobody is named who is protected."""

import re

from app.lessons.capture import post
from app.lessons.schemas import LessonInput
from tests.briefs.acting import BRIEFS, WORK, ids_in, made, pump_lesson
from tests.house_fixture import House

_ID = re.compile(r"[0-9a-hjkmnp-tv-z]{16}")
_TOKEN = re.compile(r'(value|content)="[\w-]{51}"')


def _private(house: House) -> None:
    """Fifty lessons of a team alone: on the work of the brief, and with words that it has."""
    with house.database.writing() as session:
        for number in range(50):
            said = LessonInput(
                kind="failure",
                title=f"Frost in the pump on the hospital roof {number}",
                lesson="The circulation pump froze and cracked in the first frost.",
                applies_when="A circulation pump on the roof of a hospital must run by winter.",
                topics=["Hospital roof", f"Frost {number % 3}"],
                team="Pumps",
                visibility="team",
            )
            post(session, said, by=house.cast.ada, now=house.clock())
    house.follow()


def _as_otto_has_it(house: House) -> tuple[str, str, str, str]:
    """Everything that briefs say to an outsider, without ids and tokens."""
    otto = house.cast.otto
    answer = house.api(otto).post(BRIEFS, json={"work": WORK, "team": "Sales"})
    browser = house.browser(otto)
    page = browser.send("/briefs", {"work": WORK, "team": house.cast.sales.id})
    more = browser.send(f"{page.url.path}/more")
    texts = (answer.text, page.text, more.text, browser.get(f"{page.url.path}.md").text)
    return tuple(_TOKEN.sub("", _ID.sub("id", text)) for text in texts)


def test_fifty_private_lessons_change_no_byte_of_an_outsider_s_brief(house: House) -> None:
    for number in range(9):
        pump_lesson(house, f"It ran dry {number}", topics=["Pumps"])
    before = _as_otto_has_it(house)
    _private(house)
    assert _as_otto_has_it(house) == before
    assert "Frost in the pump" in str(made(house, house.cast.ada, team="Pumps"))


def test_a_brief_of_a_team_holds_only_what_all_of_the_team_may_read(house: House) -> None:
    cast = house.cast
    valves = pump_lesson(house, "It ran dry", cast.kit, team="Valves", visibility="team")
    shared = pump_lesson(house, "It ran wet", cast.ada)
    assert set(ids_in(made(house, cast.mara))) == {valves, shared}  # Mara manages both teams
    brief = made(house, cast.mara, team="Pumps")
    assert ids_in(brief) == [shared]
    browser = house.browser(cast.ada)
    assert "It ran wet" in browser.get(f"/briefs/{brief['id']}").text
    assert browser.get("/briefs").text.count("/briefs/" + brief["id"]) == 1
    outsider = house.browser(cast.otto)
    assert outsider.get(f"/briefs/{brief['id']}").status_code == 404
    assert brief["id"] not in outsider.get("/briefs").text


def test_another_team_takes_along_only_what_it_may_read(house: House) -> None:
    cast = house.cast
    own = pump_lesson(house, "It ran dry", team="Pumps", visibility="team")
    shared = pump_lesson(house, "It ran wet")
    brief = made(house, cast.mara, team="Pumps")
    mara = house.api(cast.mara)
    for lesson_id in (own, shared):
        url = f"{BRIEFS}/{brief['id']}/lessons/{lesson_id}/disposition"
        assert mara.put(url, json={"disposition": "will_apply"}).status_code == 200
    moved = mara.patch(f"{BRIEFS}/{brief['id']}", json={"team": "Valves"}).json()
    assert ids_in(moved) == [shared]
    assert own not in house.api(cast.kit).get(f"{BRIEFS}/{brief['id']}").text


def test_a_protected_author_is_named_nowhere(house: House) -> None:
    pump_lesson(house, "It ran dry", author_mode="protected", team="Pumps")
    brief = made(house, house.cast.otto)
    assert brief["lessons"][0]["lesson"]["author"] is None
    assert brief["people"] == []
    assert house.cast.ada.name not in str(brief)
    page = house.browser(house.cast.otto).get(f"/briefs/{brief['id']}").text
    assert house.cast.ada.name not in page
    assert house.cast.ada.id not in page
