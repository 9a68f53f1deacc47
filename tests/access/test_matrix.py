"""Every role meets every route: pages, parts of pages and calls answer as the table says."""

from typing import Any

import pytest
from fastapi import FastAPI
from httpx2 import Response

from tests.access.matrix import MATRIX, ROLES
from tests.access.stage import Stage
from tests.house.addresses import signed_addresses
from tests.house_fixture import House
from tests.routes import Route, every_route

_DONE = (200, 201, 204, 303)
READING = [row for row in MATRIX if row.startswith("GET ")]


def _route(row: str) -> Route:
    method, _, path = row.partition(" ")
    return Route(path, method)


def _outcome(answer: Response) -> str:
    """The word of the table for an answer."""
    location = answer.headers.get("location") or answer.headers.get("hx-redirect") or ""
    if answer.status_code == 401 or location.startswith("/sign-in"):
        return "in"
    return "ok" if answer.status_code in _DONE else str(answer.status_code)


def test_every_route_has_its_row_in_the_table(house: House) -> None:
    routes = {str(route) for route in every_route(house.app)}
    missing, gone = sorted(routes - set(MATRIX)), sorted(set(MATRIX) - routes)
    assert not missing, f"Say in tests/access/matrix.py who may do this: {'; '.join(missing)}"
    assert not gone, f"tests/access/matrix.py speaks of routes that are gone: {'; '.join(gone)}"


def _outcomes(stage: Stage, row: str, **more: Any) -> dict[str, dict[str, str]]:
    """What every role is told on every line. Those who are refused go first, so that what one does
    does not change what the next finds."""
    return {
        line: {
            role: _outcome(stage.ask(_route(row), role, line, **more))
            for role in sorted(ROLES, key=lambda role: expected[role] == "ok")
        }
        for line, expected in MATRIX[row].lines.items()
    }


@pytest.mark.parametrize("row", READING)
def test_each_role_sees_what_the_table_says(standing: Stage, row: str) -> None:
    assert _outcomes(standing, row) == MATRIX[row].lines


@pytest.mark.parametrize("row", [row for row in READING if "/api/" not in row])
def test_a_part_of_a_page_is_guarded_like_the_whole(standing: Stage, row: str) -> None:
    assert _outcomes(standing, row, headers={"HX-Request": "true"}) == MATRIX[row].lines


@pytest.mark.parametrize("row", [row for row in MATRIX if row not in READING])
def test_each_role_does_what_the_table_says(house: House, row: str) -> None:
    assert _outcomes(Stage(house), row) == MATRIX[row].lines


def _unsafe_pages(app: FastAPI) -> list[Route]:
    signed = set(signed_addresses())  # carry another proof: tests/kit/test_sealed.py
    return [
        route
        for route in every_route(app)
        if route.changes and not route.for_programs and (route.method, route.path) not in signed
    ]


def test_nothing_is_changed_without_the_token_of_our_own_pages(house: House) -> None:
    stage = Stage(house)
    browser = house.browser(house.cast.root)
    assert browser.token  # the browser has its cookie, but the token is not sent
    for route in _unsafe_pages(house.app):
        line = next(iter(MATRIX[str(route)].lines))
        url = route.path.format(**stage.address(route, line))
        for sent in ({}, {"csrf_token": ""}, {"csrf_token": "x" * 51}):
            answer = browser.client.post(url, data=sent, follow_redirects=False)
            assert answer.status_code == 403, f"{route} with {sent}"


def test_nothing_is_changed_from_another_site(house: House) -> None:
    stage = Stage(house)
    for route in _unsafe_pages(house.app):
        line = next(iter(MATRIX[str(route)].lines))
        answer = stage.ask(route, "administrator", line, headers={"Origin": "https://evil.example"})
        assert answer.status_code == 403, str(route)


def test_nobody_elses_token_is_taken(house: House) -> None:
    mine, theirs = house.browser(house.cast.ada), house.browser(house.cast.ben)
    assert mine.token
    answer = mine.client.post("/lessons", data={"csrf_token": theirs.token})
    assert answer.status_code == 403
