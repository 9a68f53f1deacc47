"""Tokens for programs."""

import pytest

from app.auth.tokens import Scope
from tests.calls import API, error_of
from tests.house_fixture import House

TOKENS = f"{API}/tokens"


def test_a_token_makes_another_that_works_and_is_shown_once(house: House) -> None:
    ada = house.api(house.cast.ada)
    answer = ada.post(TOKENS, json={"name": "nightly", "scopes": ["read"], "days": 7})
    made = answer.json()
    assert answer.status_code == 201
    assert made["token"].startswith(made["prefix"])
    assert made["expires_at"].startswith("2026-03-09")
    listed = ada.get(TOKENS).json()["tokens"]
    assert {token["name"] for token in listed} == {"nightly", "test"}
    assert made["token"] not in ada.get(TOKENS).text
    other = house.stranger().client
    other.headers["Authorization"] = f"Bearer {made['token']}"
    assert other.get(f"{API}/me").json()["id"] == house.cast.ada.id


@pytest.mark.parametrize(("held", "wanted"), [(Scope.WRITE, "admin"), (Scope.WRITE, "write admin")])
def test_a_token_gives_no_more_than_it_has(house: House, held: Scope, wanted: str) -> None:
    root = house.api(house.cast.root, held)
    answer = root.post(TOKENS, json={"name": "more", "scopes": wanted.split()})
    assert (answer.status_code, error_of(answer)["code"]) == (422, "scope_refused")
    assert error_of(answer)["fields"].keys() == {"scopes"}


def test_an_administrators_admin_token_gives_every_scope(house: House) -> None:
    root = house.api(house.cast.root, Scope.ADMIN)
    answer = root.post(TOKENS, json={"name": "all", "scopes": ["admin", "read"]})
    assert answer.json()["scopes"] == ["read", "admin"]


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"scopes": ["read"]}, "name"),
        ({"name": "x", "scopes": []}, "scopes"),
        ({"name": "x", "scopes": ["all"]}, "scopes.0"),
        ({"name": "x", "scopes": ["read"], "days": 10**30}, "days"),
        ({"name": "x", "scopes": ["read"], "days": True}, "days"),
        ({"name": "x", "scopes": ["read"], "person": "ada"}, "person"),
    ],
)
def test_a_token_that_cannot_be_made_says_where(
    house: House, sent: dict[str, object], field: str
) -> None:
    answer = house.api(house.cast.ada).post(TOKENS, json=sent)
    assert answer.status_code == 422
    assert error_of(answer)["fields"].keys() == {field}


def test_a_token_can_be_ended_by_its_owner_alone(house: House) -> None:
    ada, ben = house.api(house.cast.ada), house.api(house.cast.ben)
    made = ada.post(TOKENS, json={"name": "x", "scopes": ["read"]}).json()
    assert ben.delete(f"{TOKENS}/{made['id']}").status_code == 404
    assert ada.delete(f"{TOKENS}/{made['id']}").status_code == 204
    other = house.stranger().client
    other.headers["Authorization"] = f"Bearer {made['token']}"
    assert other.get(TOKENS).status_code == 401


def test_a_token_may_end_itself(house: House) -> None:
    ada = house.api(house.cast.ada)
    own = ada.get(TOKENS).json()["tokens"][0]
    assert ada.delete(f"{TOKENS}/{own['id']}").status_code == 204
    assert ada.get(TOKENS).status_code == 401


def test_a_reading_token_makes_none_and_a_stranger_sees_none(house: House) -> None:
    sent = {"name": "x", "scopes": ["read"]}
    reading = house.api(house.cast.ada, Scope.READ).post(TOKENS, json=sent)
    assert (reading.status_code, error_of(reading)["code"]) == (403, "scope_missing")
    stranger = house.stranger().client
    assert stranger.get(TOKENS).status_code == stranger.post(TOKENS, json=sent).status_code == 401


@pytest.mark.parametrize("sent", ["", "Bearer", "Bearer cp_x", "Basic YTpi", "Bearer é"])
def test_what_is_no_token_is_refused_in_the_one_form(house: House, sent: str) -> None:
    answer = house.stranger().client.get(TOKENS, headers={"Authorization": sent.encode()})
    assert (answer.status_code, error_of(answer)["code"]) == (401, "sign_in_needed")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_an_expired_token_no_longer_works(house: House) -> None:
    ada = house.api(house.cast.ada)
    house.clock.turn(days=366)
    assert ada.get(TOKENS).status_code == 401
