"""What the search field, and a field of topics, offers while one types."""

import re

from app.lessons.suggesting import marked
from app.topics.directory import change_words, topics_named
from tests.calls import questions
from tests.house_fixture import House


def _offered(house: House, typed: str, who: str = "otto", where: str = "/suggestions") -> str:
    answer = house.browser(house.cast.people[who]).get(where, params={"q": typed})
    assert answer.status_code == 200
    return answer.text


def _links(fragment: str) -> list[str]:
    return re.findall(r'role="option"[^>]* href="([^"]+)"', fragment)


def _values(fragment: str) -> list[str]:
    return re.findall(r'role="option"[^>]* data-value="([^"]+)"', fragment)


def test_lessons_topics_and_people_come_in_groups_and_all_that_is_about_it_last(
    house: House,
) -> None:
    lesson = house.post(house.cast.ada, "Seals <wear> out", topics=["Seals"]).lesson
    with house.reading() as session:
        topic = topics_named(session, ["seals"])["seals"]
    text = _offered(house, "sea")
    assert _links(text) == [f"/lessons/{lesson.id}", topic.url, "/search?q=sea"]
    assert re.findall(r'role="group" aria-label="(\w+)"', text) == ["Lessons", "Topics"]
    assert "<b>Sea</b>ls &lt;wear&gt; out" in text
    assert "<html" not in text
    assert f"/people/{house.cast.ada.id}" in _links(_offered(house, "ada"))


def test_nothing_typed_and_nothing_that_begins_so_offer_nothing(house: House) -> None:
    house.post(house.cast.ada, "Seals wear out", topics=["seals"])
    for typed in ("", "  ", "zeppelin", '"(*', "\x00"):
        assert _links(_offered(house, typed)) == []
        assert _values(_offered(house, typed, where="/topics/suggestions")) == []


def test_what_is_typed_is_marked_where_a_word_begins_with_it() -> None:
    assert marked("Pump seals", "se") == [("Pump ", False), ("se", True), ("als", False)]
    assert marked("Useless", "se") == [("Useless", False)]
    assert marked("Pump", " ") == [("Pump", False)]
    assert marked("C++ (old)", "c++ (") == [
        ("C++", True),
        (" ", False),
        ("(", True),
        ("old)", False),
    ]


def test_topics_begin_by_their_name_or_a_synonym_and_say_which(house: House) -> None:
    house.post(house.cast.ada, "One", topics=["pump seals", "Valves"])
    with house.database.writing() as session:
        valves = topics_named(session, ["valves"])["valves"]
        words = {"name": "Valves", "synonyms": ["taps", "Seats of valves"]}
        change_words(session, valves, by=house.cast.kit, now=house.clock(), **words)
    text = _offered(house, "sea", where="/topics/suggestions")
    assert _values(text) == ["pump seals", "Valves"]
    assert "also called Seats of valves" in text
    assert _values(_offered(house, "valves taps", where="/topics/suggestions")) == []


def test_an_outsider_is_offered_nothing_of_a_team_only_lesson(house: House) -> None:
    facts = {"team": "Pumps", "visibility": "team", "topics": ["zeppelins"]}
    house.post(house.cast.ada, "Zeppelin plans", **facts)
    house.post(house.cast.ada, "Zeppelin thoughts", visibility="draft", topics=["zeppelin ideas"])
    for where in ("/suggestions", "/topics/suggestions"):
        assert "role" not in _offered(house, "zepp", where=where)
        assert "role" not in _offered(house, "zepp", "kit", where=where)
    assert len(_links(_offered(house, "zepp", "ben"))) == 2
    assert _values(_offered(house, "zepp", "ben", "/topics/suggestions")) == ["zeppelins"]
    mine = _values(_offered(house, "zepp", "ada", "/topics/suggestions"))
    assert mine == ["zeppelin ideas", "zeppelins"]


def test_the_number_of_questions_stays_whatever_is_offered(house: House) -> None:
    browser = house.browser(house.cast.otto)
    asked = []
    for number in range(6):
        house.post(house.cast.ada, f"Seal {number}", topics=[f"seal {number}", "seals"])
        if number in (0, 5):
            with questions(house) as few:
                browser.get("/suggestions?q=seal")
            with questions(house) as topics:
                browser.get("/topics/suggestions?q=seal")
            asked.append((len(few), len(topics)))
    assert asked[0] == asked[1]
    assert max(asked[0]) <= 8
