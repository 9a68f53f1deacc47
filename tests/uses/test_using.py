"""“I used this”: reported on the lesson's page, changed, withdrawn, counted once a team."""

import re

import pytest

from app.kit.errors import Invalid
from app.uses.schemas import UseInput
from tests.calls import questions
from tests.house_fixture import House
from tests.uses.acting import events, own_team, standing, team_with, used

HTMX = {"HX-Request": "true"}


@pytest.fixture
def lesson(house: House) -> str:
    """A lesson of ada's in Pumps, by its address."""
    return house.post(house.cast.ada, team="Pumps").lesson.url


def test_a_use_stands_in_the_ledger_with_its_measure_and_at_the_head_in_words(
    house: House, lesson: str
) -> None:
    otto = house.browser(house.cast.otto)
    assert "Nobody has said yet what came of it." in otto.get(lesson).text
    sent = {
        "use-manner": "adapted",
        "use-result": "better",
        "use-note": "We **warmed** them first. <script>alert(1)</script>",
        "use-team": house.cast.sales.id,
        "use-measure": "Loose screws",
        "use-before": "9",
        "use-after": "0,5",
        "use-unit": "of 60",
        "use-source": "acceptance log",
    }
    for _ in range(2):  # a click sent twice is one use
        answer = otto.send(f"{lesson}/uses", sent)
    page = " ".join(answer.text.split())
    assert "Used by one other team, better for them: it has helped so far." in page
    assert "Sales</a> adapted it: <strong" in page
    assert "<strong>warmed</strong>" in page
    assert "<script>alert" not in page
    assert "Loose screws: 9 → 0.5 of 60 (acceptance log)" in page
    assert page.count('class="came__entry"') == 1
    assert "Posted today; used today." in page
    (told,) = events(house, "use")
    assert (told.kind, told.actor_id) == ("use.reported", house.cast.otto.id)
    facts = {"result": "better", "own_team": False, "team_id": house.cast.sales.id}
    assert facts.items() <= told.facts.items()
    assert "warmed" not in str(told.facts)


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({"use-manner": "adapted"}, "use-note", "Say how you adapted it"),
        ({"use-manner": "rejected"}, "use-note", "Say why you did not use it"),
        ({"use-manner": ""}, "use-manner", "Choose one of the three."),
        ({"use-used_on": "2026-03-05"}, "use-used_on", "This day is still to come."),
        ({"use-used_on": "soon"}, "use-used_on", "Give a date like 2026-03-14."),
        ({"use-before": "3"}, "use-measure", "Say what was measured."),
        ({"use-measure": "Leaks"}, "use-after", "Give the number before"),
        ({"use-before": "nan"}, "use-before", "Give a number like 1.5 or 1,5"),
        ({"use-before": "1,500"}, "use-before", "Write 1500 or 1.500"),
        ({"use-before": "9" * 29}, "use-before", "This number is too large."),
        ({"use-team": "Valves"}, "use-team", "You are in no team of this name."),
    ],
)
def test_what_does_not_fit_comes_back_as_it_was_typed(
    house: House, lesson: str, typed: dict[str, str], field: str, message: str
) -> None:
    otto = house.browser(house.cast.otto)
    sent = {"use-manner": "applied", "use-work": "The new hall"} | typed
    for headers in ({}, HTMX):
        answer = otto.send(f"{lesson}/uses", sent, headers=headers)
        assert answer.status_code == 422
        assert re.search(rf'<a href="#{field}">[^<]*{re.escape(message)}', answer.text)
        assert 'value="The new hall"' in answer.text
        assert re.search(r'<details class="came__act" open>', answer.text)
        assert ("<html" in answer.text) == (not headers)
    assert events(house, "use") == []


def test_the_section_is_swapped_in_place_and_the_words_at_the_head_with_it(
    house: House, lesson: str
) -> None:
    answer = house.browser(house.cast.otto).send(
        f"{lesson}/uses", {"use-manner": "applied", "use-team": house.cast.sales.id}, headers=HTMX
    )
    assert answer.text.strip().startswith("<section")
    assert 'role="status" tabindex="-1" data-focus>Noted, thank you.' in answer.text
    assert '<div class="lesson__worth" id="worth" hx-swap-oob="true">' in answer.text


def test_who_reported_a_use_and_their_team_change_and_withdraw_it(
    house: House, lesson: str
) -> None:
    cast, lesson_id = house.cast, lesson.split("/")[-1]
    use = used(house, lesson_id, cast.ben, note="First.")
    url = f"{lesson}/uses/{use.id}"
    ada, otto = house.browser(cast.ada), house.browser(cast.otto)
    assert "First." in ada.get(f"{url}/edit").text
    assert [otto.get(f"{url}/edit").status_code, otto.send(f"{url}/removal").status_code] == [
        403,
        403,
    ]
    sent = {"use-manner": "rejected", "use-team": cast.pumps.id, "use-note": "Not ours."}
    wrong = ada.send(url, sent | {"use-note": ""})
    assert (wrong.status_code, "Say why you did not" in wrong.text) == (422, True)
    assert "Pumps</a> decided not to use it</p>" in ada.send(url, sent).text
    assert "Withdrawn. It counts no longer." in ada.send(f"{url}/removal").text
    kinds = [event.kind for event in events(house, "use")]
    assert sorted(kinds) == ["use.changed", "use.reported", "use.withdrawn"]
    other = house.post(cast.ada).lesson.url
    assert ada.get(f"{other}/uses/{used(house, lesson_id, cast.ben).id}/edit").status_code == 404


def test_reach_counts_other_teams_once_with_what_they_said_last(house: House, lesson: str) -> None:
    cast, lesson_id = house.cast, lesson.split("/")[-1]
    used(house, lesson_id, cast.otto, result="worse", used_on="2026-01-05")
    used(house, lesson_id, cast.otto, result="better", used_on="2026-02-05")
    used(house, lesson_id, cast.otto, result="unknown", used_on="2026-03-01")
    used(house, lesson_id, cast.kit, manner="rejected", note="Not for valves.")
    used(house, lesson_id, cast.ben)  # the lesson's own team
    second = team_with(house, "Tools", cast.ada, cast.ben)
    used(house, lesson_id, cast.ben, team=second.id)  # ada, who wrote it, is in it
    used(house, lesson_id, cast.nora, work="On my own")  # in no team
    used(house, lesson_id, cast.mara, team="Valves", result="same")  # whom she manages
    found = standing(house, lesson_id)
    assert (found.uses, found.reach, found.effect) == (7, 2, 16)
    assert (found.better, found.same, found.worse) == (1, 1, 0)
    page = house.browser(cast.otto).get(lesson).text
    assert "the lesson’s own team, so it is not counted" in page
    assert "Used by 2 other teams, better for one, no different for one" in page


def test_a_team_that_the_author_manages_is_no_other_team(house: House) -> None:
    cast = house.cast
    lesson_id = house.post(cast.mara).lesson.id
    used(house, lesson_id, cast.mara, team="Valves")  # below the one that she manages
    assert (standing(house, lesson_id).uses, standing(house, lesson_id).reach) == (1, 0)
    used(house, lesson_id, cast.otto)
    assert standing(house, lesson_id).reach == 1


def test_of_a_protected_author_only_the_lessons_team_is_known(house: House) -> None:
    cast = house.cast
    posted = house.post(cast.ada, author_mode="protected", team="Pumps")
    tools = team_with(house, "Tools", cast.ada, cast.otto)
    used(house, posted.lesson.id, cast.otto, team=tools.id)
    used(house, posted.lesson.id, cast.ben)
    assert standing(house, posted.lesson.id).reach == 1


def test_who_holds_the_claim_code_reports_nothing_beside_their_name(house: House) -> None:
    posted = house.post(house.cast.ada, author_mode="protected")
    url, browser = posted.lesson.url, house.browser(house.cast.ada)
    browser.send(f"{url}/claim", {"claim_code": posted.claim_code})
    page = browser.get(url).text
    assert "what you report here would carry your name" in page
    assert "I used this" not in page
    for path, sent in (
        ("uses", {"use-manner": "applied"}),
        ("recurrences", {"again-cost": "much"}),
        ("confirmations", {}),
    ):
        answer = browser.send(f"{url}/{path}", sent)
        assert (answer.status_code, "You hold this lesson" in answer.text) == (422, True)
    assert events(house, "use", "recurrence", "confirmation") == []
    used(house, posted.lesson.id, house.cast.otto)
    assert "Used by one other team, better for them" in browser.get(f"{url}/claim").text


def test_it_still_holds_says_a_reader_once_a_day_and_takes_it_back(
    house: House, lesson: str
) -> None:
    otto = house.browser(house.cast.otto)
    for _ in range(2):
        page = otto.send(f"{lesson}/confirmations").text
    assert "Posted today; confirmed today." in page
    house.clock.turn(days=1)
    otto.send(f"{lesson}/confirmations", {"confirm-note": "Seen in Malmö."})
    assert "Seen in Malmö." in house.browser(house.cast.ada).get(lesson).text
    assert standing(house, lesson.split("/")[-1]).confirmed_on == house.clock().date()
    house.clock.turn(hours=1)
    page = otto.send(f"{lesson}/confirmations/removal").text
    assert "Those who say that it still holds" not in page
    assert standing(house, lesson.split("/")[-1]).confirmed_on is None
    kinds = [event.kind for event in events(house, "confirmation")]
    assert kinds == ["confirmation.given", "confirmation.given", "confirmation.withdrawn"]


def test_a_long_ledger_has_pages_and_asks_no_more(house: House, lesson: str) -> None:
    lesson_id, otto = lesson.split("/")[-1], house.browser(house.cast.otto)
    used(house, lesson_id, house.cast.otto, work="0")
    otto.get("/help")
    with questions(house) as few:
        otto.get(lesson)
    for number in range(1, 25):
        used(house, lesson_id, house.cast.otto, work=f"Line {number}", used_on="2026-02-01")
    with questions(house) as many:
        otto.get(lesson)
    assert len(many) <= max(8, len(few)), many
    page = otto.get(lesson).text
    assert (page.count('class="came__entry"'), "All 25 uses" in page) == (20, True)
    assert otto.get(f"{lesson}/uses?page=2").text.count('class="came__entry"') == 5
    assert "There is no such page." in otto.get(f"{lesson}/uses?page=3").text


@pytest.mark.parametrize(
    ("given", "number"),
    [("1,5", 1.5), ("1.5", 1.5), ("−3", -3.0), ("1.000", 1.0), ("0,125", 0.125), (" 12 ", 12.0)],
)
def test_numbers_are_taken_as_people_write_them(given: str, number: float) -> None:
    assert UseInput(manner="applied", before=given).before == number


def test_own_teams_are_those_that_one_speaks_for(house: House, lesson: str) -> None:
    mara, kit = house.cast.mara, house.cast.kit
    page = house.browser(mara).get(lesson).text
    assert re.findall(r'<option value="\w*"[^>]*>(\w[\w ]*)</option>', page)[:4] == [
        "Engineering",
        "Pumps",
        "Valves",
        "No team",
    ]
    with pytest.raises(Invalid):
        used(house, lesson.split("/")[-1], kit, team=own_team(house, house.cast.otto))
