"""From a line of a digest to the deed in place, with JavaScript and without."""

import re
from typing import Any

import pytest
from httpx2 import Response
from sqlmodel import select

from app.digests.models import About
from app.digests.telling.named import named_lessons
from app.digests.telling.names import names_in
from app.digests.told import Deed
from app.experts.listing import set_listed
from app.experts.models import Assigned
from app.following.models import Follow
from app.kit.db import Table
from app.lessons.access import reader
from app.people.directory import disable_person
from app.people.models import Person
from app.responses.models import Question, Thanks
from app.searches.wanted import ask_for
from app.topics.directory import topics_named
from tests.house_fixture import Browser, House

BACK = "/digests/2026-02?team=x"
FRAGMENT = {"HX-Request": "true", "HX-Target": "div#offer"}


def send(
    browser: Browser, deed: Deed, subject_id: str, *, undo: bool = False, **more: str
) -> Response:
    """In place, as htmx does."""
    fields = {"deed": deed.value, "subject": subject_id, "back": BACK} | more
    address = "/digests/deeds" + ("/removal" if undo else "")
    return browser.send(address, fields, headers=FRAGMENT)


def kept(house: House, table: type[Table]) -> int:
    with house.reading() as session:
        return len(session.exec(select(table)).all())


def want(house: House, by: Person, words: str) -> str:
    with house.database.writing() as session:
        return ask_for(session, words, by=by, now=house.clock()).id


def test_thanks_are_given_in_place_said_aloud_and_taken_back(house: House) -> None:
    cast = house.cast
    lesson = house.post(cast.ada, "Seals leak").lesson
    mara = house.browser(cast.mara)
    answer = send(mara, Deed.THANK, lesson.id)
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert f'id="offer-thank-{lesson.id}"' in answer.text
    assert re.search(r'role="status">You thanked', answer.text)
    assert re.search(r"data-focus>Undo<.*Seals leak", answer.text)
    send(mara, Deed.THANK, lesson.id)
    assert kept(house, Thanks) == 1
    answer = send(mara, Deed.THANK, lesson.id, undo=True)
    assert re.search(r"data-focus>Thank", answer.text)
    assert kept(house, Thanks) == 0
    refused = send(house.browser(cast.ada), Deed.THANK, lesson.id)
    assert refused.status_code == 403


def test_without_javascript_one_is_back_at_the_line_and_told(house: House) -> None:
    lesson = house.post(house.cast.ada).lesson
    mara = house.browser(house.cast.mara)
    fields = {"deed": "thank", "subject": lesson.id, "back": BACK}
    answer = mara.send("/digests/deeds", fields, follow_redirects=False)
    assert answer.headers["location"] == f"{BACK}#offer-thank-{lesson.id}"
    assert "You thanked" in mara.get("/help").text
    away = fields | {"back": "https://elsewhere.example/"}
    answer = mara.send("/digests/deeds/removal", away, follow_redirects=False)
    assert answer.headers["location"] == f"/digests#offer-thank-{lesson.id}"


def test_a_question_without_words_is_refused_where_it_stands_and_typed_words_are_kept(
    house: House,
) -> None:
    lesson = house.post(house.cast.ada, "Seals leak").lesson
    mara = house.browser(house.cast.mara)
    refused = send(mara, Deed.ASK, lesson.id, text=" ")
    assert refused.status_code == 422
    assert "Please fill this in." in refused.text
    assert "<details" in refused.text
    assert 'aria-invalid="true" data-focus' in refused.text
    long = {"deed": "ask", "subject": lesson.id, "back": BACK, "text": "y" * 5_001}
    page = mara.send("/digests/deeds", long)
    assert page.status_code == 422
    assert "y" * 5_001 in page.text
    assert "<html" in page.text
    assert f'href="{BACK}"' in page.text
    assert kept(house, Question) == 0
    done = send(mara, Deed.ASK, lesson.id, text="Does it hold for steel?")
    assert "You asked for help" in done.text
    assert kept(house, Question) == 1
    undone = send(mara, Deed.ASK, lesson.id, undo=True)
    assert "We would like to use this." in undone.text
    assert kept(house, Question) == 0


def test_somebody_is_asked_in_place_and_a_refusal_offers_others(house: House) -> None:
    cast = house.cast
    house.post(cast.otto, "Balloons leak")
    want_id = want(house, cast.nora, "balloons at sea")
    ben, mara = house.browser(cast.ben), house.browser(cast.mara)
    refused = send(ben, Deed.ASSIGN, want_id, person=cast.kit.id)
    assert refused.status_code == 422
    assert "Choose somebody who knows" in refused.text
    assert f'value="{cast.otto.id}"' in refused.text
    asked = send(ben, Deed.ASSIGN, want_id, person=cast.otto.id)
    assert "You asked Otto Example to write it." in asked.text
    twice = send(mara, Deed.ASSIGN, want_id, person=cast.otto.id)
    assert twice.status_code == 409
    assert "Somebody has asked them" in twice.text
    assert f'value="{cast.otto.id}"' not in twice.text
    for _ in range(2):
        undone = send(ben, Deed.ASSIGN, want_id, undo=True, person=cast.otto.id)
        assert "Ask somebody to write it" in undone.text
    assert kept(house, Assigned) == 0


def test_what_was_done_is_known_when_the_digest_is_read_again(house: House) -> None:
    cast = house.cast
    lesson = house.post(cast.otto, "Balloons leak").lesson
    want_id, mara = want(house, cast.nora, "balloons at sea"), house.browser(cast.mara)
    send(mara, Deed.ASK, lesson.id, text="Does it hold?")
    send(mara, Deed.ASSIGN, want_id, person=cast.otto.id)
    with house.reading() as session:
        for person, done in ((cast.mara, True), (cast.ben, False)):
            who = reader(session, person)
            assert named_lessons(session, [lesson.id], who)[lesson.id].asked is done
            about: dict[str, Any] = {"about": About.ORGANISATION, "subject_id": ""}
            names = names_in(session, [], [], who, **about, wants=[want_id])
            asked = {want_id: (cast.otto.id, "Otto Example")} if done else {}
            assert names.asked == asked


def test_who_left_or_is_not_listed_any_more_is_not_said_to_know(house: House) -> None:
    cast = house.cast
    with house.database.writing() as session:
        set_listed(session, False, by=session.get_one(Person, cast.kit.id), now=house.clock())
        otto = session.get_one(Person, cast.otto.id)
        disable_person(session, otto, by=cast.root, now=house.clock())
    known = [cast.ada.id, cast.kit.id, cast.otto.id]
    with house.reading() as session:
        who, about = reader(session, cast.mara), About.ORGANISATION
        names = names_in(session, [cast.kit.id], [], who, about=about, subject_id="")
        assert set(names.people) == {cast.kit.id}
        names = names_in(session, [], [], who, about=about, subject_id="", knowing=known)
        assert set(names.people) == {cast.ada.id}


def test_a_topic_is_followed_if_one_may_know_of_it(house: House) -> None:
    cast = house.cast
    house.post(cast.ada, "Ours", topics=["Secret"], team="Pumps", visibility="team")
    with house.reading() as session:
        topic = next(iter(topics_named(session, ["Secret"]).values())).id
    assert send(house.browser(cast.otto), Deed.FOLLOW, topic).status_code == 404
    assert "You follow" in send(house.browser(cast.ben), Deed.FOLLOW, topic).text
    assert kept(house, Follow) == 1
    send(house.browser(cast.ben), Deed.FOLLOW, topic, undo=True)
    assert kept(house, Follow) == 0


@pytest.mark.parametrize("name", ["", "brief", "erase", "<script>alert(1)</script>"])
def test_what_is_no_deed_is_not_there(house: House, name: str) -> None:
    lesson = house.post(house.cast.ada).lesson
    mara = house.browser(house.cast.mara)
    for end in ("", "/removal"):
        answer = mara.send(f"/digests/deeds{end}", {"deed": name, "subject": lesson.id})
        assert answer.status_code == 404
        assert "<script>alert" not in answer.text


def test_nothing_that_people_wrote_becomes_markup(house: House) -> None:
    cast, evil = house.cast, '"><img src=x onerror=alert(1)>'
    lesson = house.post(cast.ada, f"Seals {evil}").lesson
    want_id = want(house, cast.nora, f"balloons {evil}")
    mara = house.browser(cast.mara)
    answers = [
        send(mara, Deed.THANK, lesson.id, back=f"/{evil}"),
        send(mara, Deed.ASK, lesson.id, text=evil * 400),
        send(mara, Deed.ASSIGN, want_id, person=evil),
        mara.send("/digests/deeds", {"deed": "ask", "subject": lesson.id, "back": f"/{evil}"}),
    ]
    for answer in answers:
        assert "Seals" in answer.text or "balloons" in answer.text
        assert "<img src=x" not in answer.text
