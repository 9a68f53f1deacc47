"""Lessons with the names that go with them."""

from app.lessons.cards import Card, cards, view_of
from app.lessons.models import Lesson
from tests.house_fixture import House


def _card(house: House, lesson_id: str) -> Card:
    with house.reading() as session:
        return cards(session, [session.get_one(Lesson, lesson_id)])[0]


def test_a_card_has_author_team_and_topics_in_the_authors_order(house: House) -> None:
    lesson = house.post(house.cast.ada, team="Pumps", topics=["zinc", "alloys"]).lesson
    card = _card(house, lesson.id)
    assert (card.byline, card.team and card.team.name) == ("Ada Example", "Pumps")
    assert [topic.name for topic in card.topics] == ["zinc", "alloys"]
    assert (card.url, card.shared_with) == (f"/lessons/{lesson.id}", "organisation")


def test_a_protected_authors_card_has_no_author(house: House) -> None:
    posted = house.post(house.cast.ada, author_mode="protected").lesson
    draft = house.post(house.cast.ada, "Draft", author_mode="protected", visibility="draft").lesson
    for lesson_id in (posted.id, draft.id):
        card = _card(house, lesson_id)
        assert (card.author, card.byline) == (None, "protected author")


def test_cards_keep_the_order_of_the_lessons(house: House) -> None:
    rows = [house.post(house.cast.ada, f"Lesson {number}").lesson for number in (2, 0, 1)]
    with house.reading() as session:
        assert [card.title for card in cards(session, rows)] == ["Lesson 2", "Lesson 0", "Lesson 1"]
        assert cards(session, []) == []


def test_programs_read_no_trace_of_a_protected_author(house: House) -> None:
    posted = house.post(house.cast.ada, author_mode="protected", team="Pumps")
    view = view_of(_card(house, posted.lesson.id), "https://commonplace.example")
    said = view.model_dump_json()
    assert (view.author, view.author_mode) == (None, "protected")
    assert view.url == f"https://commonplace.example/lessons/{posted.lesson.id}"
    for secret in (house.cast.ada.id, house.cast.ada.name, house.cast.ada.email, "claim"):
        assert secret not in said
