"""A want closes when the same search, asked for everybody, finds what was posted or changed."""

import re
from dataclasses import replace
from typing import Any
from typing import cast as cast_to

from sqlmodel import select

from app.events.models import Event
from app.lessons.capture import post
from app.lessons.schemas import LessonInput
from search import Index, Query, Results, SearchTooLong
from tests.house_fixture import Browser, House
from tests.lessons.acting import change, retired
from tests.searches.acting import Behind, looked_for, misses


def wanted(browser: Browser, query: str = "") -> list[str]:
    return re.findall(r'class="want__words">([^<]+)<', browser.get(f"/wanted{query}").text)


def events(house: House, kind: str) -> list[Event]:
    with house.reading() as session:
        return list(session.exec(select(Event).where(Event.kind == kind)))


def first_id(browser: Browser) -> str:
    return re.findall(r'<li class="want" id="(\w+)"', browser.get("/wanted").text)[0]


def test_a_lesson_that_the_same_search_finds_closes_it_for_all_who_asked_and_looked(
    house: House,
) -> None:
    cast, behind = house.cast, Behind(house)
    otto = house.browser(cast.otto)
    house.post(cast.kit, "Balloons leak at the seams")
    otto.send("/wanted", {"words": "Why does the zeppelin leak?"})
    looked_for(house, cast.ben, "zeppelins leak")
    looked_for(house, cast.nora, "mooring in fog")
    behind.follow()
    assert wanted(otto) == ["Why does the zeppelin leak?"]
    other = house.post(cast.ada, "Pumps leak").lesson
    behind.follow()
    assert wanted(otto) == ["Why does the zeppelin leak?"]
    change(house, other.id, by=cast.ada, applies_when="A zeppelin begins to leak")
    behind.follow()
    assert (wanted(otto), wanted(otto, "?answered=yes")) == ([], ["Why does the zeppelin leak?"])
    closed = events(house, "want.answered")
    assert [(event.actor_id, event.facts) for event in closed] == [(None, {"lesson_id": other.id})]
    assert {miss.words: miss.lesson_id for miss in misses(house)} == {
        "zeppelins leak": other.id,
        "mooring in fog": None,
    }
    # What one person alone looked for is closed as well, and nobody else hears of it.
    found = house.post(cast.ada, "Mooring in fog", author_mode="protected").lesson
    behind.follow()
    last = next(e for e in events(house, "want.answered") if e.facts["lesson_id"] == found.id)
    assert (last.actor_id, last.at.hour, last.at.minute) == (None, 0, 0)
    assert wanted(otto, "?answered=yes") == ["Why does the zeppelin leak?"]
    retired(house, other.id, by=cast.ada)
    behind.follow()
    assert wanted(otto) == ["Why does the zeppelin leak?"]


def test_what_not_everybody_may_read_closes_nothing_and_is_not_hinted_at(house: House) -> None:
    cast, behind = house.cast, Behind(house)
    otto, ada = house.browser(cast.otto), house.browser(cast.ada)
    otto.send("/wanted", {"words": "zeppelin leaks"})
    want = first_id(otto)

    def seen(browser: Browser) -> list[str]:
        urls = ("/wanted", "/wanted?answered=yes", f"/wanted/{want}", "/inbox")
        return [re.sub(r'"[\w-]{51}"', "", browser.get(url).text) for url in urls]

    before = seen(otto)
    fields: dict[str, Any] = {"kind": "failure", "title": "Zeppelin leaks", "lesson": "They do."}
    fields |= {"visibility": "team", "team": "Pumps", "author_mode": "named", "wanted": want}
    assert ada.send("/lessons", fields).status_code == 200
    behind.follow()
    assert events(house, "want.answered") == events(house, "want.offered") == []
    assert seen(otto) == before
    house.post(cast.ada, "Zeppelin leaks", visibility="draft")
    behind.follow()
    assert seen(otto) == before


def test_who_writes_for_it_is_remembered_and_told_while_the_search_does_not_find_it(
    house: House,
) -> None:
    cast, behind = house.cast, Behind(house)
    otto, ada = house.browser(cast.otto), house.browser(cast.ada)
    for number in range(12):
        house.post(cast.kit, f"Zeppelins, part {number}", lesson="Zeppelin, zeppelin.")
    otto.send("/wanted", {"words": "zeppelins at anchor masts"})
    want = first_id(otto)
    desk = ada.get(f"/lessons/new?wanted={want}&title=zeppelins").text
    assert f'name="wanted" value="{want}"' in desk
    fields = {"kind": "failure", "title": "Airships", "lesson": "Tie them well."}
    fields |= {"visibility": "organisation", "author_mode": "named", "wanted": want}
    ada.send("/lessons", fields)
    behind.follow()
    lesson = events(house, "want.offered")[0].facts["lesson_id"]
    text = otto.get(f"/wanted/{want}").text
    assert "does not find it yet" in text
    assert f"/lessons/{lesson}" in text
    refused = ada.send(f"/wanted/{want}/answer", {"lesson": lesson})
    assert refused.status_code == 422
    assert "The search for “zeppelins at anchor masts” does not find it yet" in refused.text
    assert wanted(otto) == ["zeppelins at anchor masts"]
    change(house, lesson, by=cast.ada, title="Airships at anchor masts: zeppelins")
    behind.follow()
    assert wanted(otto) == []
    assert events(house, "want.answered")[0].facts == {"lesson_id": lesson}


def test_it_waits_for_the_index_and_looks_at_many_in_steps(house: House) -> None:
    cast, behind = house.cast, Behind(house)
    for number in range(21, 46):
        looked_for(house, cast.otto, f"zeppelin {number}")
    numbers = " ".join(str(number) for number in range(21, 46))
    facts = {"kind": "failure", "title": "Zeppelins", "lesson": f"Those of {numbers}."}
    with house.database.writing() as session:
        content = LessonInput.model_validate(facts)
        lesson = post(session, content, by=cast.ada, now=house.clock()).lesson
    assert not behind.closing.step()
    assert events(house, "want.answered") == []
    house.clock.turn(seconds=3)
    behind.follow()
    assert [miss.lesson_id for miss in misses(house)] == [lesson.id] * 25
    assert len(events(house, "want.answered")) == 25


class _Unbearable:
    """An index that gives up on words with a star, as one of very many lessons may."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def search(self, query: Query) -> Results:
        if "*" in query.text:
            raise SearchTooLong("too long")
        return self._index.search(query)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._index, name)


def test_words_that_no_search_can_answer_keep_no_other_want_waiting(house: House) -> None:
    cast, behind = house.cast, Behind(house)
    index = cast_to(Index, _Unbearable(house.index))
    behind.closing.index, behind.routing = index, replace(behind.routing, index=index)
    house.post(cast.ada, "Balloons leak")
    otto = house.browser(cast.otto)
    for words in ("moor in fog*", "zeppelins leak"):
        otto.send("/wanted", {"words": words})
    behind.follow()
    assert cast.ada.id in [event.facts["person_id"] for event in events(house, "want.routed")]
    house.post(cast.kit, "Zeppelins leak when they moor in fog")
    behind.follow()
    assert wanted(otto) == ["moor in fog*"]
