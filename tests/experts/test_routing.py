"""A wanted lesson is shown to the few who are likely to know, and to nobody too often."""

import re

from sqlmodel import select

from app.events.models import Event
from app.experts.listing import set_listed
from app.experts.models import Routed
from app.people.models import Person
from app.searches.models import Miss
from app.searches.wanted import withdraw
from tests.house_fixture import House
from tests.notifications.acting import follows, listen, tell
from tests.searches.acting import Behind, looked_for


def routed(house: House) -> list[str]:
    """To whom anything was routed, by first name, in the order of names."""
    with house.reading() as session:
        names = session.exec(select(Person.name).join(Routed).order_by(Person.name))
        return [name.split()[0] for name in names]


def ask(house: House, by: Person, words: str) -> None:
    house.browser(by).send("/wanted", {"words": words})


def may_know(house: House, person: Person) -> list[str]:
    text = house.browser(person).get("/wanted").text
    part = text.partition('id="may-know"')[2].partition('id="most-wanted"')[0]
    return re.findall(r'class="want__words">([^<]+)<', part)


def test_it_goes_to_those_who_know_something_near_and_not_to_those_who_ask(house: House) -> None:
    cast, behind = house.cast, Behind(house)
    for person in (cast.ada, cast.otto, cast.kit):
        house.post(person, f"Balloons of {person.name} leak")
    house.post(cast.mara, "Balloons leak, protected", author_mode="protected")
    house.post(cast.ben, "Balloons leak, ours", team="Pumps", visibility="team")
    with house.database.writing() as session:
        set_listed(session, False, by=cast.kit, now=house.clock())
    looked_for(house, cast.otto, "leaks of zeppelins")
    behind.follow()
    assert routed(house) == []
    house.clock.turn(days=1)
    looked_for(house, cast.nora, "zeppelin leak")
    behind.follow()
    assert routed(house) == ["Ada"]
    assert may_know(house, cast.ada) == ["leaks of zeppelins"]
    assert may_know(house, cast.ben) == may_know(house, cast.otto) == []
    with house.reading() as session:
        told = session.exec(select(Event).where(Event.kind == "want.routed")).one()
    assert told.actor_id is None
    assert told.facts == {"person_id": cast.ada.id, "want_id": told.subject_id}
    assert house.browser(cast.ada).get(f"/wanted/{told.subject_id}").status_code == 200


def test_where_nobody_knows_followers_of_its_topics_hear_of_it_or_else_curators(
    house: House,
) -> None:
    cast, behind = house.cast, Behind(house)
    house.post(cast.mara, "Balloons leak", author_mode="protected", topics=["Balloons"])
    follows(house, cast.ben, "Balloons")
    ask(house, cast.otto, "balloons at sea")
    behind.follow()
    assert routed(house) == ["Ben"]
    ask(house, cast.otto, "semaphores")
    behind.follow()
    assert routed(house) == ["Ben", "Kit"]


def test_nobody_is_shown_more_than_three_a_week_nor_one_to_more_than_five(house: House) -> None:
    cast, behind = house.cast, Behind(house)
    house.post(cast.ada, "Balloons leak")
    for words in ("balloons at sea", "balloons in fog", "balloons by night", "balloons on ice"):
        ask(house, cast.otto, words)
        behind.follow()
    assert routed(house) == ["Ada"] * 3
    house.clock.turn(days=8)
    for person in (cast.ben, cast.mara, cast.nora, cast.kit, cast.root):
        house.post(person, f"Balloons of {person.name}")
    ask(house, cast.otto, "balloons over mountains")
    behind.follow()
    assert len(routed(house)) == 3 + 5


def test_what_is_one_persons_alone_again_leaves_the_inbox_of_who_may_know(house: House) -> None:
    cast, behind = house.cast, Behind(house)
    listen(house)
    house.post(cast.ada, "Balloons leak")
    looked_for(house, cast.otto, "zeppelin leak")
    looked_for(house, cast.nora, "leaks zeppelin")
    behind.follow()
    tell(house)
    ada = house.browser(cast.ada)
    assert "zeppelin" in ada.get("/inbox").text
    with house.database.writing() as session:
        told = session.exec(select(Event).where(Event.kind == "want.routed")).one()
        routed_id = told.subject_id
        of_otto = session.get_one(Miss, routed_id).person_id == cast.otto.id
        other = cast.nora if of_otto else cast.otto
        withdraw(session, routed_id, by=other, now=house.clock())
    assert "zeppelin" not in ada.get("/inbox").text
    assert ada.get(f"/wanted/{routed_id}").status_code == 404
