"""People who know on pages and for programs: found, hidden, and never by what one may not read."""

import re

from app.lessons.capture import post
from app.lessons.models import Lesson
from tests.calls import API, questions
from tests.experts.test_knowing import add, answered, confirmed, used
from tests.house_fixture import House
from tests.lessons.acting import written
from tests.notifications.acting import topic_id
from tests.searches.acting import Behind


def test_who_knows_is_said_where_one_looks_and_whoever_hides_is_nowhere(house: House) -> None:
    cast = house.cast
    lesson = house.post(cast.ada, "Glycol leaks in winter", topics=["Glycol"]).lesson
    add(house, used(lesson, cast.ben, house.clock()))
    otto = house.browser(cast.otto)
    places = (
        "/search?q=glycol+leaks",
        "/people/knowing?q=glycol+leaks",
        f"/topics/{topic_id(house, 'Glycol')}",
    )
    for url in places:
        with questions(house) as asked:
            text = otto.get(url).text
        assert len(asked) <= 8
        for why in ("wrote a lesson on this", "used a lesson on this"):
            assert why in text, url
    assert "People who know" not in otto.get("/search?q=glycol+zeppelins+semaphores+fog").text
    near = otto.get("/people/knowing?q=glycol+zeppelins+semaphores+fog").text
    assert "Nobody wrote about exactly this" in near
    asks = {"q": "glycol", "limit": 1}
    answer = house.api(cast.otto).get(f"{API}/people/knowing", params=asks).json()
    assert [(person["name"], person["why"]) for person in answer["people"]] == [
        ("Ada Example", "wrote a lesson on this, last this month")
    ]
    ada = house.browser(cast.ada)
    assert 'value="yes" checked' in ada.get("/account").text
    assert "no longer shown" in ada.send("/account/expertise").text
    assert 'value="yes" checked' not in ada.get("/account").text
    for url in places:
        text = otto.get(url).text.partition("<main")[2]
        assert "wrote a lesson on this" not in text
        assert "used a lesson on this" in text
    ada.send("/account/expertise", {"listed": "yes"})
    assert "wrote a lesson on this" in otto.get(places[1]).text


def test_an_outsider_sees_the_same_byte_for_byte_without_what_is_private(house: House) -> None:
    cast, behind = house.cast, Behind(house)
    house.post(cast.ada, "Glycol leaks in winter", topics=["Glycol"])
    otto = house.browser(cast.otto)
    for person in (cast.otto, cast.ben):
        house.browser(person).get("/search?q=why+zeppelins+leak")
    otto.send("/wanted", {"words": "glycol in summer"})
    behind.follow()
    want = re.findall(r'<li class="want" id="(\w+)"', otto.get("/wanted").text)
    urls = (
        *("/wanted", "/wanted?answered=yes", *(f"/wanted/{one}" for one in want), "/inbox"),
        *("/people/knowing?q=glycol+leaks", "/search?q=glycol+leaks", cast.ben.url),
        f"/topics/{topic_id(house, 'Glycol')}",
    )
    program = house.api(cast.otto)
    calls = (f"{API}/wanted", f"{API}/people/knowing?q=glycol+leaks")

    def seen() -> list[str]:
        pages = [re.sub(r'"[\w-]{51}"', "token", otto.get(url).text) for url in urls]
        return [*pages, *(program.get(url).text for url in calls)]

    before, now = seen(), house.clock()
    private = {"team": "Pumps", "visibility": "team", "topics": ["Glycol", "Merger"]}
    hidden: list[Lesson] = []
    with house.database.writing() as session:
        for number in range(50):
            title = f"Glycol leaks, zeppelins leak, glycol in summer {number}"
            content = written(title=title, **private)
            by = (cast.ada, cast.ben)[number % 2]
            hidden.append(post(session, content, by=by, now=now).lesson)
    house.follow()
    for lesson in hidden:  # whichever of them the search puts first
        add(house, used(lesson, cast.mara, now), confirmed(lesson, cast.ben, now))
        add(house, *answered(lesson, cast.mara, now))
    behind.follow()
    assert seen() == before
    assert "Mara" in house.browser(cast.ben).get("/people/knowing?q=glycol+leaks").text
