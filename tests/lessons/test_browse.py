"""Lists of lessons and the topics that somebody knows."""

from typing import Any

import pytest

from app.kit.errors import NotFound
from app.lessons.access import reader
from app.lessons.browse import known_among, known_topic, known_topics, mine, newest
from app.people.models import Person
from app.topics.directory import change_words, topics_named
from tests.house_fixture import House
from tests.lessons.acting import retired


def _titles(house: House, person: Person, **narrowed: Any) -> list[str]:
    with house.reading() as session:
        return [row.title for row in newest(session, reader(session, person), **narrowed).lessons]


def _topic_id(house: House, name: str) -> str:
    with house.reading() as session:
        return topics_named(session, [name])[name].id


def _known(house: House, person: Person) -> dict[str, int]:
    with house.reading() as session:
        return {t.name: count for t, count in known_topics(session, reader(session, person))}


def test_the_newest_come_first_and_in_parts(house: House) -> None:
    for number in range(5):
        house.post(house.cast.ada, f"Lesson {number}")
        house.clock.turn(minutes=1)
    assert _titles(house, house.cast.otto, offset=1, limit=2) == ["Lesson 3", "Lesson 2"]
    with house.reading() as session:
        assert newest(session, reader(session, house.cast.otto), limit=1).total == 5


def test_retired_lessons_and_drafts_are_in_no_list(house: House) -> None:
    house.post(house.cast.ada, "In use")
    house.post(house.cast.ada, "Unfinished", visibility="draft")
    gone = house.post(house.cast.ada, "Gone").lesson
    retired(house, gone.id, by=house.cast.ada)
    assert _titles(house, house.cast.ada) == ["In use"]


def test_a_list_is_narrowed_by_team_topic_and_author(house: House) -> None:
    cast = house.cast
    house.post(cast.ada, "Pumps and screws", team="Pumps", topics=["screws"])
    house.post(cast.otto, "Sales", team="Sales")
    house.post(cast.ada, "Protected", author_mode="protected", topics=["screws"])
    screws = _topic_id(house, "screws")
    assert _titles(house, cast.nora, team_id=cast.pumps.id) == ["Pumps and screws"]
    assert set(_titles(house, cast.nora, topic_id=screws)) == {"Pumps and screws", "Protected"}
    assert _titles(house, cast.nora, author_id=cast.ada.id) == ["Pumps and screws"]


def test_a_list_holds_only_what_its_reader_may_read(house: House) -> None:
    house.post(house.cast.ada, "Ours", team="Pumps", visibility="team", topics=["layoffs"])
    narrowed = {"team_id": house.cast.pumps.id, "topic_id": _topic_id(house, "layoffs")}
    assert _titles(house, house.cast.ben, **narrowed) == ["Ours"]
    assert _titles(house, house.cast.otto, **narrowed) == []
    with house.reading() as session:
        assert newest(session, reader(session, house.cast.otto), **narrowed).total == 0


def test_my_lessons_are_those_under_my_name(house: House) -> None:
    ada = house.cast.ada
    house.post(ada, "Named")
    house.post(ada, "Protected", author_mode="protected")
    house.post(ada, "Draft", visibility="draft")
    house.post(house.cast.ben, "Not mine")
    with house.reading() as session:
        assert [row.title for row in mine(session, ada, drafts=False)] == ["Named"]
        assert [row.title for row in mine(session, ada, drafts=True)] == ["Draft"]


def test_a_topic_is_known_to_those_who_may_read_a_lesson_about_it(house: House) -> None:
    house.post(house.cast.ada, "One", team="Pumps", visibility="team", topics=["layoffs"])
    house.post(house.cast.ada, "Two", visibility="draft", topics=["half a thought"])
    house.post(house.cast.ada, "Three", topics=["screws"])
    assert _known(house, house.cast.ada) == {"half a thought": 0, "layoffs": 1, "screws": 1}
    assert _known(house, house.cast.ben) == {"layoffs": 1, "screws": 1}
    assert _known(house, house.cast.otto) == {"screws": 1}
    assert _known(house, house.cast.root) == {"screws": 1}


def test_a_topic_of_retired_lessons_alone_is_forgotten(house: House) -> None:
    lesson = house.post(house.cast.ada, topics=["screws"]).lesson
    retired(house, lesson.id, by=house.cast.ada)
    assert _known(house, house.cast.otto) == {}


def test_a_curated_topic_is_known_to_everyone_but_counts_what_each_may_read(house: House) -> None:
    house.post(house.cast.ada, team="Pumps", visibility="team", topics=["seals"])
    with house.database.writing() as session:
        topic = topics_named(session, ["seals"])["seals"]
        change_words(
            session, topic, name="Seals", synonyms=["gaskets"], by=house.cast.kit, now=house.clock()
        )
    assert _known(house, house.cast.otto) == {"Seals": 0}
    assert _known(house, house.cast.ben) == {"Seals": 1}


def test_an_unknown_topic_looks_like_one_that_is_not_there(house: House) -> None:
    house.post(house.cast.ada, team="Pumps", visibility="team", topics=["layoffs"])
    topic_id = _topic_id(house, "layoffs")
    with house.reading() as session:
        ben, otto = reader(session, house.cast.ben), reader(session, house.cast.otto)
        assert known_topic(session, topic_id, ben).name == "layoffs"
        assert known_among(session, [topic_id], ben) == {topic_id}
        assert known_among(session, [topic_id], otto) == set()
        for unknown in (topic_id, "0" * 16):
            with pytest.raises(NotFound):
                known_topic(session, unknown, otto)
