"""Topics in the browser."""

import pytest
from sqlmodel import select

from app.topics.models import Topic
from tests.house_fixture import House
from tests.statements import statements


def topic(house: House, name: str = "Seals") -> Topic:
    with house.reading() as session:
        found: Topic = session.exec(select(Topic).where(Topic.name == name)).one()
    return found


@pytest.fixture
def seals(house: House) -> Topic:
    """A topic with a lesson for everyone."""
    house.post(house.cast.ada, "Seals swell in glycol", topics=["Seals"])
    return topic(house)


@pytest.fixture
def secret(house: House) -> Topic:
    """A topic that only a lesson of the Pumps team carries."""
    house.post(
        house.cast.ada, "Ours alone", topics=["Project Heron"], team="Pumps", visibility="team"
    )
    return topic(house, "Project Heron")


def test_topics_are_listed_with_how_many_lessons_one_may_read(house: House, seals: Topic) -> None:
    house.post(house.cast.ada, "Kept", topics=["Seals"], team="Pumps", visibility="team")
    assert "1 lesson<" in house.browser(house.cast.otto).get("/topics").text
    assert "2 lessons<" in house.browser(house.cast.ben).get("/topics").text


def test_without_topics_the_page_says_how_they_come(house: House) -> None:
    assert "No topics yet" in house.browser(house.cast.otto).get("/topics").text


def test_topics_ask_who_is_there(house: House, seals: Topic) -> None:
    for url in ("/topics", seals.url, f"{seals.url}/edit"):
        assert house.stranger().get(url).url.path == "/sign-in"
    assert house.stranger().send(seals.url, {"name": "x"}).url.path == "/sign-in"


def test_a_topic_shows_its_lessons(house: House, seals: Topic) -> None:
    page = house.browser(house.cast.otto).get(seals.url).text
    assert "Seals swell in glycol" in page
    assert "1 lesson: 1 failure" in page


@pytest.mark.parametrize(("who", "status"), [("ben", 200), ("otto", 404), ("kit", 404)])
def test_a_topic_of_hidden_lessons_is_not_there_for_others(
    house: House, secret: Topic, who: str, status: int
) -> None:
    browser = house.browser(getattr(house.cast, who))
    assert browser.get(secret.url).status_code == status
    assert ("Project Heron" in browser.get("/topics").text) is (status == 200)


def test_a_curator_outside_the_team_cannot_word_its_topic(house: House, secret: Topic) -> None:
    browser = house.browser(house.cast.kit)
    assert browser.get(f"{secret.url}/edit").status_code == 404
    assert browser.send(secret.url, {"name": "Heron", "synonyms": ""}).status_code == 404
    assert topic(house, "Project Heron").curated is False


@pytest.mark.parametrize("unknown", ["7k2m9qxw4t8n3vbd", "nothing", "%00"])
def test_an_unknown_topic_is_not_found(house: House, unknown: str) -> None:
    assert house.browser(house.cast.kit).get(f"/topics/{unknown}").status_code == 404


def test_a_curator_gives_a_topic_other_words(house: House, seals: Topic) -> None:
    browser = house.browser(house.cast.kit)
    page = browser.send(seals.url, {"name": "Seal rings", "synonyms": "gaskets\r\n\r\nO-rings"})
    assert "Saved." in page.text
    assert "Seal rings" in page.text
    assert "<dt>Also called</dt><dd>gaskets, O-rings" in page.text
    assert ">\ngaskets\nO-rings</textarea>" in browser.get(f"{seals.url}/edit").text


def test_a_synonym_typed_in_a_lesson_means_the_topic(house: House, seals: Topic) -> None:
    house.browser(house.cast.kit).send(seals.url, {"name": "Seals", "synonyms": "o-rings"})
    house.post(house.cast.ada, "Rings crack in frost", topics=["O RINGS"])
    assert "Rings crack in frost" in house.browser(house.cast.otto).get(seals.url).text


@pytest.mark.parametrize("who", ["ada", "mara"])
def test_only_curators_word_topics(house: House, seals: Topic, who: str) -> None:
    browser = house.browser(getattr(house.cast, who))
    assert browser.get(f"{seals.url}/edit").status_code == 403
    assert browser.send(seals.url, {"name": "Mine", "synonyms": ""}).status_code == 403
    assert "Change words" not in browser.get(seals.url).text


@pytest.mark.parametrize(
    ("wrong", "why", "status"),
    [
        ({"name": ""}, "Please fill this in.", 422),
        ({"name": "x" * 81}, "Use at most 80 characters.", 422),
        ({"name": "-"}, "A topic’s name needs a letter or a digit.", 422),
        ({"name": "Glycol"}, "already means the topic glycol.", 409),
        ({"synonyms": "typed\nGLYCOL"}, "already means the topic glycol.", 409),
        ({"synonyms": "typed\n" + "x" * 81}, "Use at most 80 characters.", 422),
    ],
)
def test_refused_words_are_kept_as_typed(
    house: House, seals: Topic, wrong: dict[str, str], why: str, status: int
) -> None:
    house.post(house.cast.ada, "Another", topics=["glycol"])
    sent = {"name": "Seals", "synonyms": "typed"} | wrong
    page = house.browser(house.cast.kit).send(seals.url, sent)
    assert page.status_code == status
    assert why in page.text.replace("&#39;", "’")
    assert ">\ntyped" in page.text


def test_topics_and_a_topic_ask_as_often_for_twice_as_many(house: House, seals: Topic) -> None:
    browser = house.browser(house.cast.otto)
    for url in ("/topics", seals.url):
        browser.get(url)
        with statements(house.database) as few:
            browser.get(url)
        for number in range(4):
            house.post(house.cast.ada, f"{url} {number}", topics=["Seals", f"{url} {number}"])
        with statements(house.database) as many:
            browser.get(url)
        assert len(few) == len(many) <= 8, url
