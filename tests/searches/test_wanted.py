"""Wanted lessons: asked for, wanted by others too, answered by a lesson."""

import re

import pytest
from sqlmodel import select

from app.events.models import Event
from app.lessons.access import reader
from app.searches.clusters import wanted_alike
from app.searches.keys import want_key
from tests.calls import questions
from tests.house_fixture import Browser, House
from tests.lessons.acting import retired


def _ask(browser: Browser, words: str) -> str:
    return browser.send("/wanted", {"words": words}).text


def _wanted(browser: Browser, query: str = "") -> list[str]:
    return re.findall(r'class="want__words">([^<]+)<', browser.get(f"/wanted{query}").text)


def _id(browser: Browser) -> str:
    return re.findall(r'<li class="want" id="(\w+)"', browser.get("/wanted").text)[0]


def test_asked_twice_it_is_one_wanted_lesson_with_two_who_want_it(house: House) -> None:
    otto, ben = house.browser(house.cast.otto), house.browser(house.cast.ben)
    page = otto.get("/search?q=why+does+the+zeppelin+leak").text
    assert "Everybody will see these words and how many want it, but not who." in page
    assert "You asked for it." in _ask(otto, "Why does the zeppelin leak?")
    house.clock.turn(hours=1)
    assert "1 other wants it too." in _ask(ben, "why does the ZEPPELIN leak")
    _ask(ben, "Why does the zeppelin leak?")
    text = ben.get("/wanted").text
    assert _wanted(ben) == ["Why does the zeppelin leak?"]
    assert "2 people want it, you too" in text
    assert "Otto" not in text
    assert "Ben Example" not in text.partition("<main")[2]
    assert "1 person wants it already" not in otto.get("/search?q=the+zeppelin").text
    assert (
        "2 people want it already"
        in house.browser(house.cast.mara).get("/search?q=why+does+the+zeppelin+leak").text
    )
    assert "You asked for it" in otto.get("/search?q=why+does+the+zeppelin+leak").text


def test_ones_own_want_can_be_withdrawn_and_nobody_elses(house: House) -> None:
    otto, ben = house.browser(house.cast.otto), house.browser(house.cast.ben)
    _ask(otto, "Zeppelins")
    want = _id(otto)
    assert ben.send(f"/wanted/{want}/removal").status_code == 404
    _ask(ben, "zeppelins")
    otto.send(f"/wanted/{_id(otto)}/removal")
    assert "you want it" in ben.get("/wanted").text
    ben.send(f"/wanted/{_id(ben)}/removal")
    assert _wanted(ben) == []


def test_a_lesson_answers_what_is_wanted_for_all_who_ask(house: House) -> None:
    otto, ada = house.browser(house.cast.otto), house.browser(house.cast.ada)
    _ask(otto, "Zeppelins in wind")
    lesson = house.post(house.cast.ada, "Zeppelins turn away").lesson
    want = _id(otto)
    offered = ada.get(f"/wanted/{want}").text
    assert f'name="lesson" value="{lesson.id}"' in offered
    assert "/lessons/new?wanted=" in offered
    ada.send(f"/wanted/{want}/answer", {"lesson": f"https://book.example/lessons/{lesson.id}?x#y"})
    assert _wanted(otto) == []
    assert _wanted(otto, "?answered=yes") == ["Zeppelins in wind"]
    nora = house.browser(house.cast.nora)
    assert "this lesson answers it" in _ask(nora, "zeppelins in wind")
    with house.reading() as session:
        told = session.exec(select(Event).where(Event.kind == "want.answered")).one()
    assert (told.subject_id, told.facts) == (want, {"lesson_id": lesson.id})
    assert ada.send(f"/wanted/{want}/answer/removal").status_code == 404
    otto.send(f"/wanted/{want}/answer/removal")
    assert len(_wanted(otto)) == 1


def test_who_points_at_a_protected_authors_lesson_is_not_recorded(house: House) -> None:
    ada = house.browser(house.cast.ada)
    _ask(house.browser(house.cast.otto), "Zeppelins")
    lesson = house.post(house.cast.ada, "Zeppelins leak", author_mode="protected").lesson
    ada.send(f"/wanted/{_id(ada)}/answer", {"lesson": lesson.id})
    with house.reading() as session:
        told = session.exec(select(Event).where(Event.kind == "want.answered")).one()
    assert told.actor_id is None
    assert (told.at.hour, told.at.minute) == (0, 0)


def test_only_what_everybody_can_read_answers_and_nothing_else_is_told(house: House) -> None:
    otto, ada = house.browser(house.cast.otto), house.browser(house.cast.ada)
    _ask(otto, "Zeppelin plans")
    want = _id(otto)
    hidden = house.post(house.cast.ada, "Zeppelin plans", team="Pumps", visibility="team").lesson
    assert hidden.id not in ada.get(f"/wanted/{want}").text
    refused = ada.send(f"/wanted/{want}/answer", {"lesson": hidden.id})
    assert (refused.status_code, "shared with the whole" in refused.text) == (422, True)
    theirs = otto.send(f"/wanted/{want}/answer", {"lesson": hidden.id}).text
    nothing = otto.send(f"/wanted/{want}/answer", {"lesson": "0" * 16}).text
    assert "Give the address of a lesson" in theirs
    assert theirs.partition("<main")[2].count("field__error") == 1
    token = r'value="[0-9A-Za-z_-]{51}"'
    assert re.sub(token, "", theirs.partition("<main")[2]) == re.sub(
        token, "", nothing.partition("<main")[2]
    )


def test_an_answer_that_is_retired_leaves_it_wanted(house: House) -> None:
    otto = house.browser(house.cast.otto)
    _ask(otto, "Zeppelins")
    lesson = house.post(house.cast.ada, "Zeppelins leak").lesson
    otto.send(f"/wanted/{_id(otto)}/answer", {"lesson": lesson.id})
    assert _wanted(otto) == []
    first_page = house.browser(house.cast.ben)
    assert "Zeppelins</a>" not in first_page.get("/").text
    retired(house, lesson.id, by=house.cast.ada)
    assert _wanted(otto) == ["Zeppelins"]
    assert f'href="/wanted/{_id(otto)}">Zeppelins</a>' in first_page.get("/").text


@pytest.mark.parametrize("words", ["", " ?! ", "x" * 301])
def test_words_that_say_nothing_or_too_much_are_refused(house: House, words: str) -> None:
    browser = house.browser(house.cast.otto)
    answer = browser.send("/wanted", {"words": words})
    assert answer.status_code == 422
    assert _wanted(browser) == []


def test_words_are_the_same_whatever_their_case_accents_and_punctuation(house: House) -> None:
    assert want_key("Où est l’“Échelle”?") == want_key("ou EST l echelle")
    assert want_key("пример") == "пример"
    with house.reading() as session:
        assert wanted_alike(session, reader(session, house.cast.otto), "nothing") is None


def test_a_long_list_asks_the_database_as_often_as_a_short_one(house: House) -> None:
    browser, asked = house.browser(house.cast.otto), []
    for words in ("one", "two", "three"):
        _ask(browser, words)
        with questions(house) as some:
            browser.get("/wanted")
        asked.append(len(some))
    assert asked[0] == asked[-1] <= 8
