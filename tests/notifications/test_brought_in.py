"""Many lessons at once: an import is one line, and costs as few questions as one lesson."""

from datetime import timedelta

import pytest

from app.lessons.bring_in import Arrival, bring_in_all
from tests.house_fixture import House
from tests.lessons.acting import written
from tests.notifications.acting import follows, listen, tell, told
from tests.statements import statements


@pytest.fixture(autouse=True)
def listening(house: House) -> None:
    house.post(house.cast.kit, "Glycol is no oil", topics=["Seals"])
    listen(house)


def _brought_in(house: House, count: int) -> None:
    """Lessons about seals, posted elsewhere a year ago."""
    then = house.clock() - timedelta(days=365)
    content = written(topics=["Seals"])
    with house.database.writing() as session:
        arrivals = [Arrival(content, None, house.cast.ada, then) for _ in range(count)]
        bring_in_all(session, arrivals, by=house.cast.root, now=house.clock())


def test_what_is_brought_in_is_one_line_until_it_is_read(house: House) -> None:
    otto = house.cast.otto
    follows(house, otto, "Seals")
    follows(house, house.cast.ada, "Seals")  # who wrote them elsewhere
    for count in (3, 211):
        _brought_in(house, count)
        tell(house)
    (line,) = told(house, otto)
    assert (line.lesson_id, line.actor_id, line.facts) == (None, None, {"brought_in": 214})
    assert not told(house, house.cast.ada)
    browser = house.browser(otto)
    assert "214 lessons about what you follow were brought in" in browser.get("/inbox").text
    browser.send(f"/inbox/{line.id}/reading")
    _brought_in(house, 1)
    tell(house)
    assert [n.facts["brought_in"] for n in told(house, otto) if not n.read_at] == [1]


def test_many_acts_are_told_of_in_as_many_questions_as_few(house: House) -> None:
    for person in (house.cast.otto, house.cast.nora):
        follows(house, person, "Seals")

    def asked(count: int) -> int:
        for number in range(count):
            house.post(house.cast.ada, f"{count} {number}", topics=["Seals"])
        with statements(house.database) as sent:
            tell(house)
        return len([one for one in sent if not one.startswith("INSERT")])

    assert asked(2) == asked(12)
