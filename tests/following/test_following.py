"""Following topics, teams and people in the browser, with and without JavaScript."""

import pytest

from tests.house_fixture import House
from tests.notifications.acting import follows, topic_id
from tests.statements import statements

_PART = {"HX-Request": "true"}


@pytest.fixture
def subjects(house: House) -> dict[str, tuple[str, str]]:
    """Kind to (id, address) of something of each kind."""
    house.post(house.cast.ada, topics=["Seals"])
    seals = topic_id(house, "Seals")
    return {
        "topic": (seals, f"/topics/{seals}"),
        "team": (house.cast.sales.id, house.cast.sales.url),
        "person": (house.cast.ada.id, house.cast.ada.url),
    }


@pytest.mark.parametrize("kind", ["topic", "team", "person"])
def test_one_follows_from_its_page_and_stops_there(
    house: House, subjects: dict[str, tuple[str, str]], kind: str
) -> None:
    subject, url = subjects[kind]
    browser = house.browser(house.cast.otto)
    sent = {"kind": kind, "subject": subject, "back": url}
    assert 'action="/following"' in browser.get(url).text
    page = browser.send("/following", sent)
    assert page.url.path == url
    assert "You follow this." in page.text
    assert url in browser.get("/my/following").text
    browser.send("/following", sent)  # twice is as good as once
    page = browser.send("/following/removal", sent)
    assert page.url.path == url
    assert "You follow this." not in page.text
    assert "You follow nothing yet" in browser.get("/my/following").text


def test_in_place_the_answer_is_the_control_alone(
    house: House, subjects: dict[str, tuple[str, str]]
) -> None:
    subject, url = subjects["topic"]
    browser = house.browser(house.cast.otto)
    sent = {"kind": "topic", "subject": subject, "back": url}
    part = browser.send("/following", sent, headers=_PART)
    assert part.text.strip().startswith(f'<form class="follow" id="follow-{subject}"')
    assert 'action="/following/removal"' in part.text
    part = browser.send("/following/removal", sent, headers=_PART)
    assert 'action="/following"' in part.text


@pytest.mark.parametrize(
    ("kind", "subject"), [("topic", "0" * 16), ("person", "x"), ("lesson", "0" * 16), ("", "")]
)
def test_what_is_not_there_cannot_be_followed(house: House, kind: str, subject: str) -> None:
    sent = {"kind": kind, "subject": subject}
    assert house.browser(house.cast.otto).send("/following", sent).status_code == 404


def test_a_topic_that_only_hidden_lessons_carry_is_not_there_to_be_followed(house: House) -> None:
    house.post(house.cast.ada, topics=["Merger"], team="Pumps", visibility="team")
    merger = topic_id(house, "Merger")
    sent = {"kind": "topic", "subject": merger}
    assert house.browser(house.cast.otto).send("/following", sent).status_code == 404
    assert house.browser(house.cast.ben).send("/following", sent).status_code == 200
    follows(house, house.cast.otto, "Merger")  # as if they might have known of it once
    assert "Merger" not in house.browser(house.cast.otto).get("/my/following").text
    gone = [house.browser(house.cast.otto).send("/following/removal", sent) for _ in range(2)]
    assert [answer.status_code for answer in gone] == [200, 404]
    assert "Merger" not in gone[0].text
    assert "Merger" in house.browser(house.cast.ben).get("/my/following").text


def test_one_goes_back_to_where_one_was_but_not_to_another_site(house: House) -> None:
    browser = house.browser(house.cast.otto)
    sent = {"kind": "team", "subject": house.cast.sales.id}
    for back, path in (
        ("/my/following", "/my/following"),
        ("https://evil.example/", house.cast.sales.url),
        ("//evil.example", house.cast.sales.url),
    ):
        assert browser.send("/following", sent | {"back": back}).url.path == path


def test_nobody_follows_themselves(house: House) -> None:
    page = house.browser(house.cast.ada).get(house.cast.ada.url).text
    assert 'action="/following"' not in page


def test_the_list_asks_as_often_for_twice_as_many(house: House) -> None:
    cast, browser = house.cast, house.browser(house.cast.otto)
    house.post(cast.ada, topics=["Seals", "Glycol"])
    for subject in ("Seals", cast.pumps, cast.ada):
        follows(house, cast.otto, subject)
    browser.get("/my/following")
    with statements(house.database) as few:
        browser.get("/my/following")
    for subject in ("Glycol", cast.sales, cast.ben):
        follows(house, cast.otto, subject)
    with statements(house.database) as many:
        page = browser.get("/my/following").text
    assert len(few) == len(many) <= 8
    assert page.index("Glycol") < page.index("Pumps") < page.index("Ada Example")
