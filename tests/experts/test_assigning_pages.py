"""Asking somebody to write what is wanted, and who sees that they are asked."""

import re

from httpx2 import Response

from app.people.models import Person
from tests.calls import API, error_of, questions
from tests.experts.test_assigning import want
from tests.house_fixture import House


def ask(house: House, by: Person, want_id: str, whom: str) -> Response:
    return house.browser(by).send(f"/wanted/{want_id}/assignments", {"person": whom})


def asked(house: House, looking: Person, want_id: str) -> list[str]:
    """Who was asked by whom, as this person reads it."""
    page = house.browser(looking).get(f"/wanted/{want_id}").text
    part = page.partition('id="asked"')[2].partition("</section>")[0]
    return re.findall(r'href="/people/\w+">(\w+) Example</a> <span[^>]*>asked by (\w+)', part)


def test_everybody_sees_who_was_asked_until_it_is_answered(house: House) -> None:
    cast = house.cast
    house.post(cast.otto, "Balloons leak")
    want_id = want(house, cast.nora)
    page = ask(house, cast.mara, want_id, cast.otto.id)
    assert "They are told that you ask them." in page.text
    assert asked(house, cast.mara, want_id) == [("Otto", "you")]
    assert asked(house, cast.ada, want_id) == [("Otto", "Mara")]
    assert "Mara Example asks you" in house.browser(cast.otto).get("/wanted").text
    refused = ask(house, cast.ada, want_id, cast.otto.id)
    assert refused.status_code == 409
    assert "Somebody has asked them" in refused.text
    nobody = ask(house, cast.nora, want_id, cast.kit.id)
    assert nobody.status_code == 422
    assert 'href="#person"' in nobody.text
    lesson = house.post(cast.otto, "Balloons at sea drift", author_mode="protected").lesson
    house.browser(cast.nora).send(f"/wanted/{want_id}/answer", {"lesson": lesson.id})
    page = house.browser(cast.ada).get(f"/wanted/{want_id}")
    assert "Answered by" in page.text
    assert "Otto" not in page.text
    assert "asks you" not in house.browser(cast.otto).get("/wanted").text


def test_it_is_taken_back_by_whoever_asked(house: House) -> None:
    cast = house.cast
    house.post(cast.otto, "Balloons leak")
    want_id = want(house, cast.nora)
    ask(house, cast.mara, want_id, cast.otto.id)
    address, fields = f"/wanted/{want_id}/assignments/removal", {"person": cast.otto.id}
    assert house.browser(cast.ada).send(address, fields).status_code == 404
    assert house.browser(cast.mara).send(address, fields).status_code == 200
    assert asked(house, cast.ada, want_id) == []


def test_a_want_asks_the_database_a_flat_number_of_questions(house: House) -> None:
    cast = house.cast
    house.post(cast.otto, "Balloons leak")
    want_id = want(house, cast.nora)
    mara, asked_for = house.browser(cast.mara), []
    for person in (cast.otto, cast.ada, cast.ben):
        ask(house, cast.mara, want_id, person.id)
        with questions(house) as some:
            mara.get(f"/wanted/{want_id}")
        asked_for.append(len(some))
        house.post(person, f"Balloons of {person.name}")
    assert len(set(asked_for)) == 1, asked_for
    assert asked_for[0] <= 8, asked_for


def test_a_program_asks_and_lets_off_as_a_person_does(house: House) -> None:
    cast = house.cast
    house.post(cast.otto, "Balloons leak")
    address = f"{API}/wanted/{want(house, cast.nora)}/assignments"
    mara, ada = house.api(cast.mara), house.api(cast.ada)
    made = mara.post(address, json={"person_id": cast.otto.id})
    assert made.status_code == 201
    (given,) = ada.get(address).json()["assignments"]
    assert (given["person"]["name"], given["by"]["id"]) == ("Otto Example", cast.mara.id)
    twice = ada.post(address, json={"person_id": cast.otto.id})
    assert (twice.status_code, error_of(twice)["code"]) == (409, "asked_already")
    assert ada.delete(f"{address}/{cast.otto.id}").status_code == 404
    assert mara.delete(f"{address}/{cast.otto.id}").status_code == 204
    assert ada.get(address).json() == {"assignments": []}
