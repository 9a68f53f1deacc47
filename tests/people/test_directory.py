"""Persons: added, found, changed, disabled."""

import pytest

from app.kit.errors import Invalid
from app.people.directory import (
    EmailTaken,
    LastAdministrator,
    add_person,
    change_person,
    disable_person,
    everybody,
    how_many,
    person_called,
    the_person,
)
from app.people.models import Person, Role
from tests.house_fixture import House


def test_an_address_belongs_to_one_person_however_it_is_written(house: House) -> None:
    with house.database.writing() as session, pytest.raises(EmailTaken):
        add_person(
            session, email=" ADA@Northwind.example", name="Another", by=None, now=house.clock()
        )


def test_the_last_administrator_stays_one(house: House) -> None:
    with house.database.writing() as session:
        root = the_person(session, house.cast.root.id)
        with pytest.raises(LastAdministrator):
            change_person(
                session, root, name="Root", title="", role=Role.MEMBER, by=root, now=house.clock()
            )
        with pytest.raises(LastAdministrator):
            disable_person(session, root, by=root, now=house.clock())


def test_an_administrator_who_has_left_is_nobody_to_rely_on(house: House) -> None:
    with house.database.writing() as session:
        root, kit = (the_person(session, p.id) for p in (house.cast.root, house.cast.kit))
        kit.role = Role.ADMINISTRATOR
        disable_person(session, kit, by=root, now=house.clock())
        with pytest.raises(LastAdministrator):
            disable_person(session, root, by=root, now=house.clock())


def test_those_who_left_come_last(house: House) -> None:
    with house.database.writing() as session:
        ada = the_person(session, house.cast.ada.id)
        disable_person(session, ada, by=None, now=house.clock())
    with house.reading() as session:
        names = [person.name for person in everybody(session)]
    assert names[0] == "Ben Example"
    assert names[-1] == "Ada Example"


@pytest.mark.parametrize(
    ("part", "count"), [("ada ex", 1), ("BEN@", 1), ("example", 7), ("%", 0), ("_da", 0), ("", 7)]
)
def test_people_are_found_by_a_part_of_name_or_address(house: House, part: str, count: int) -> None:
    with house.reading() as session:
        assert len(everybody(session, matching=part)) == count
        assert how_many(session, matching=part) == count


def test_a_name_with_accents_is_found_as_it_is_written(house: House) -> None:
    with house.database.writing() as session:
        add_person(session, email="o@n.example", name="Øyvind", by=None, now=house.clock())
    with house.reading() as session:
        assert [person.name for person in everybody(session, matching="Øy")] == ["Øyvind"]


@pytest.mark.parametrize("words", ["ada@northwind.example", "ada EXAMPLE", "ada"])
def test_a_person_is_called_by_address_name_or_a_part_of_it(house: House, words: str) -> None:
    with house.reading() as session:
        assert person_called(session, words).id == house.cast.ada.id


@pytest.mark.parametrize("words", ["example", "nobody"])
def test_who_is_called_must_be_one(house: House, words: str) -> None:
    with house.reading() as session, pytest.raises(Invalid) as refused:
        person_called(session, words)
    assert words in refused.value.fields["person"]


def test_who_left_is_called_by_address_only(house: House) -> None:
    with house.database.writing() as session:
        disable_person(
            session, session.get_one(Person, house.cast.ada.id), by=None, now=house.clock()
        )
    with house.reading() as session:
        assert person_called(session, "ada@northwind.example").id == house.cast.ada.id
        with pytest.raises(Invalid):
            person_called(session, "Ada Example")
