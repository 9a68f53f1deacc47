"""What came of a lesson for programs."""

import pytest

from app.auth.tokens import Scope
from tests.calls import API, error_of, questions
from tests.house_fixture import House

NEW = {"manner": "applied", "result": "better", "team": "Sales"}


def test_a_use_is_reported_changed_and_withdrawn(house: House) -> None:
    url = f"{API}/lessons/{house.post(house.cast.ada).lesson.id}"
    api = house.api(house.cast.otto)
    said = NEW | {"measure": "Leaks", "before": "12,5", "after": 3, "unit": "a month"}
    made = [api.post(f"{url}/uses", json=said) for _ in range(2)]
    assert [answer.status_code for answer in made] == [201, 201]
    use = made[0].json()
    assert made[1].json()["id"] == use["id"]
    assert (use["before"], use["after"], use["team"]["name"]) == (12.5, 3.0, "Sales")
    changed = api.patch(f"{url}/uses/{use['id']}", json={"result": "worse", "before": None}).json()
    assert (changed["result"], changed["before"], changed["measure"]) == ("worse", None, "Leaks")
    came = api.get(f"{url}/uses").json()
    assert (came["total"], came["uses"]) == (1, [changed])
    assert came["standing"]["in_words"] == "used by one other team, worse for them"
    assert came["teams"] == [{"id": use["team"]["id"], "name": "Sales", "uses": 1}]
    standing = api.get(url).json()["standing"]
    assert standing == came["standing"]
    assert (standing["reach"], standing["worse"], standing["used_on"]) == (1, 1, None)
    assert "effect" not in standing
    assert api.delete(f"{url}/uses/{use['id']}").status_code == 204
    assert api.get(url).json()["standing"]["reach"] == 0
    assert api.delete(f"{url}/uses/{use['id']}").status_code == 404


def test_it_happened_again_and_still_holds(house: House) -> None:
    url = f"{API}/lessons/{house.post(house.cast.ada).lesson.id}"
    api = house.api(house.cast.otto)
    told = {"broke": "used_and_failed", "cost": "a day", "happened_on": "2026-02-01"}
    empty = api.post(f"{url}/recurrences", json={"team": "Sales", "note": " "})
    assert (empty.status_code, list(error_of(empty)["fields"])) == (422, ["broke"])
    row = api.post(f"{url}/recurrences", json=told).json()
    assert told.items() <= row.items()
    first, second = (api.get(f"{url}/recurrences", params={"page": n}).json() for n in (1, 2))
    assert first == {"total": 1, "page": 1, "per_page": 20, "recurrences": [row]}
    assert (second["total"], second["recurrences"]) == (1, [])
    assert api.post(f"{url}/confirmations", json={"note": "In Malmö."}).status_code == 201
    came = api.get(f"{url}/uses").json()
    assert came["recurrences"] == [row]
    assert came["confirmations"][0]["confirmed_by"]["name"] == "Otto Example"
    assert came["standing"]["recurrences"] == 1
    assert api.delete(f"{url}/recurrences/{row['id']}").status_code == 204
    assert api.delete(f"{url}/confirmations").status_code == 204
    after = api.get(f"{url}/uses").json()
    assert (after["recurrences"], after["confirmations"]) == ([], [])


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"manner": "adapted"}, "note"),
        ({"manner": "applied", "used_on": "2026-12-24"}, "used_on"),
        ({"manner": "applied", "before": True, "measure": "Leaks"}, "before"),
        ({"manner": "applied", "before": "1e999"}, "before"),
        ({"manner": "applied", "team": "Valves"}, "team"),
        ({"manner": "applied", "colour": "red"}, "colour"),
    ],
)
def test_what_does_not_fit_is_refused_by_field(
    house: House, sent: dict[str, object], field: str
) -> None:
    url = f"{API}/lessons/{house.post(house.cast.ada).lesson.id}/uses"
    answer = house.api(house.cast.otto).post(url, json=sent)
    assert answer.status_code == 422
    assert list(error_of(answer)["fields"]) == [field]


def test_a_reader_reads_and_an_outsider_finds_nothing(house: House) -> None:
    shut = house.post(house.cast.ada, team="Pumps", visibility="team").lesson
    url = f"{API}/lessons/{shut.id}"
    assert house.api(house.cast.ben, Scope.READ).get(f"{url}/uses").status_code == 200
    assert house.api(house.cast.ben, Scope.READ).post(f"{url}/uses", json=NEW).status_code == 403
    outside = house.api(house.cast.otto)
    for path in ("uses", "recurrences", "confirmations"):
        assert outside.post(f"{url}/{path}", json=NEW).status_code in (404, 422)
    assert outside.get(f"{url}/uses").status_code == 404


def test_a_list_of_lessons_asks_no_more_for_what_came_of_them(house: House) -> None:
    api = house.api(house.cast.otto)
    for number in range(6):
        lesson = house.post(house.cast.ada, f"Lesson {number}").lesson
        if number == 0:
            with questions(house) as few:
                api.get(f"{API}/lessons")
        api.post(f"{API}/lessons/{lesson.id}/uses", json=NEW)
    with questions(house) as many:
        found = api.get(f"{API}/lessons").json()["lessons"]
    assert [lesson["standing"]["reach"] for lesson in found] == [1] * 6
    assert len(many) <= len(few)
