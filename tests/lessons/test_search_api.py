"""Search, suggestions and likeness for programs."""

import pytest

from app.auth.tokens import Scope
from app.lessons.access import reader
from app.lessons.finding import Asked, find
from tests.calls import API, error_of, questions
from tests.house_fixture import House
from tests.lessons.acting import retired

SEARCH = f"{API}/search"


def test_a_lesson_is_found_by_its_words(house: House) -> None:
    posted = house.post(
        house.cast.ada,
        "Loose screws let the inverter flicker",
        team="Pumps",
        topics=["Screws"],
        recommendation="Use **thread lock** on every screw.",
        occurred_on="2026-02-14",
        external_id="P-7",
    )
    body = house.api(house.cast.otto, Scope.READ).get(SEARCH, params={"q": "screws"}).json()
    hit = body["hits"][0]
    assert (body["total"], body["page"], body["per_page"], body["suggestion"]) == (1, 1, 10, None)
    assert body["took_ms"] > 0
    assert hit["url"] == f"http://127.0.0.1:8000/lessons/{posted.lesson.id}"
    assert (hit["external_id"], hit["team"], hit["topics"]) == ("P-7", "Pumps", ["Screws"])
    assert (hit["kind"], hit["state"], hit["occurred_on"]) == ("failure", "posted", "2026-02-14")
    assert hit["author"] == {"id": house.cast.ada.id, "name": house.cast.ada.name}
    assert hit["snippet"] == "Use thread lock on every screw."
    assert [hit["snippet"][start:end] for start, end in hit["marks"]] == ["screw"]


def test_facets_count_what_each_value_would_give(house: House) -> None:
    house.post(house.cast.ada, "Screws in pumps", team="Pumps", topics=["Screws"])
    house.post(house.cast.otto, "Screws in offers", kind="success", team="Sales")
    answer = house.api(house.cast.ben).get(SEARCH, params={"q": "screws", "kind": "failure"})
    body = answer.json()
    assert [hit["title"] for hit in body["hits"]] == ["Screws in pumps"]
    assert body["facets"]["kind"] == [
        {"value": "failure", "label": "Failure", "count": 1},
        {"value": "success", "label": "Success", "count": 1},
    ]
    assert body["facets"]["team"] == [{"value": house.cast.pumps.id, "label": "Pumps", "count": 1}]
    assert [value["label"] for value in body["facets"]["topic"]] == ["Screws"]
    assert body["facets"]["state"] == [{"value": "posted", "label": "Observation", "count": 1}]


def test_filters_take_names_and_ids_and_may_be_repeated(house: House) -> None:
    cast = house.cast
    house.post(cast.ada, "In pumps", team="Pumps", topics=["Screws"])
    house.clock.turn(days=2)
    house.post(cast.otto, "In sales", kind="success", team="Sales", topics=["Prices"])
    ben = house.api(cast.ben)

    def titles(**query: object) -> list[str]:
        return [hit["title"] for hit in ben.get(SEARCH, params=query).json()["hits"]]

    assert titles(team="pumps") == titles(team=cast.pumps.id) == ["In pumps"]
    assert titles(team=["Pumps", cast.sales.id], sort="oldest") == ["In pumps", "In sales"]
    assert titles(topic="PRICES") == titles(kind="success") == ["In sales"]
    assert titles(author=cast.ada.id) == titles(author="ada@northwind.example") == ["In pumps"]
    assert titles(since="2026-03-03") == ["In sales"]
    assert titles(until="2026-03-03") == ["In pumps"]
    assert titles(page=2, per_page=1, sort="newest") == ["In pumps"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"team": "Nobody"}, "team"),
        ({"topic": "Nothing"}, "topic"),
        ({"author": "nobody@northwind.example"}, "author"),
        ({"kind": "disaster"}, "kind.0"),
        ({"since": "yesterday"}, "since"),
        ({"until": "0"}, "until"),
        ({"page": "0"}, "page"),
        ({"per_page": "51"}, "per_page"),
        ({"teams": "Pumps"}, "teams"),
        ({"author": "\x00"}, "author"),
    ],
)
def test_a_query_that_cannot_be_answered_says_where(
    house: House, query: dict[str, str], field: str
) -> None:
    answer = house.api(house.cast.ben).get(SEARCH, params=query)
    assert answer.status_code == 422
    assert error_of(answer)["fields"].keys() == {field}


def test_without_a_token_nothing_is_found(house: House) -> None:
    stranger = house.stranger().client
    for answer in (
        stranger.get(SEARCH),
        stranger.get(f"{API}/suggest"),
        stranger.post(f"{API}/similar", json={"title": "x"}),
    ):
        assert (answer.status_code, error_of(answer)["code"]) == (401, "sign_in_needed")


def test_a_team_only_lesson_is_in_no_answer_to_an_outsider(house: House) -> None:
    otto, before = house.api(house.cast.otto), {}
    house.post(house.cast.otto, "Screws in offers", team="Sales")
    calls = {
        "search": lambda: otto.get(SEARCH, params={"q": "screws"}),
        "all": lambda: otto.get(SEARCH),
        "misspelt": lambda: otto.get(SEARCH, params={"q": "zirconiun"}),
        "suggest": lambda: otto.get(f"{API}/suggest", params={"q": "zir"}),
        "similar": lambda: otto.post(f"{API}/similar", json={"title": "Zirconium screws"}),
        "topic": lambda: otto.get(SEARCH, params={"topic": "Zirconium"}),
    }

    def said() -> dict[str, object]:
        bodies = {name: call().json() for name, call in calls.items()}
        return {
            name: {k: v for k, v in body.items() if k != "took_ms"} for name, body in bodies.items()
        }

    before = said()
    house.post(
        house.cast.ada,
        "Zirconium screws broke",
        visibility="team",
        team="Pumps",
        topics=["Zirconium"],
    )
    assert said() == before
    ben = house.api(house.cast.ben)
    assert ben.get(SEARCH, params={"q": "zirconium"}).json()["total"] == 1
    assert ben.get(f"{API}/suggest", params={"q": "zir"}).json()["lessons"]


def test_retired_lessons_come_only_when_asked_for(house: House) -> None:
    posted = house.post(house.cast.ada, "Screws came loose")
    retired(house, posted.lesson.id, by=house.cast.ada)
    ben = house.api(house.cast.ben)
    assert ben.get(SEARCH, params={"q": "screws"}).json()["total"] == 0
    asked = ben.get(SEARCH, params={"q": "screws", "state": "retired"}).json()
    assert [hit["state"] for hit in asked["hits"]] == ["retired"]
    assert ben.get(f"{API}/suggest", params={"q": "scr"}).json()["lessons"] == []
    assert ben.post(f"{API}/similar", json={"title": "Screws came loose"}).json()["lessons"] == []


def test_what_the_index_has_not_heard_of_is_not_answered(house: House) -> None:
    posted = house.post(house.cast.ada, "Screws came loose", team="Pumps")
    house.api(house.cast.ada).patch(
        f"{API}/lessons/{posted.lesson.id}", json={"visibility": "team"}, headers={"If-Match": "1"}
    )
    body = house.api(house.cast.otto).get(SEARCH, params={"q": "screws"}).json()
    assert (body["total"], body["hits"]) == (0, [])


def test_a_misspelt_word_brings_a_suggestion(house: House) -> None:
    for number in range(3):
        house.post(house.cast.ada, f"Inverter number {number}")
    body = house.api(house.cast.ben).get(SEARCH, params={"q": "invertre"}).json()
    assert body["suggestion"] == "inverter"


def test_as_you_type_brings_lessons_and_topics(house: House) -> None:
    posted = house.post(house.cast.ada, "Screws came loose", topics=["Screw locking"])
    body = house.api(house.cast.ben).get(f"{API}/suggest", params={"q": "scr"}).json()
    assert [lesson["id"] for lesson in body["lessons"]] == [posted.lesson.id]
    assert [topic["name"] for topic in body["topics"]] == ["Screw locking"]
    topic = body["topics"][0]
    assert topic["url"] == f"http://127.0.0.1:8000/topics/{topic['id']}"


def test_lessons_like_a_draft_without_the_draft_itself(house: House) -> None:
    titles = (
        "Loose screws in the inverter",
        "A paint that peeled",
        "A valve that stuck",
        "An offer sent too late",
        "A pump that ran dry",
        "A seal that leaked",
    )
    first, *_ = [house.post(house.cast.ada, title).lesson for title in titles]
    ben, draft = house.api(house.cast.ben), {"title": "Screws", "happened": "The inverter shook"}
    alike = ben.post(f"{API}/similar", json=draft).json()["lessons"]
    assert alike[0]["id"] == first.id
    without = ben.post(f"{API}/similar", json=draft | {"exclude": [first.id]}).json()["lessons"]
    assert first.id not in [lesson["id"] for lesson in without]


@pytest.mark.parametrize(
    ("body", "field"),
    [({}, "title"), ({"title": "x", "exclude": ["x"]}, "exclude.0"), ({"title": "x", "y": 1}, "y")],
)
def test_a_draft_that_cannot_be_compared_says_where(
    house: House, body: dict[str, object], field: str
) -> None:
    answer = house.api(house.cast.ben).post(f"{API}/similar", json=body)
    assert answer.status_code == 422
    assert error_of(answer)["fields"].keys() == {field}


@pytest.mark.parametrize("person", ["ben", "mara"])
def test_a_long_answer_asks_as_little_as_a_short_one(house: House, person: str) -> None:
    for number in range(50):
        house.post(house.cast.ada, f"Screws {number}", topics=[f"T{number}"], team="Pumps")
    client = house.api(house.cast.people[person], Scope.READ)
    client.get(SEARCH)
    counts = []
    for per_page in (5, 50):
        with questions(house) as asked:
            body = client.get(SEARCH, params={"q": "screws", "per_page": per_page}).json()
        assert len(body["hits"]) == per_page
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 8


def test_finding_asks_at_most_five_questions(house: House) -> None:
    house.post(house.cast.ada, topics=["Screws"], team="Pumps")
    with house.reading() as session:
        who = reader(session, house.cast.mara)
        with questions(house) as asked:
            find(session, house.index, who, Asked(text="screws"))
    assert len(asked) <= 5


def test_a_chosen_value_that_finds_nothing_can_be_unchosen(house: House) -> None:
    house.post(house.cast.ada, "Screws came loose", team="Pumps", topics=["Screws"])
    with house.reading() as session:
        who = reader(session, house.cast.ben)
        asked = Asked(text="screws", kinds=("success",), teams=(house.cast.sales.id,))
        answer = find(session, house.index, who, asked)
    assert answer.total == 0
    assert [(v.value, v.count) for v in answer.facets["kind"] if v.chosen] == [("success", 0)]
    assert [(v.label, v.count) for v in answer.facets["team"] if v.chosen] == [("Sales", 0)]


def test_a_topic_that_finds_nothing_is_named_only_if_everyone_may_know_of_it(
    house: House,
) -> None:
    posted = house.post(house.cast.ada, visibility="team", team="Pumps", topics=["Hidden"])
    address = f"{API}/topics"
    topic = house.api(house.cast.ada).get(address).json()["topics"][0]
    assert topic["name"] == "Hidden"
    assert posted.lesson.team_id == house.cast.pumps.id
    with house.reading() as session:
        who = reader(session, house.cast.otto)
        answer = find(session, house.index, who, Asked(topics=(topic["id"],)))
    assert answer.facets["topic"] == []


def test_people_are_suggested_by_name_unless_they_are_protected(house: House) -> None:
    cast = house.cast
    house.post(cast.ada, "Loose screws")
    first_name = cast.ada.name.split()[0]
    body = house.api(cast.ben).get(f"{API}/suggest", params={"q": first_name.lower()[:3]}).json()
    assert [person["name"] for person in body["people"]] == [cast.ada.name]
    assert body["people"][0]["url"].endswith(f"/people/{cast.ada.id}")


def test_a_draft_in_the_same_words_says_the_same_again(house: House) -> None:
    text = "Nobody had specified a torque for the screws that hold the power module in its place"
    old = house.post(house.cast.ada, "Loose screws", happened=text)
    api = house.api(house.cast.ben)
    again = api.post(f"{API}/similar", json={"title": "Screws", "happened": text}).json()
    assert again["same"] == [old.lesson.id]
    alike = api.post(f"{API}/similar", json={"title": "Loose screws of a module"}).json()
    assert [line["id"] for line in alike["lessons"]] == [old.lesson.id]
    assert alike["same"] == []
