"""While the index cannot answer, the database does: same access, filters, order and totals."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.auth.tokens import Scope
from app.lessons.fallback import NOTICE
from app.people.models import Person
from tests.calls import API, questions
from tests.house_fixture import House
from tests.lessons.acting import retired, spoil

SEARCH = f"{API}/search"
Lose = Callable[[], None]


@pytest.fixture
def lose(house: House, tmp_path: Path) -> Lose:
    """Damages the index of the house."""
    return lambda: spoil(house.index, tmp_path / "data" / "index")


def _titles(program: TestClient, **query: object) -> list[str]:
    answer = program.get(SEARCH, params=query)
    assert answer.status_code == 200, answer.text
    assert answer.json()["notice"] == NOTICE
    assert answer.json()["total"] >= len(answer.json()["hits"])
    return [hit["title"] for hit in answer.json()["hits"]]


def _on_page(house: House, query: str) -> str:
    answer = house.browser(house.cast.otto).get(f"/search?{query}")
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize("how", ["damaged", "missing", "unreadable pointer"])
def test_search_goes_on_with_a_notice_whatever_happened_to_the_index(
    house: House, lose: Lose, tmp_path: Path, how: str
) -> None:
    house.post(house.cast.ada, "Loose screws", lesson="The inverter flickered.")
    ben, folder = house.api(house.cast.ben, Scope.READ), tmp_path / "data" / "index"
    assert ben.get(SEARCH, params={"q": "inverters"}).json()["notice"] is None
    if how == "damaged":
        lose()
    elif how == "missing":
        shutil.rmtree(folder)
    else:
        (folder / "current").write_bytes(b"[")
    assert _titles(ben, q="inverters") == ["Loose screws"]


def test_the_page_says_it_in_a_sentence_and_marks_the_passage(house: House, lose: Lose) -> None:
    house.post(house.cast.ada, "Loose screws", lesson="The inverter flickered.")
    assert NOTICE not in _on_page(house, "q=inverter")
    lose()
    text = _on_page(house, "q=inverter&kind=failure")
    assert NOTICE in text.partition('id="found"')[2]  # also in the part that htmx puts in
    assert "<mark>inverter</mark>" in text
    assert 'href="/search?q=inverter">' in text  # the filter can be taken out
    assert "facet__count" not in text


def test_any_word_is_enough_and_more_words_come_first_then_titles_then_the_newest(
    house: House, lose: Lose
) -> None:
    for title, lesson in (
        ("Valve", "It stuck."),
        ("Older", "A pump."),
        ("Newer", "A pump."),
        ("Pump", "It ran dry."),
        ("Both", "A pump and a valve."),
        ("Neither", "A crane."),
    ):
        house.post(house.cast.ada, title, lesson=lesson)
        house.clock.turn(hours=1)
    lose()
    found = _titles(house.api(house.cast.ben), q="what about the pump or valve")
    assert found == ["Both", "Pump", "Valve", "Newer", "Older"]


def test_filters_sort_pages_and_totals_are_right(house: House, lose: Lose) -> None:
    cast = house.cast
    house.post(cast.ada, "Seal one", team="Pumps", topics=["Prices"])
    house.clock.turn(days=2)
    house.post(cast.otto, "Seal two", kind="success", team="Sales", topics=["Prices"])
    house.clock.turn(days=2)
    house.post(cast.ben, "Seal three", kind="success", team="Pumps")
    lose()
    ben = house.api(cast.ben)
    assert _titles(ben, q="seal") == ["Seal three", "Seal two", "Seal one"]
    assert _titles(ben) == _titles(ben, sort="newest")
    assert _titles(ben, q="seal", sort="oldest") == ["Seal one", "Seal two", "Seal three"]
    assert _titles(ben, q="seal", kind="success", team="Pumps") == ["Seal three"]
    assert _titles(ben, topic="prices", team=["Sales", "Pumps"]) == ["Seal two", "Seal one"]
    assert _titles(ben, author=cast.ada.id) == ["Seal one"]
    assert _titles(ben, since="2026-03-04", until="2026-03-04") == ["Seal two"]
    assert _titles(ben, until="9999-12-31", since="2026-03-05") == ["Seal three"]
    second = ben.get(SEARCH, params={"q": "seal", "page": 2, "per_page": 2}).json()
    assert (second["total"], [hit["title"] for hit in second["hits"]]) == (3, ["Seal one"])
    beyond = ben.get(SEARCH, params={"q": "seal", "page": 9}).json()
    assert (beyond["total"], beyond["hits"]) == (3, [])


def test_retired_lessons_come_only_when_they_are_asked_for(house: House, lose: Lose) -> None:
    retired(house, house.post(house.cast.ada, "Screws").lesson.id, by=house.cast.ada)
    lose()
    ben = house.api(house.cast.ben)
    assert _titles(ben, q="screws") == []
    assert _titles(ben, q="screws", state="retired") == ["Screws"]
    assert ben.get(f"{API}/suggest", params={"q": "scr"}).json()["lessons"] == []


@pytest.mark.parametrize(
    "query",
    ["100% sure", "a_b", "back\\slash", 'title:"loose screws" -pump', "(" * 400, "*",
     "zz' OR 'zz'='zz", "x " * 500, "%", "\x00", "_"],
)  # fmt: skip
def test_no_character_is_an_operator(house: House, lose: Lose, query: str) -> None:
    house.post(house.cast.ada, "Plain", lesson="Nothing odd.")
    lose()
    assert _titles(house.api(house.cast.ben), q=query) == []


def test_what_looks_like_a_pattern_is_found_as_it_is_written(house: House, lose: Lose) -> None:
    house.post(house.cast.ada, "One", lesson="snake_case and ORA-00054")
    house.post(house.cast.ada, "Two", lesson="snakeXcase")
    house.post(house.cast.ada, "Three", lesson="배포가 멈췄다")
    lose()
    ben = house.api(house.cast.ben)
    assert _titles(ben, q="snake_case") == ["One"]
    assert _titles(ben, q="ora 00054") == ["One"]
    assert _titles(ben, q="배포") == ["Three"]


def test_completion_goes_on_and_knows_of_no_hidden_topic(house: House, lose: Lose) -> None:
    house.post(house.cast.ada, "Loose screws", topics=["Screwdrivers"])
    house.post(house.cast.ada, "Screws", topics=["Screw plans"], visibility="team", team="Pumps")
    lose()

    def said(person: Person, words: str) -> tuple[list[str], list[str]]:
        body = house.api(person).get(f"{API}/suggest", params={"q": words}).json()
        assert body["notice"] == NOTICE
        return [x["title"] for x in body["lessons"]], [x["name"] for x in body["topics"]]

    assert said(house.cast.otto, "lo scr") == (["Loose screws"], [])
    assert said(house.cast.otto, "screw") == (["Loose screws"], ["Screwdrivers"])
    assert said(house.cast.ben, "screw p") == ([], ["Screw plans"])
    assert said(house.cast.otto, "rews") == said(house.cast.otto, "") == ([], [])


def test_likeness_waits_for_the_index_and_says_so(house: House, lose: Lose) -> None:
    house.post(house.cast.ada, "Loose screws")
    lose()
    answer = house.api(house.cast.ben).post(f"{API}/similar", json={"title": "Loose screws"})
    nothing = {"lessons": [], "same": [], "notice": NOTICE}
    assert (answer.status_code, answer.json()) == (200, nothing)


def test_fifty_hidden_lessons_change_no_byte_of_an_outsiders_answers(
    house: House, lose: Lose
) -> None:
    house.post(house.cast.otto, "Screws in offers", team="Sales", topics=["Offers"])
    house.post(house.cast.otto, "Zirconium prices", team="Sales")
    lose()
    otto, page = house.api(house.cast.otto), house.browser(house.cast.otto)
    asked = ["", "screws", "zirconium", "quagga plans", "hidden", "offers zirconium"]

    def said() -> list[str]:
        calls = [otto.get(SEARCH, params={"q": q, "per_page": 1}) for q in asked]
        calls += [otto.get(f"{API}/suggest", params={"q": q[:5]}) for q in asked]
        calls += [page.get("/search", params={"q": q}) for q in asked]
        calls += [otto.get(SEARCH, params={"q": "screws", "topic": "Hidden"})]
        return [
            re.sub(r'"took_ms":[\d.]+|value="[^"]*"|content="[^"]*"', "", c.text) for c in calls
        ]

    before = said()
    for number in range(50):
        house.post(
            house.cast.ada,
            f"Zirconium screws {number}",
            lesson="Quagga plans.",
            team="Pumps",
            visibility="team" if number % 5 else "draft",
            topics=["Hidden", "Offers"],
        )
    lose()
    assert said() == before
    assert len(_titles(house.api(house.cast.ben), q="quagga", per_page=50)) == 40


def test_the_number_of_questions_does_not_grow_with_what_is_found(house: House, lose: Lose) -> None:
    house.post(house.cast.ada, "Seal", team="Pumps", topics=["Seals"])
    lose()
    ben = house.api(house.cast.ben)
    _titles(ben)  # the first use of a token is noted
    with questions(house) as few:
        assert len(_titles(ben, q="seal")) == 1
    for number in range(9):
        house.post(house.cast.ada, f"Seal {number}", team="Pumps", topics=[f"Topic {number}"])
    lose()
    with questions(house) as many:
        assert len(_titles(ben, q="seal")) == 10
    assert len(many) == len(few)
