"""Somebody is asked by name to write down what is wanted: who may be, who is told, who sees it."""

import pytest
from sqlmodel import Session, select

from app.events.models import Event
from app.experts.asked import asking, may_be_asked, who_asked
from app.experts.assigning import (
    MOST_ASKED,
    AskedAlready,
    AskedEnough,
    WantAnswered,
    assign,
    unassign,
)
from app.experts.knowing import who_knows
from app.experts.listing import set_listed
from app.experts.models import Assigned, Routed
from app.kit.errors import Invalid, NotFound
from app.lessons.access import reader
from app.people.models import Person
from app.searches.wanted import ask_for
from tests.house_fixture import House
from tests.notifications.acting import listen, tell
from tests.searches.acting import looked_for


def want(house: House, by: Person, words: str = "balloons at sea") -> str:
    with house.database.writing() as session:
        return ask_for(session, words, by=by, now=house.clock()).id


def asks(house: House, by: Person, want_id: str, whom: Person) -> Assigned:
    with house.database.writing() as session:
        me = session.get_one(Person, by.id)
        return assign(session, house.index, want_id, whom.id, by=me, now=house.clock())


def lets_off(house: House, by: Person, want_id: str, whom: Person) -> None:
    with house.database.writing() as session:
        unassign(session, want_id, whom.id, by=by, now=house.clock())


def asked(session: Session, person: Person, key: str) -> list[tuple[str, str]]:
    around = asking(session, reader(session, person), key)
    return [(one.name.split()[0], one.by_name.split()[0]) for one in around.asked]


def test_who_is_asked_is_told_by_whom_and_no_more_when_it_is_taken_back(house: House) -> None:
    cast = house.cast
    listen(house)
    house.post(cast.otto, "Balloons leak")
    want_id = want(house, cast.nora)
    given = asks(house, cast.mara, want_id, cast.otto)
    assert asks(house, cast.mara, want_id, cast.otto).at == given.at
    tell(house)
    inbox = house.browser(cast.otto).get("/inbox").text
    assert "Mara Example asks you to write down what you know of it" in inbox
    assert "balloons at sea" in inbox
    with house.reading() as session:
        (event,) = session.exec(select(Event).where(Event.kind == "want.assigned"))
        assert (event.actor_id, event.facts["person_id"]) == (cast.mara.id, cast.otto.id)
        assert asked(session, cast.ben, given.key) == [("Otto", "Mara")]
        assert who_asked(session, cast.otto) == {given.key: "Mara Example"}
        assert session.get(Routed, (given.key, cast.otto.id))
    with pytest.raises(NotFound):
        lets_off(house, cast.ben, want_id, cast.otto)
    lets_off(house, cast.mara, want_id, cast.otto)
    tell(house)
    assert "balloons" not in house.browser(cast.otto).get("/inbox").text
    with house.reading() as session:
        assert asked(session, cast.ben, given.key) == []
        assert session.get(Routed, (given.key, cast.otto.id)) is None


def test_asked_are_those_who_may_know_and_ones_own_teams_and_nobody_else(house: House) -> None:
    cast = house.cast
    house.post(cast.otto, "Balloons leak")
    house.post(cast.kit, "Balloons leak again")
    hidden = house.post(cast.nora, "Balloons, protected", author_mode="protected")
    want_id = want(house, cast.nora)
    with house.database.writing() as session:
        set_listed(session, False, by=cast.kit, now=house.clock())
    refusals = []
    for by, whom in ((cast.ben, cast.kit), (cast.ben, cast.nora), (cast.otto, cast.mara)):
        with pytest.raises(Invalid) as refused:
            asks(house, by, want_id, whom)
        refusals.append(refused.value.message)
    assert len(set(refusals)) == 1
    with pytest.raises(Invalid, match="write it at once"):
        asks(house, cast.otto, want_id, cast.otto)
    with house.reading() as session:
        who = reader(session, cast.mara)
        known = who_knows(session, who, {hidden.lesson.id: 1.0}, now=house.clock())
        mates = may_be_asked(who, known, asking(session, who, "balloons"))
        assert [one.name.split()[0] for one in mates] == ["Ada", "Ben", "Kit"]
    asks(house, cast.mara, want_id, cast.kit)  # of a team of hers, listed or not
    with pytest.raises(AskedAlready):
        asks(house, cast.root, want_id, cast.kit)


def test_one_asks_only_for_what_others_see_and_nothing_answers_and_five_at_most(
    house: House,
) -> None:
    cast = house.cast
    looked_for(house, cast.mara, "zeppelins")
    alone = house.browser(cast.mara).get("/wanted").text.partition('id="alone"')[2]
    miss_id = alone.partition('<li id="')[2][:16]
    with pytest.raises(Invalid, match="Ask for it first"):
        asks(house, cast.mara, miss_id, cast.ada)
    with pytest.raises(NotFound):
        asks(house, cast.ada, miss_id, cast.ben)
    want_id = want(house, cast.nora)
    for person in (cast.ada, cast.ben, cast.otto, cast.root, cast.nora, cast.kit):
        house.post(person, f"Balloons of {person.name}")
    for person in (cast.ada, cast.ben, cast.otto, cast.root, cast.nora)[:MOST_ASKED]:
        asks(house, cast.mara, want_id, person)
    with pytest.raises(AskedEnough):
        asks(house, cast.mara, want_id, cast.kit)
    lesson = house.post(cast.ada, "Balloons at sea drift").lesson
    answered = house.browser(cast.nora).send(f"/wanted/{want_id}/answer", {"lesson": lesson.id})
    assert answered.status_code == 200
    with pytest.raises(WantAnswered):
        asks(house, cast.mara, want_id, cast.kit)
