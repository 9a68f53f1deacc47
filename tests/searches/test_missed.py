"""Searches that found nothing: whose they are, when two people's become everybody's, and for how
long (decision 0011)."""

import re

import pytest
from sqlmodel import select

from app.events.models import Event
from app.searches.keys import same_but_for_spelling, want_key
from app.searches.missed import forget_misses, may_be_kept
from app.searches.models import MissedBy
from tests.calls import API, questions
from tests.house_fixture import Browser, House
from tests.searches.acting import looked_for, misses


def wanted(browser: Browser) -> list[str]:
    return re.findall(r'class="want__words">([^<]+)<', browser.get("/wanted").text)


def alone(browser: Browser) -> list[str]:
    part = browser.get("/wanted").text.partition('id="alone"')[2].partition("<aside")[0]
    return re.findall(r'rows__name" href="/search[^>]+>([^<]+)<', part)


def test_a_search_sent_for_words_alone_that_nothing_answers_is_noted(house: House) -> None:
    cast = house.cast
    house.post(cast.ada, "Pumps leak in winter")
    otto = house.browser(cast.otto)
    found = otto.get("/search?q=why+do+zeppelins+leak").text
    assert "Only you see that you looked for it" in found
    typing = {"HX-Request": "true", "HX-Target": "div#found"}
    otto.get("/search?q=typing+the+zepp", headers=typing)
    otto.get("/search?q=ahead+the+zepp", headers={"Sec-Purpose": "prefetch"})
    otto.get("/search?q=pumps+that+leak+in+winter")
    otto.get("/search?q=zeppelin+hangars&kind=failure")
    otto.get("/search?q=zeppelin+hangars&page=2")
    otto.get('/search?q="zeppelin+pumps"')
    assert [(miss.words, miss.shown) for miss in misses(house)] == [
        ("why do zeppelins leak", False)
    ]
    otto.get("/search?q=zeppelins+in+fog", headers=typing | {"Search-Sent": "yes"})
    house.api(cast.otto).get(f"{API}/search?q=zeppelins+by+program")
    otto.get("/search?q=Leak+zeppelin")
    assert len(misses(house)) == 3
    house.clock.turn(days=1)
    otto.get("/search?q=Leak+zeppelin")
    assert len(misses(house)) == 4
    with house.reading() as session:
        assert not session.exec(select(Event).where(Event.subject_kind == "want")).all()


def test_what_one_looked_for_is_theirs_until_somebody_else_looks_too(house: House) -> None:
    cast = house.cast
    otto, ben, ada = (house.browser(person) for person in (cast.otto, cast.ben, cast.ada))
    before = ada.get("/wanted").text
    looked_for(house, cast.otto, "Why does the zeppelin leak?")
    looked_for(house, cast.otto, "zeppelin leaks")
    assert (wanted(ben), alone(ben), alone(otto)) == ([], [], ["Why does the zeppelin leak?"])
    want = misses(house)[0].id
    assert ben.get(f"/wanted/{want}").status_code == 404
    assert ben.send(f"/wanted/{want}/removal").status_code == 404
    assert otto.get(f"/wanted/{want}").status_code == 200
    token = r'"[\w-]{51}"'
    assert re.sub(token, "", ada.get("/wanted").text) == re.sub(token, "", before)
    house.clock.turn(days=29)
    looked_for(house, cast.ben, "leaking zepelin")
    assert wanted(ada) == wanted(otto) == ["Why does the zeppelin leak?"]
    assert alone(otto) == alone(ben) == []
    text = ada.get("/wanted").text
    assert "looked for twice" in text
    assert "Otto" not in text
    with house.reading() as session:
        shown = session.exec(select(Event).where(Event.kind == "want.shown")).one()
    assert (shown.actor_id, shown.facts) == (None, {})
    ben.send(f"/wanted/{want}/removal")
    assert (wanted(ada), alone(otto)) == ([], ["Why does the zeppelin leak?"])


def test_two_who_look_more_than_thirty_days_apart_are_not_two(house: House) -> None:
    cast = house.cast
    looked_for(house, cast.otto, "zeppelins")
    house.clock.turn(days=31)
    looked_for(house, cast.ben, "zeppelins")
    assert [miss.shown for miss in misses(house)] == [False, False]
    assert wanted(house.browser(cast.ada)) == []
    house.browser(cast.nora).send("/wanted", {"words": "Zeppelin"})
    assert [miss.shown for miss in misses(house)] == [False, True]
    text = house.browser(cast.ada).get("/wanted").text
    assert "1 person wants it" in text
    assert "looked for once" in text


def test_who_looked_is_erased_after_thirty_days_and_the_words_after_a_year(house: House) -> None:
    cast = house.cast
    for person in (cast.otto, cast.ben):
        looked_for(house, person, "zeppelins")
    looked_for(house, cast.nora, "a new job")
    for days, left, named in ((29, 3, True), (1, 3, False), (335, 0, False)):
        house.clock.turn(days=days)
        with house.database.writing() as session:
            forget_misses(session, now=house.clock())
        kept = misses(house)
        assert (len(kept), any(miss.person_id for miss in kept)) == (left, named)
        if left:
            assert wanted(house.browser(cast.ada)) == ["zeppelins"]
    assert wanted(house.browser(cast.ada)) == []


def test_a_brief_s_words_are_the_maker_s_until_somebody_else_looks_for_them(house: House) -> None:
    cast = house.cast
    looked_for(house, cast.ben, "codename zeppelin", MissedBy.BRIEF)
    assert wanted(house.browser(cast.otto)) == []
    looked_for(house, cast.otto, "zeppelin codename")
    assert "for a brief" in house.browser(cast.ada).get("/wanted").text


def test_what_should_not_be_kept_is_not(house: House) -> None:
    for words in (
        *("x" * 301, "12 345-678", "mail to ada@northwind.example", "author:ada pumps"),
        *("password: hunter2!", "3fa85f645717456254b3fc2c963f66afa6"),
    ):
        assert not may_be_kept(words), words
        looked_for(house, house.cast.ada, words)
    looked_for(house, house.cast.ada, "otto example")  # somebody's name
    assert misses(house) == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (
            "What should we watch for when commissioning heat pumps?",
            "heat-pump commissioning",
            True,
        ),
        ("the colour of behaviours", "behavior: color", True),
        ("zeppelin leaks", "leaking zepplins", True),
        ("heatpump noise", "noise of heat pumps", True),
        ("valve 12345", "valve 12346", False),
        ("leak", "zeppelin leak", False),
        ("form", "farm", False),
    ],
)
def test_spelling_and_order_aside_words_are_the_same(one: str, other: str, same: bool) -> None:
    ours, theirs = want_key(one), want_key(other)
    assert (ours == theirs or same_but_for_spelling(ours, theirs)) is same
    assert same_but_for_spelling(theirs, ours) is same_but_for_spelling(ours, theirs)


def test_wanted_lessons_ask_the_database_as_often_however_many_there_are(house: House) -> None:
    cast, asked = house.cast, []
    browser = house.browser(cast.otto)
    for words in ("zeppelins", "barometers", "semaphores"):
        for person in (cast.otto, cast.ben):
            looked_for(house, person, words)
            looked_for(house, cast.otto, f"{words} of mine")
        for url in ("/wanted", f"/wanted/{misses(house)[0].id}", f"/search?q={words}+again"):
            browser.get(url)
            with questions(house) as some:
                browser.get(url)
            asked.append(len(some))
    assert asked[:3] == asked[-3:]
    assert max(asked) <= 8
