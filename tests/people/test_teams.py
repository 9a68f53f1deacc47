"""Teams: made, renamed, moved under another; who is in them; what follows from that."""

import pytest

from app.kit.errors import NotFound
from app.people.models import TeamRole
from app.people.overview import Branch, member_counts, team_tree
from app.people.teams import (
    NotYourTeam,
    TeamLoop,
    TeamNameTaken,
    change_team,
    create_team,
    join_team,
    leave_team,
    managed_team,
    members_of,
    teams_read_by,
    the_team,
)
from tests.house_fixture import House


def test_no_two_teams_differ_by_case_or_space_alone(house: House) -> None:
    with house.database.writing() as session, pytest.raises(TeamNameTaken):
        create_team(session, "  PUMPS ", by=None, now=house.clock())


def test_a_name_may_grow_when_it_is_folded(house: House) -> None:
    with house.database.writing() as session:
        team = create_team(session, "ß" * 100, by=None, now=house.clock())
    with house.reading() as session:
        assert the_team(session, team.id).name == "ß" * 100


@pytest.mark.parametrize("under", ["engineering", "pumps"])
def test_a_team_does_not_stand_below_itself(house: House, under: str) -> None:
    cast = house.cast
    with house.database.writing() as session:
        engineering = the_team(session, cast.engineering.id)
        parent = the_team(session, getattr(cast, under).id)
        with pytest.raises(TeamLoop):
            change_team(
                session,
                engineering,
                name="Engineering",
                purpose="",
                parent=parent,
                by=cast.root,
                now=house.clock(),
            )


def test_the_tree_shows_each_team_below_its_parent_with_who_is_there(house: House) -> None:
    def drawn(branches: list[Branch]) -> list[tuple[str, int, object]]:
        return [(b.team.name, b.people, drawn(b.below)) for b in branches]

    with house.reading() as session:
        tree = drawn(team_tree(session))
    assert tree == [
        ("Engineering", 1, [("Pumps", 2, []), ("Valves", 1, [])]),
        ("Sales", 1, []),
    ]


def test_a_team_without_people_counts_none(house: House) -> None:
    with house.database.writing() as session:
        team = create_team(session, "Nobody yet", by=None, now=house.clock())
    with house.reading() as session:
        assert team.id not in member_counts(session)
        assert members_of(session, team) == []


def test_managers_read_what_stands_below_and_members_their_own(house: House) -> None:
    cast = house.cast
    with house.reading() as session:
        assert teams_read_by(session, cast.mara) == {
            cast.engineering.id,
            cast.pumps.id,
            cast.valves.id,
        }
        assert teams_read_by(session, cast.ada) == {cast.pumps.id}
        assert teams_read_by(session, cast.nora) == frozenset()


@pytest.mark.parametrize(("who", "may"), [("mara", True), ("root", True), ("ben", False)])
def test_managers_and_administrators_say_who_is_in_a_team(
    house: House, who: str, may: bool
) -> None:
    person = getattr(house.cast, who)
    with house.reading() as session:
        if may:
            assert managed_team(session, house.cast.engineering.id, person).name == "Engineering"
        else:
            with pytest.raises(NotYourTeam):
                managed_team(session, house.cast.engineering.id, person)


def test_a_manager_of_the_team_above_does_not_say_who_is_below(house: House) -> None:
    with house.reading() as session, pytest.raises(NotYourTeam):
        managed_team(session, house.cast.pumps.id, house.cast.mara)


def test_joining_again_changes_what_one_is_there(house: House) -> None:
    cast = house.cast
    with house.database.writing() as session:
        team = the_team(session, cast.pumps.id)
        join_team(session, team, cast.ada, TeamRole.MANAGER, by=cast.root, now=house.clock())
    with house.reading() as session:
        roles = {p.name: m.role for p, m in members_of(session, team)}
    assert roles == {"Ada Example": TeamRole.MANAGER, "Ben Example": TeamRole.MEMBER}


def test_managers_are_listed_first(house: House) -> None:
    cast = house.cast
    with house.database.writing() as session:
        team = the_team(session, cast.pumps.id)
        join_team(session, team, cast.ben, TeamRole.MANAGER, by=cast.root, now=house.clock())
    with house.reading() as session:
        assert [p.name for p, _ in members_of(session, team)] == ["Ben Example", "Ada Example"]


def test_who_is_not_in_a_team_cannot_leave_it(house: House) -> None:
    with house.database.writing() as session, pytest.raises(NotFound):
        leave_team(
            session,
            the_team(session, house.cast.sales.id),
            house.cast.ada,
            by=house.cast.root,
            now=house.clock(),
        )
