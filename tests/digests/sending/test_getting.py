"""Who gets which digest: unasked, as they chose; and how it ends."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from app.digests.models import NOBODY, About, Cadence
from app.digests.sending.getting import digests_of, gets, recipients, subject_name
from app.digests.sending.subscribing import end_all, has_ended, resume_all, subscribe
from app.events.models import Event
from app.kit.errors import NotFound
from app.lessons.access import reader
from app.people.directory import disable_person
from app.people.models import Person, Team, TeamRole
from app.people.teams import change_team, join_team, leave_team
from app.topics.models import Topic
from tests.house_fixture import House


def _got(house: House, person: Person) -> dict[str, str]:
    """How often somebody gets what, by name."""
    with house.reading() as session:
        return {one.subject: one.cadence.value for one in digests_of(session, person)}


def _choose(house: House, person: Person, about: About, subject_id: str, cadence: Cadence) -> None:
    with house.database.writing() as session:
        subscribe(session, about, subject_id, cadence, by=person, now=house.clock())


def _join(house: House, person: Person, team: Team, role: TeamRole) -> None:
    with house.database.writing() as session:
        join_team(session, team, person, role, by=None, now=house.clock())


def test_managers_get_the_topmost_teams_they_manage(house: House) -> None:
    cast = house.cast
    assert _got(house, cast.mara) == {"Engineering": "monthly"}
    assert _got(house, cast.ada) == {}
    _join(house, cast.mara, cast.pumps, TeamRole.MANAGER)
    _join(house, cast.mara, cast.sales, TeamRole.MANAGER)
    assert _got(house, cast.mara) == {"Engineering": "monthly", "Sales": "monthly"}
    with house.database.writing() as session:
        pumps = session.get_one(Team, cast.pumps.id)
        change_team(
            session, pumps, name="Pumps", purpose="", parent=None, by=cast.root, now=house.clock()
        )
    assert set(_got(house, cast.mara)) == {"Engineering", "Pumps", "Sales"}
    with house.database.writing() as session:
        leave_team(session, cast.engineering, cast.mara, by=cast.root, now=house.clock())
    assert set(_got(house, cast.mara)) == {"Pumps", "Sales"}


def test_who_becomes_a_manager_is_one_from_then_on(house: House) -> None:
    house.clock.turn(days=100)
    _join(house, house.cast.ada, house.cast.pumps, TeamRole.MANAGER)
    with house.reading() as session:
        [one] = gets(session, house.cast.ada.id)
    assert one.since == house.clock()


def test_what_people_choose_comes_instead_and_each_change_is_an_event(house: House) -> None:
    cast = house.cast
    _choose(house, cast.mara, About.TEAM, cast.engineering.id, Cadence.WEEKLY)
    _choose(house, cast.mara, About.TEAM, cast.engineering.id, Cadence.WEEKLY)
    _choose(house, cast.mara, About.ORGANISATION, NOBODY, Cadence.MONTHLY)
    assert list(_got(house, cast.mara).items()) == [
        ("The organisation", "monthly"),
        ("Engineering", "weekly"),
    ]
    _choose(house, cast.mara, About.TEAM, cast.engineering.id, Cadence.NEVER)
    assert _got(house, cast.mara)["Engineering"] == "never"
    with house.reading() as session:
        said = session.exec(
            select(Event.facts)
            .where(Event.kind == "digest.subscribed", Event.actor_id == cast.mara.id)
            .order_by(col(Event.at))
        ).all()
    assert len(said) == 3
    engineering = {"about": "team", "of": cast.engineering.id}
    assert engineering | {"cadence": "weekly"} in said


def test_a_topic_is_chosen_by_whoever_may_know_of_it(house: House) -> None:
    cast = house.cast
    house.post(cast.ada, topics=["Seals"], visibility="team", team=cast.pumps.id)
    with house.reading() as session:
        topic = session.exec(select(Topic).where(Topic.name == "Seals")).one()
        with pytest.raises(NotFound):
            subject_name(session, About.ORGANISATION, topic.id, reader(session, cast.ben))
    _choose(house, cast.ben, About.TOPIC, topic.id, Cadence.MONTHLY)
    assert _got(house, cast.ben) == {"Seals": "monthly"}
    for cadence in Cadence:
        with pytest.raises(NotFound):
            _choose(house, cast.otto, About.TOPIC, topic.id, cadence)
    with house.database.writing() as session:
        leave_team(session, cast.pumps, cast.ben, by=cast.root, now=house.clock())
    assert _got(house, cast.ben) == {}
    _choose(house, cast.ben, About.TOPIC, topic.id, Cadence.NEVER)
    with house.reading() as session:
        assert [one.cadence for one in gets(session, cast.ben.id)] == [Cadence.NEVER]


def test_everything_is_ended_at_once_and_comes_again_as_it_was(house: House) -> None:
    cast = house.cast
    _choose(house, cast.mara, About.ORGANISATION, NOBODY, Cadence.WEEKLY)
    with house.reading() as session:
        before = gets(session, cast.mara.id)
    house.clock.turn(days=3)
    for _ in range(2):
        with house.database.writing() as session:
            end_all(session, by=cast.mara, now=house.clock())
    assert set(_got(house, cast.mara).values()) == {"never"}
    # Also of a team that they come to manage later.
    _join(house, cast.mara, cast.sales, TeamRole.MANAGER)
    assert _got(house, cast.mara)["Sales"] == "never"
    house.clock.turn(days=3)
    for _ in range(2):
        with house.database.writing() as session:
            resume_all(session, by=cast.mara, now=house.clock())
    with house.reading() as session:
        again = gets(session, cast.mara.id)
        assert not has_ended(session, cast.mara)
        assert [one for one in again if one.subject_id != cast.sales.id] == before


def test_what_is_chosen_after_the_end_comes_alone(house: House) -> None:
    cast = house.cast
    _choose(house, cast.mara, About.ORGANISATION, NOBODY, Cadence.WEEKLY)
    with house.database.writing() as session:
        end_all(session, by=cast.mara, now=house.clock())
    _choose(house, cast.mara, About.ORGANISATION, NOBODY, Cadence.MONTHLY)
    assert _got(house, cast.mara) == {"The organisation": "monthly", "Engineering": "never"}
    with house.database.writing() as session:
        resume_all(session, by=cast.mara, now=house.clock())
    assert _got(house, cast.mara) == {"The organisation": "monthly", "Engineering": "monthly"}


def test_who_left_gets_nothing(house: House) -> None:
    with house.database.writing() as session:
        mara = session.get_one(Person, house.cast.mara.id)
        disable_person(session, mara, by=None, now=house.clock() + timedelta(days=1))
    with house.reading() as session:
        assert recipients(session) == []
        assert gets(session, mara.id) == []
