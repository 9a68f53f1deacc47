"""The follow-up: what came of each lesson, said in place, changed later, ended when all is said."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import select

from app.briefs.models import Brief, Disposition
from app.lessons.models import Lesson, RetirementReason
from app.lessons.revise import retire
from app.people.models import Person
from app.uses.models import Manner, Result, Use
from tests.briefs.watching import WORK, events_of, laid, placed
from tests.calls import questions
from tests.house_fixture import House

HTMX = {"HX-Request": "true"}


@pytest.fixture
def brief(house: House) -> Brief:
    """Work of Sales that ended yesterday."""
    ended = house.clock().date() - timedelta(days=1)
    return laid(house, house.cast.otto, team_id=house.cast.sales.id, ends_on=ended)


def _lesson(house: House, brief: Brief, title: str, decided: Disposition | None = None) -> Lesson:
    lesson = house.post(house.cast.ada, title).lesson
    placed(house, brief, lesson, decided)
    return lesson


def _say(
    house: House, brief: Brief, lesson: Lesson, manner: str, *, by: Person, **more: Any
) -> Any:
    headers = more.pop("headers", None)
    fields = {f"{name}-{manner}-{lesson.id}": value for name, value in more.items()}
    url = f"/briefs/{brief.id}/follow-up/{lesson.id}"
    return house.browser(by).send(url, {"manner": manner} | fields, headers=headers)


def _uses(house: House) -> list[Use]:
    with house.reading() as session:
        return list(session.exec(select(Use).order_by(Use.reported_at)))


def test_the_page_asks_first_for_what_was_meant_to_be_done(house: House, brief: Brief) -> None:
    cast = house.cast
    kinds = (Disposition.ALREADY_DO, Disposition.WILL_APPLY, None, Disposition.DOES_NOT_APPLY)
    for kind in kinds:
        _lesson(house, brief, f"It is {kind.value if kind else 'open'}", kind)
    page = house.browser(cast.otto).get(f"/briefs/{brief.id}/follow-up").text
    titles = [page.index(f"It is {word}</a>") for word in ("will_apply", "open", "already_do")]
    assert titles == sorted(titles)
    assert "2 that you did already, or that did not apply" in page
    assert "4 lessons, none answered" in page
    assert f'href="/lessons/new?brief={brief.id}"' in page
    assert "Save" not in house.browser(cast.root).get(f"/briefs/{brief.id}/follow-up").text
    assert house.browser(cast.nora).get(f"/briefs/{brief.id}/follow-up").status_code == 404


def test_an_answer_is_a_use_by_the_team_and_can_be_changed(house: House, brief: Brief) -> None:
    cast = house.cast
    lesson = _lesson(house, brief, "Seals swell")
    facts = {"result": "better", "note": "We dried them.", "measure": "Leaks", "unit": "a month"}
    _say(house, brief, lesson, "adapted", by=cast.otto, before="12", after="3,5", **facts)
    (use,) = _uses(house)
    assert (use.team_id, use.brief_id, use.own_team) == (cast.sales.id, brief.id, False)
    assert (use.manner, use.result, use.used_on) == (Manner.ADAPTED, Result.BETTER, brief.ends_on)
    assert (use.before, use.after, use.work) == (12, 3.5, "")  # what it is called stays with them
    page = house.browser(cast.otto).get(f"/briefs/{brief.id}/follow-up").text
    assert "Adapted it: better" in page
    assert "Leaks: 12 → 3.5 a month" in page
    assert "1 lesson, all answered" in page
    part = _say(house, brief, lesson, "applied", by=cast.otto, result="unknown", headers=HTMX)
    assert part.text.lstrip().startswith('<li class="entry looked')
    assert "Too early to say" in part.text
    assert "Say it now" in part.text
    assert 'hx-swap-oob="true"' in part.text
    (use,) = _uses(house)
    assert (use.manner, use.result, use.measure) == (Manner.APPLIED, Result.UNKNOWN, "")
    answered = events_of(house, "followup.answered")
    assert [event.facts["lesson_id"] for event in answered] == [lesson.id]
    assert "adapted" in str(answered[0].facts)
    assert "dried" not in str([event.facts for event in answered])


def test_what_is_wrong_is_said_beside_what_was_typed(house: House, brief: Brief) -> None:
    cast = house.cast
    lesson = _lesson(house, brief, "Seals swell")
    answer = _say(house, brief, lesson, "adapted", by=cast.otto, note="", measure="Leaks kept")
    assert answer.status_code == 422
    assert "Say how you adapted it" in answer.text
    assert 'value="Leaks kept"' in answer.text
    odd = _say(
        house, brief, lesson, "applied", by=cast.otto, before="many", measure="Leaks", headers=HTMX
    )
    assert odd.status_code == 422
    assert "Give a number" in odd.text
    # With the name that the three share, the browser would shut it beside the one it replaces.
    assert '<details class="looked__manner" open>' in odd.text
    assert odd.text.count(f'name="looked-{lesson.id}"') == 2
    nothing = house.browser(cast.otto).send(f"/briefs/{brief.id}/follow-up/{lesson.id}", {})
    assert nothing.status_code == 422
    assert not _uses(house)


def test_only_who_may_change_the_brief_answers_and_only_for_its_lessons(
    house: House, brief: Brief
) -> None:
    cast = house.cast
    lesson, other = _lesson(house, brief, "Seals swell"), house.post(cast.ada, "Other").lesson
    assert _say(house, brief, lesson, "applied", by=cast.nora).status_code == 404
    assert _say(house, brief, other, "applied", by=cast.otto).status_code == 404
    hidden = house.post(cast.ada, "Kept at Pumps", team="Pumps", visibility="team").lesson
    placed(house, brief, hidden)
    assert _say(house, brief, hidden, "applied", by=cast.otto).status_code == 404
    assert "Kept at Pumps" not in house.browser(cast.otto).get(f"/briefs/{brief.id}/follow-up").text
    assert not _uses(house)


def test_a_lesson_retired_in_between_is_answered_all_the_same(house: House, brief: Brief) -> None:
    cast = house.cast
    lesson = _lesson(house, brief, "Seals swell")
    with house.database.writing() as session:
        row = session.get_one(Lesson, lesson.id)
        retire(session, row, RetirementReason.OBSOLETE, by=cast.ada, now=house.clock())
    page = house.browser(cast.otto).get(f"/briefs/{brief.id}/follow-up").text
    assert "Retired since: obsolete. You can say what came of it all the same." in page
    _say(house, brief, lesson, "rejected", by=cast.otto, note="It was retired.")
    assert [use.manner for use in _uses(house)] == [Manner.REJECTED]


def test_it_is_ended_once_and_what_is_open_stays_unknown(house: House, brief: Brief) -> None:
    cast = house.cast
    lesson = _lesson(house, brief, "Seals swell")
    browser = house.browser(cast.otto)
    for _ in range(2):
        browser.send(f"/briefs/{brief.id}/follow-up/end")
    assert len(events_of(house, "brief.ended")) == 1
    assert "You finished this on" in browser.get(f"/briefs/{brief.id}/follow-up").text
    assert not _uses(house)
    _say(house, brief, lesson, "applied", by=cast.otto, result="same")
    assert [use.result for use in _uses(house)] == [Result.SAME]
    # Work that goes on after all is asked about anew.
    house.follow()
    api, url = house.api(cast.otto), f"/api/v1/briefs/{brief.id}"
    assert api.patch(url, json={"ends_on": "2026-05-01"}).status_code == 200
    assert api.get(f"{url}/follow-up").json()["ended_at"] is None


def test_what_they_learned_is_begun_with_the_work_the_team_and_the_day(
    house: House, brief: Brief
) -> None:
    page = house.browser(house.cast.otto).get(f"/lessons/new?brief={brief.id}").text
    assert WORK in page
    assert f'value="{brief.ends_on}"' in page
    assert '<option value="Sales" selected>' in page
    assert house.browser(house.cast.nora).get(f"/lessons/new?brief={brief.id}").status_code == 404


def test_being_told_is_switched_off_and_on_for_the_team(house: House) -> None:
    cast = house.cast
    brief = laid(house, cast.otto, team_id=cast.sales.id)
    browser = house.browser(cast.otto)
    assert "Stop telling us" in browser.get(brief.url).text
    browser.send(f"{brief.url}/subscription/removal")
    page = browser.get(brief.url).text
    assert "Tell us of new ones" in page
    browser.send(f"{brief.url}/subscription")
    assert "Stop telling us" in browser.get(brief.url).text
    assert len(events_of(house, "brief.watched") + events_of(house, "brief.unwatched")) == 2


def test_the_page_asks_the_database_as_often_for_many_lessons(house: House, brief: Brief) -> None:
    cast = house.cast
    _lesson(house, brief, "Seals swell")
    browser, url = house.browser(cast.otto), f"/briefs/{brief.id}/follow-up"
    browser.get(url)
    with questions(house) as few:
        browser.get(url)
    for number in range(6):
        lesson = _lesson(house, brief, f"Case {number}")
    _say(house, brief, lesson, "applied", by=cast.otto)
    with questions(house) as many:
        browser.get(url)
    assert len(few) == len(many) <= 8, many


def test_programs_read_and_answer_it(house: House, brief: Brief) -> None:
    cast = house.cast
    lesson = _lesson(house, brief, "Seals swell", Disposition.WILL_APPLY)
    api, url = house.api(cast.otto), f"/api/v1/briefs/{brief.id}/follow-up"
    (line,) = api.get(url).json()["lessons"]
    assert (line["lesson_id"], line["disposition"], line["use"]) == (lesson.id, "will_apply", None)
    answer = {"manner": "applied", "result": "better", "used_on": "2026-02-20", "work": "The plant"}
    said = api.put(f"{url}/{lesson.id}", json=answer)
    assert said.status_code == 200, said.text
    assert said.json()["use"] | answer == said.json()["use"]
    assert api.put(f"{url}/{lesson.id}", json={"manner": "adapted"}).status_code == 422
    (use,) = _uses(house)
    assert (use.result, use.used_on) == (Result.BETTER, date(2026, 2, 20))
    assert api.post(f"{url}/end").json()["ended_at"] is not None
    assert house.api(cast.nora).get(url).status_code == 404
    assert house.api(cast.nora).put(f"{url}/{lesson.id}", json=answer).status_code == 404
