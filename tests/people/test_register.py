"""What a person's, a team's and a topic's page say besides lessons, and to whom."""

import re

import pytest

from app.lessons.register import kinds_in_words
from app.people.directory import add_person, disable_person
from app.people.models import Person, TeamRole
from app.people.teams import join_team, the_team
from app.responses.models import Thanks
from tests.house_fixture import House
from tests.lessons.acting import retired
from tests.notifications.acting import follows, listen, tell, topic_id
from tests.statements import statements

_PARTS = re.compile(r"<dt>(.*?)</dt><dd>(.*?)</dd>", re.S)


def _said(page: str) -> dict[str, str]:
    """What the entry in the register says, title to words, without marks."""
    entry = page[page.index('<dl class="register">') :].split("</dl>")[0]
    return {
        title: " ".join(re.sub(r"<[^>]+>", " ", words).split())
        for title, words in _PARTS.findall(entry)
    }


def _thank(house: House, lesson_id: str, *people: Person) -> None:
    with house.database.writing() as session:
        session.add_all(
            Thanks(lesson_id=lesson_id, person_id=person.id, at=house.clock()) for person in people
        )


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ({}, ""),
        ({"failure": 1}, "1 failure"),
        ({"success": 7, "failure": 12}, "12 failures and 7 successes"),
        (
            {"near_miss": 1, "success": 3, "failure": 1200, "experiment": 2},
            "1,200 failures, 3 successes, 2 experiments and 1 near miss",
        ),
    ],
)
def test_kinds_are_said_in_words(counts: dict[str, int], words: str) -> None:
    assert kinds_in_words(counts) == words


def test_a_person_s_entry_says_what_they_learned_about_what_and_its_thanks(house: House) -> None:
    cast = house.cast
    first = house.post(cast.ada, topics=["Seals", "Glycol"]).lesson
    house.post(cast.ada, "Second", topics=["Seals"], kind="near_miss")
    house.post(cast.ada, "Hidden", topics=["Merger"], author_mode="protected")
    house.post(cast.ben, "Not theirs", topics=["Cold"])
    old = house.post(cast.ada, "Old", topics=["Steam"]).lesson
    retired(house, old.id, by=cast.ada)
    _thank(house, first.id, cast.otto, cast.nora, cast.kit)
    said = _said(house.browser(cast.otto).get(cast.ada.url).text)
    assert said == {
        "Team": "Pumps",
        "Learned": "2 lessons: 1 failure and 1 near miss",
        "Thanked": "3 times",
        "Writes about": "Seals 2 lessons Glycol 1 lesson",
    }


def test_a_topic_s_entry_says_who_knows_it_and_what_is_near(house: House) -> None:
    cast = house.cast
    for number in range(2):
        house.post(cast.ada, f"Seals {number}", topics=["Seals", "Glycol"])
    house.post(cast.ben, "One", topics=["Seals"])
    house.post(cast.nora, "Another", topics=["Seals", "Cold"])
    house.post(cast.mara, "Protected", topics=["Seals"], author_mode="protected")
    house.post(cast.otto, "Elsewhere", topics=["Merger"])
    with house.database.writing() as session:
        nora = session.get_one(Person, cast.nora.id)
        disable_person(session, nora, by=None, now=house.clock())
    said = _said(house.browser(cast.otto).get(f"/topics/{topic_id(house, 'Seals')}").text)
    assert said == {
        "Learned": "5 lessons: 5 failures",
        "Who knows it": "Ada Example wrote 2 lessons on this, last this month "
        "Ben Example wrote a lesson on this, last this month",
        "Related": "Glycol 2 lessons Cold 1 lesson",
    }


def test_a_team_s_entry_says_its_topics_and_people(house: House) -> None:
    cast = house.cast
    lesson = house.post(cast.mara, topics=["Seals"], team="Engineering", kind="success").lesson
    _thank(house, lesson.id, cast.otto)
    said = _said(house.browser(cast.otto).get(cast.engineering.url).text)
    assert said == {
        "Learned": "1 lesson: 1 success",
        "Thanked": "once",
        "Writes about": "Seals 1 lesson",
        "People": "1 person , managed by Mara Example",
        "Below it": "Pumps , Valves",
    }


def test_indexes_count_what_one_may_read(house: House) -> None:
    cast = house.cast
    house.post(cast.ada, team="Pumps")
    house.post(cast.ada, "Kept", team="Pumps", visibility="team")
    for who, count in ((cast.otto, "1 lesson"), (cast.ben, "2 lessons")):
        browser = house.browser(who)
        assert f"Pumps · {count}" in browser.get("/people?q=ada").text
        assert f"2 people · {count}" in browser.get("/teams").text


def test_an_outsider_s_pages_are_the_same_byte_for_byte_without_what_is_private(
    house: House,
) -> None:
    cast = house.cast
    listen(house)
    house.post(cast.ada, topics=["Seals", "Glycol"], team="Pumps")
    house.post(cast.ben, "Shared too", topics=["Seals"], team="Pumps")
    for subject in ("Seals", cast.pumps, cast.ada):
        follows(house, cast.otto, subject)
    tell(house)
    browser = house.browser(cast.otto)
    urls = (
        *("/people", "/people?q=ada", "/teams", "/topics", "/inbox", "/my/following"),
        *(cast.ada.url, f"{cast.ada.url}?page=2", cast.mara.url, cast.pumps.url),
        *(f"/topics/{topic_id(house, name)}" for name in ("Seals", "Glycol")),
    )

    def seen() -> list[str]:
        return [re.sub(r'"[\w-]{51}"', "token", browser.get(url).text) for url in urls]

    before = seen()
    private = {"team": "Pumps", "visibility": "team", "topics": ["Seals", "Glycol", "Merger"]}
    for number, kind in enumerate(("failure", "success", "near_miss", "experiment") * 6):
        by = (cast.ada, cast.ben)[number % 2]
        hidden = house.post(by, f"Private {number}", kind=kind, **private).lesson
        _thank(house, hidden.id, cast.ben, cast.mara)
    house.post(cast.ada, "A draft", visibility="draft", topics=["Seals", "Merger"])
    tell(house)
    assert seen() == before


def test_a_team_of_many_is_asked_for_as_often_as_one_of_few(house: House) -> None:
    cast = house.cast
    house.post(cast.ada, topics=["Seals"], team="Pumps")
    urls = ("/teams", cast.pumps.url)
    for who in (cast.otto, cast.mara, cast.root):
        browser = house.browser(who)
        for url in urls:
            browser.get(url)
            with statements(house.database) as few:
                browser.get(url)
            with house.database.writing() as session:
                pumps = the_team(session, cast.pumps.id)
                for number in range(3):
                    email = f"{who.name[0]}{url[-1]}{number}@northwind.example".lower()
                    person = add_person(
                        session, email=email, name=email, by=None, now=house.clock()
                    )
                    join_team(session, pumps, person, TeamRole.MEMBER, by=None, now=house.clock())
            house.post(cast.ada, f"{url} {who.id}", topics=[f"{url} {who.id}"], team="Pumps")
            with statements(house.database) as many:
                browser.get(url)
            assert len(few) == len(many) <= 8, (url, many)


def test_what_administers_is_folded_but_open_where_something_is_wrong(house: House) -> None:
    browser, url = house.browser(house.cast.root), house.cast.ada.url
    assert '<details class="unfold administer">' in browser.get(url).text
    refused = browser.send(url, {"name": "", "title": "", "role": "member"})
    assert '<details class="unfold administer" open>' in refused.text
