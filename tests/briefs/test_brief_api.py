"""Briefs for programs: made, decided in, changed, and refused in words."""

from typing import Any

from sqlmodel import select

from app.briefs.models import WORK_LENGTH
from app.events.models import Event
from app.lessons.models import LessonStanding
from app.responses.models import Question
from app.searches.models import Miss
from tests.briefs.acting import BRIEFS, WORK, decide, ids_in, made, pump_lesson
from tests.briefs.watching import events_of
from tests.calls import error_of
from tests.house_fixture import House
from tests.lessons.acting import retired
from tests.statements import statements

#: What is sent, and what is said at which field.
REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({}, "work", "fill this in"),
    ({"work": " \n "}, "work", "fill this in"),
    ({"work": "what is it that you would do with these"}, "work", "say nothing about the work"),
    ({"work": "x" * (WORK_LENGTH + 1)}, "work", "some sixty pages"),
    ({"work": WORK, "team": "Sales"}, "team", "in no team of this name"),
    ({"work": WORK, "team": "Nobody's"}, "team", "in no team of this name"),
    (
        {"work": WORK, "starts_on": "2026-05-02", "ends_on": "2026-05-01"},
        "ends_on",
        "before it begins",
    ),
    ({"work": WORK, "ends_on": "2206-05-01"}, "ends_on", "Is the year right?"),
    ({"work": WORK, "ends_on": "soon"}, "ends_on", "a date like"),
    ({"work": WORK, "until": "2026-05-01"}, "until", "no such field"),
]


def test_a_brief_says_why_each_lesson_is_there_and_what_to_do(house: House) -> None:
    cast = house.cast
    house.clock.turn(days=-1000)
    lesson = pump_lesson(
        house,
        "It ran dry",
        topics=["Circulation pumps"],
        not_when="The hospital has its own spring.",
        external_id="P-7",
    )
    house.clock.turn(days=1000)
    house.post(cast.ada, "Invoices were counted twice")
    with house.database.writing() as session:
        session.add(LessonStanding(lesson_id=lesson, uses=3, reach=3, better=2, recurrences=1))
    brief = made(house, cast.otto)
    assert ids_in(brief) == [lesson]
    (placed,) = brief["lessons"]
    assert placed["lesson"]["title"] == "It ran dry"
    assert placed["lesson"]["external_id"] == "P-7"
    assert placed["lesson"]["advice"] == "Prime the pump before it runs."
    codes = [reason["code"] for reason in placed["reasons"]]
    assert codes == ["applies", "shares", "topic", "used", "again"]
    assert "Its “applies when” speaks of “circulation”, “pump” and “roof”." in placed["why"]
    assert "About “Circulation pumps”, like your plan." in placed["why"]
    assert "Used by 3 other teams, better for 2." in placed["why"]
    assert "But its “not when” speaks of “hospital”." in placed["caution"]
    assert "Stale: nobody stood by it for 2 years." in placed["caution"]
    assert placed["disposition"] is None
    assert brief["good"] is True
    assert "frost" in brief["unwritten"]
    assert "hospital" not in brief["unwritten"]
    assert brief["people"][0]["name"] == cast.ada.name


def test_work_that_no_lesson_speaks_of_is_said_to_be_so_and_noted(house: House) -> None:
    house.post(house.cast.ada, "Invoices were counted twice")
    brief = made(house, house.cast.otto, "We tame a zeppelin in a cathedral")
    assert (brief["lessons"], brief["good"], brief["more"]) == ([], False, False)
    assert {"zeppelin", "cathedral"} <= set(brief["unwritten"])
    with house.reading() as session:
        assert "zeppelin" in session.exec(select(Miss)).one().words


def test_what_is_decided_is_kept_with_who_and_why_and_can_be_taken_back(house: House) -> None:
    cast = house.cast
    pump_lesson(house, "It ran dry")
    brief = made(house, cast.ada, team="Pumps")
    refused = decide(house, cast.ben, brief, disposition="does_not_apply", reason=" ")
    assert "Say why" in error_of(refused)["fields"]["reason"]
    kept = decide(house, cast.ben, brief, disposition="does_not_apply", reason="We have none.")
    assert kept.json()["decided_by"] == cast.ben.name
    read = house.api(cast.mara).get(f"{BRIEFS}/{brief['id']}").json()["lessons"][0]
    assert (read["disposition"], read["reason"]) == ("does_not_apply", "We have none.")
    assert decide(house, cast.mara, brief, disposition="already_do").status_code == 403
    assert decide(house, cast.ada, brief, disposition=None).json()["disposition"] is None
    with house.reading() as session:
        kind = Event.kind == "disposition.set"
        facts = [event.facts for event in session.exec(select(Event).where(kind))]
    assert {fact["disposition"] for fact in facts} == {"does_not_apply", None}
    assert "We have none." not in str(facts)


def test_who_needs_help_asks_on_the_lesson_s_page(house: House) -> None:
    cast = house.cast
    protected = pump_lesson(house, "It ran dry", author_mode="protected")
    brief = made(house, cast.otto)
    assert decide(house, cast.otto, brief, disposition="need_help").status_code == 422
    asked = decide(house, cast.otto, brief, disposition="need_help", reason="For how long?")
    assert asked.json()["reason"] == "For how long?"
    with house.reading() as session:
        question = session.exec(select(Question)).one()
        help_asked = session.exec(select(Event).where(Event.kind == "help.asked")).one()
    assert (question.lesson_id, question.text) == (protected, "For how long?")
    assert help_asked.facts["lesson_id"] == protected
    assert help_asked.facts["question_id"] == question.id


def test_more_lessons_come_when_they_are_asked_for(house: House) -> None:
    for number in range(9):
        pump_lesson(house, f"It ran dry {number}", kind="success" if number == 0 else "failure")
    brief = made(house, house.cast.otto)
    assert len(ids_in(brief)) == 7
    assert brief["more"] is True
    assert "success" in [placed["lesson"]["kind"] for placed in brief["lessons"]]
    otto = house.api(house.cast.otto)
    more, none = (otto.post(f"{BRIEFS}/{brief['id']}/more").json() for _ in range(2))
    assert ids_in(more)[:7] == ids_in(brief)
    assert len(set(ids_in(more))) == 9
    assert more["more"] is False
    assert none == more
    (told,) = events_of(house, "brief.more")
    assert (told.actor_id, told.facts["lessons"]) == (house.cast.otto.id, 2)


def test_other_work_brings_other_lessons_and_keeps_what_was_decided(house: House) -> None:
    cast = house.cast
    pumps = [pump_lesson(house, f"It ran dry {number}") for number in range(2)]
    invoice = house.post(cast.ada, "Invoices were counted twice").lesson.id
    brief = made(house, cast.ada, team="Pumps")
    decide(house, cast.ada, brief, number=1, disposition="will_apply")
    decided, left = ids_in(brief)[1], ids_in(brief)[0]
    assert {decided, left} == set(pumps)
    ben = house.api(cast.ben)
    changed = ben.patch(f"{BRIEFS}/{brief['id']}", json={"work": "We count invoices"}).json()
    assert ids_in(changed) == [invoice, decided]
    assert changed["lessons"][1]["disposition"] == "will_apply"
    url = f"{BRIEFS}/{brief['id']}"
    read = {"If-Match": ben.get(url).headers["ETag"]}
    house.clock.turn(minutes=1)
    dated = ben.patch(url, json={"ends_on": "2026-04-01"}, headers=read).json()
    late = house.api(cast.ada).patch(url, json={"ends_on": None}, headers=read)
    assert (late.status_code, error_of(late)["code"]) == (412, "changed_meanwhile")
    assert ben.get(url).json()["ends_on"] == "2026-04-01"
    assert (dated["ends_on"], ids_in(dated)) == ("2026-04-01", ids_in(changed))
    assert ben.delete(f"{BRIEFS}/{brief['id']}").status_code == 204
    assert ben.get(f"{BRIEFS}/{brief['id']}").status_code == 404


def test_a_lesson_that_is_gone_meanwhile_says_so_and_keeps_its_decision(house: House) -> None:
    cast = house.cast
    first, second = (pump_lesson(house, f"It ran dry {n}", team="Pumps") for n in range(2))
    brief = made(house, cast.otto)
    for number in range(2):
        decide(house, cast.otto, brief, number, disposition="will_apply")
    retired(house, first, by=cast.ada, note="We have no roofs any more. None at all.")
    change = {"visibility": "team", "team": "Pumps"}
    ada = house.api(cast.ada)
    done = ada.patch(f"/api/v1/lessons/{second}", json=change, headers={"If-Match": "1"})
    assert done.status_code == 200
    read = house.api(cast.otto).get(f"{BRIEFS}/{brief['id']}").json()
    by_id = {placed["lesson_id"]: placed for placed in read["lessons"]}
    assert by_id[first]["retired"] == "Retired since: obsolete. We have no roofs any more"
    assert by_id[second]["lesson"] is None
    assert "It ran dry 1" not in str(read)
    assert {placed["disposition"] for placed in read["lessons"]} == {"will_apply"}
    page = house.browser(cast.otto).get(f"/briefs/{brief['id']}").text
    assert "<s>It ran dry 0</s>" in page
    assert "A lesson that is not shared with you any more." in page
    assert "It ran dry 1" not in page


def test_what_cannot_be_taken_is_refused_at_its_field(house: House) -> None:
    ada = house.api(house.cast.ada)
    for sent, field, words in REFUSED:
        answer = ada.post(BRIEFS, json=sent)
        assert answer.status_code == 422
        assert words in error_of(answer)["fields"][field]


def test_briefs_are_listed_under_way_first_then_to_follow_up(house: House) -> None:
    cast = house.cast
    past = made(house, cast.ada, team="Pumps", ends_on="2026-03-04")
    running = made(house, cast.ben, "We count invoices", team="Pumps", ends_on="2026-06-01")
    mine = made(house, cast.ada, "We paint the roof")
    house.clock.turn(days=10)
    listed = house.api(cast.ada).get(BRIEFS).json()
    assert [line["id"] for line in listed["briefs"]] == [running["id"], mine["id"], past["id"]]
    assert [line["stage"] for line in listed["briefs"]][1:] == ["under_way", "to_follow_up"]
    assert house.api(cast.ben).get(BRIEFS, params={"team": "Pumps"}).json()["total"] == 2
    assert house.api(cast.otto).get(BRIEFS).json()["total"] == 0


def test_a_brief_costs_the_same_number_of_questions_however_long(house: House) -> None:
    counts = []
    for number in range(7):
        pump_lesson(house, f"It ran dry {number}", topics=[f"Pumps {number}"])
        if number in (0, 6):
            brief = made(house, house.cast.ada, team="Pumps")
            browser = house.browser(house.cast.ben)
            with statements(house.database) as asked:
                assert browser.get(f"/briefs/{brief['id']}").status_code == 200
            counts.append(len(asked))
            assert len(brief["lessons"]) == number + 1
    assert counts[0] == counts[1] <= 8
    with statements(house.database) as asked:
        browser.get("/briefs")
    assert len(asked) <= 8
