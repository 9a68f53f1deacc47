"""Topics for programs."""

import pytest

from app.auth.tokens import Scope
from tests.calls import API, error_of, questions
from tests.house_fixture import House

TOPICS = f"{API}/topics"


def topic_id(house: House, name: str) -> str:
    known = house.api(house.cast.ada, Scope.READ).get(TOPICS).json()["topics"]
    return next(topic["id"] for topic in known if topic["name"] == name)


def test_topics_are_listed_with_how_many_lessons_one_may_read(house: House) -> None:
    house.post(house.cast.ada, topics=["Screws", "Power"])
    house.post(house.cast.ada, "More", topics=["Screws"], visibility="team", team="Pumps")
    body = house.api(house.cast.otto, Scope.READ).get(TOPICS).json()
    assert [(topic["name"], topic["lessons"]) for topic in body["topics"]] == [
        ("Power", 1),
        ("Screws", 1),
    ]
    assert body["total"] == 2
    own = house.api(house.cast.ben).get(f"{TOPICS}/{topic_id(house, 'Screws')}").json()
    assert (own["lessons"], own["synonyms"]) == (2, [])


def test_a_topic_that_only_hidden_lessons_have_is_not_there(house: House) -> None:
    house.post(house.cast.ada, topics=["Hidden"], visibility="team", team="Pumps")
    address = f"{TOPICS}/{topic_id(house, 'Hidden')}"
    otto, kit = house.api(house.cast.otto), house.api(house.cast.kit)
    assert otto.get(TOPICS).json()["topics"] == []
    assert otto.get(address).status_code == 404
    assert kit.patch(address, json={"name": "Seen"}).status_code == 404


def test_a_curator_renames_a_topic_and_gives_it_synonyms(house: House) -> None:
    house.post(house.cast.ada, topics=["Screws"])
    kit, address = house.api(house.cast.kit), f"{TOPICS}/{topic_id(house, 'Screws')}"
    body = kit.patch(address, json={"synonyms": ["Bolts", "bolts", "Fasteners"]}).json()
    assert (body["name"], body["synonyms"]) == ("Screws", ["bolts", "Fasteners"])
    renamed = kit.patch(address, json={"name": "Fixings"}).json()
    assert (renamed["name"], renamed["synonyms"]) == ("Fixings", ["bolts", "Fasteners"])
    house.follow()
    search = kit.get(f"{API}/search", params={"topic": "Bolts"}).json()
    assert search["total"] == 1


def test_a_word_means_one_topic_only(house: House) -> None:
    house.post(house.cast.ada, topics=["Screws", "Power"])
    answer = house.api(house.cast.kit).patch(
        f"{TOPICS}/{topic_id(house, 'Screws')}", json={"synonyms": ["power"]}
    )
    assert (answer.status_code, error_of(answer)["code"]) == (409, "topic_word_taken")
    assert error_of(answer)["fields"].keys() == {"synonyms"}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": "-"}, "name"),
        ({"name": ""}, "name"),
        ({"words": []}, "words"),
        ({"name": "x" * 81}, "name"),
    ],
)
def test_words_that_cannot_be_taken_say_where(
    house: House, change: dict[str, object], field: str
) -> None:
    house.post(house.cast.ada, topics=["Screws"])
    address = f"{TOPICS}/{topic_id(house, 'Screws')}"
    answer = house.api(house.cast.kit).patch(address, json=change)
    assert answer.status_code == 422
    assert error_of(answer)["fields"].keys() == {field}


def test_a_long_word_that_folding_makes_longer_is_taken(house: House) -> None:
    house.post(house.cast.ada, topics=["Screws"])
    address = f"{TOPICS}/{topic_id(house, 'Screws')}"
    answer = house.api(house.cast.kit).patch(address, json={"name": "ß" * 80})
    assert (answer.status_code, answer.json()["name"]) == (200, "ß" * 80)


def test_only_curators_with_a_writing_token_change_topics(house: House) -> None:
    house.post(house.cast.ada, topics=["Screws"])
    address, change = f"{TOPICS}/{topic_id(house, 'Screws')}", {"json": {"name": "Bolts"}}
    author = house.api(house.cast.ada).patch(address, **change)
    reading = house.api(house.cast.kit, Scope.READ).patch(address, **change)
    assert (author.status_code, error_of(author)["code"]) == (403, "forbidden")
    assert (reading.status_code, error_of(reading)["code"]) == (403, "scope_missing")
    assert house.stranger().client.get(TOPICS).status_code == 401


def test_many_topics_ask_as_little_as_few(house: House) -> None:
    mara = house.api(house.cast.mara, Scope.READ)
    mara.get(TOPICS)
    counts = []
    for upto in (3, 30):
        house.post(house.cast.ada, f"To {upto}", topics=[f"T{n}" for n in range(upto)])
        with questions(house) as asked:
            mara.get(TOPICS, params={"per_page": 50})
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 8
