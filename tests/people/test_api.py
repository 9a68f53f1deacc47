"""People and teams for programs."""

import pytest

from app.auth.tokens import Scope
from tests.calls import API, error_of, questions
from tests.house_fixture import House

PEOPLE, TEAMS, NOBODY = f"{API}/people", f"{API}/teams", "0" * 16


def test_everybody_is_listed_by_name_and_found_by_a_part_of_it(house: House) -> None:
    ben = house.api(house.cast.ben, Scope.READ)
    body = ben.get(PEOPLE, params={"per_page": 3}).json()
    assert [person["name"] for person in body["people"]] == [
        "Ada Example",
        "Ben Example",
        "Kit Example",
    ]
    assert (body["total"], body["page"], body["per_page"]) == (7, 1, 3)
    found = ben.get(PEOPLE, params={"q": "ott"}).json()["people"]
    assert [person["email"] for person in found] == ["otto@northwind.example"]


def test_a_token_says_whose_it_is(house: House) -> None:
    body = house.api(house.cast.mara, Scope.READ).get(f"{API}/me").json()
    assert (body["id"], body["role"], body["disabled"]) == (house.cast.mara.id, "member", False)
    assert [(team["name"], team["role"]) for team in body["teams"]] == [("Engineering", "manager")]
    ada = house.api(house.cast.ben, Scope.READ).get(f"{PEOPLE}/{house.cast.ada.id}").json()
    assert [team["name"] for team in ada["teams"]] == ["Pumps"]


def test_an_administrator_invites_somebody_into_a_team(house: House) -> None:
    root = house.api(house.cast.root, Scope.ADMIN)
    sent = {"email": "Ines@northwind.example", "team": "pumps", "role": "curator"}
    answer = root.post(f"{PEOPLE}/invitations", json=sent)
    body = answer.json()
    assert (answer.status_code, body["email"]) == (201, "ines@northwind.example")
    path = body["url"].removeprefix("http://127.0.0.1:8000")
    assert path.startswith("/join/")
    assert house.stranger().get(path).status_code == 200


@pytest.mark.parametrize(
    ("sent", "status", "field"),
    [
        ({"email": "ada@northwind.example"}, 409, "email"),
        ({"email": "nobody"}, 422, "email"),
        ({"email": "i@n.example", "team": "None such"}, 422, "team"),
        ({"email": "i@n.example", "admin": True}, 422, "admin"),
    ],
)
def test_an_invitation_that_cannot_be_made_says_why(
    house: House, sent: dict[str, object], status: int, field: str
) -> None:
    root = house.api(house.cast.root, Scope.ADMIN)
    answer = root.post(f"{PEOPLE}/invitations", json=sent)
    assert answer.status_code == status
    assert error_of(answer)["fields"].keys() == {field}


def test_an_administrator_changes_a_person(house: House) -> None:
    root, address = house.api(house.cast.root, Scope.ADMIN), f"{PEOPLE}/{house.cast.otto.id}"
    body = root.patch(address, json={"role": "curator", "title": "Sales engineer"}).json()
    assert (body["role"], body["title"], body["name"]) == (
        "curator",
        "Sales engineer",
        "Otto Example",
    )
    otto = house.api(house.cast.otto)
    assert root.patch(address, json={"disabled": True}).json()["disabled"]
    assert otto.get(f"{API}/me").status_code == 401
    assert not root.patch(address, json={"disabled": False}).json()["disabled"]
    assert otto.get(f"{API}/me").status_code == 401, "a token ends for good"
    assert house.api(house.cast.otto).get(f"{API}/me").status_code == 200


@pytest.mark.parametrize("change", [{"role": "member"}, {"disabled": True}])
def test_the_last_administrator_stays(house: House, change: dict[str, object]) -> None:
    root = house.api(house.cast.root, Scope.ADMIN)
    answer = root.patch(f"{PEOPLE}/{house.cast.root.id}", json=change)
    assert (answer.status_code, error_of(answer)["code"]) == (422, "last_administrator")


def test_teams_are_known_to_everyone_with_their_members(house: House) -> None:
    ben = house.api(house.cast.ben, Scope.READ)
    assert [team["name"] for team in ben.get(TEAMS).json()["teams"]] == [
        "Engineering",
        "Pumps",
        "Sales",
        "Valves",
    ]
    pumps = ben.get(f"{TEAMS}/{house.cast.pumps.id}").json()
    assert pumps["parent_id"] == house.cast.engineering.id
    assert [member["name"] for member in pumps["members"]] == ["Ada Example", "Ben Example"]


def test_an_administrator_makes_a_team_and_moves_it(house: House) -> None:
    root = house.api(house.cast.root, Scope.ADMIN)
    made = root.post(TEAMS, json={"name": "Seals", "purpose": "Keep it in", "parent": "Pumps"})
    assert (made.status_code, made.json()["parent_id"]) == (201, house.cast.pumps.id)
    address = f"{TEAMS}/{made.json()['id']}"
    renamed = root.patch(address, json={"name": "Sealing"}).json()
    assert (renamed["name"], renamed["purpose"]) == ("Sealing", "Keep it in")
    assert renamed["parent_id"] == house.cast.pumps.id
    assert root.patch(address, json={"parent": None}).json()["parent_id"] is None
    taken = root.post(TEAMS, json={"name": "PUMPS"})
    assert (taken.status_code, error_of(taken)["code"]) == (409, "team_name_taken")
    loop = root.patch(f"{TEAMS}/{house.cast.engineering.id}", json={"parent": "Pumps"})
    assert (loop.status_code, error_of(loop)["fields"].keys()) == (422, {"parent"})


def test_an_administrator_puts_people_in_teams_and_takes_them_out(house: House) -> None:
    root = house.api(house.cast.root, Scope.ADMIN)
    address = f"{TEAMS}/{house.cast.sales.id}/members/{house.cast.nora.id}"
    joined = root.put(address, json={"role": "manager"}).json()["members"]
    assert [(member["name"], member["role"]) for member in joined] == [
        ("Nora Example", "manager"),
        ("Otto Example", "member"),
    ]
    assert root.delete(address).status_code == 204
    assert root.delete(address).status_code == 404


def test_only_an_administrators_admin_token_manages(house: House) -> None:
    calls = (
        ("POST", f"{PEOPLE}/invitations", {"email": "i@n.example"}),
        ("PATCH", f"{PEOPLE}/{house.cast.ada.id}", {"role": "curator"}),
        ("POST", TEAMS, {"name": "New"}),
        ("PATCH", f"{TEAMS}/{house.cast.pumps.id}", {"name": "New"}),
        ("PUT", f"{TEAMS}/{house.cast.pumps.id}/members/{house.cast.nora.id}", {}),
        ("DELETE", f"{TEAMS}/{house.cast.pumps.id}/members/{house.cast.ada.id}", None),
    )
    lesser = house.api(house.cast.root, Scope.WRITE)
    stranger = house.stranger().client
    for method, address, body in calls:
        refused = lesser.request(method, address, json=body)
        assert (refused.status_code, error_of(refused)["code"]) == (403, "scope_missing")
        assert stranger.request(method, address, json=body).status_code == 401


def test_who_is_no_longer_administrator_manages_nothing(house: House) -> None:
    root = house.api(house.cast.root, Scope.ADMIN)
    root.patch(f"{PEOPLE}/{house.cast.kit.id}", json={"role": "administrator"})
    root.patch(f"{PEOPLE}/{house.cast.root.id}", json={"role": "member"})
    answer = root.post(TEAMS, json={"name": "New"})
    assert (answer.status_code, error_of(answer)["code"]) == (403, "forbidden")


def test_a_stranger_sees_nobody(house: House) -> None:
    stranger = house.stranger().client
    for address in (PEOPLE, f"{API}/me", TEAMS, f"{PEOPLE}/{house.cast.ada.id}"):
        assert stranger.get(address).status_code == 401


def test_who_or_what_is_not_there_is_not_found(house: House) -> None:
    ben = house.api(house.cast.ben)
    for address in (f"{PEOPLE}/{NOBODY}", f"{PEOPLE}/x", f"{TEAMS}/{NOBODY}", f"{TEAMS}/x"):
        answer = ben.get(address)
        assert (answer.status_code, error_of(answer)["code"]) == (404, "not_found")


def test_lists_ask_as_little_for_many_as_for_few(house: House) -> None:
    ben = house.api(house.cast.ben, Scope.READ)
    ben.get(PEOPLE)
    for address, most in ((PEOPLE, 2), (TEAMS, 2), (f"{TEAMS}/{house.cast.pumps.id}", 3)):
        with questions(house) as asked:
            ben.get(address, params={"per_page": 50} if address in (PEOPLE, TEAMS) else {})
        assert len(asked) <= most
