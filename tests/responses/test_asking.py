"""Questions under a lesson and the answers to them."""

import re

import pytest
from sqlmodel import select

from app.events.models import Event
from app.people.models import Person
from app.responses.models import Answer, Question
from app.responses.schemas import LONGEST_TEXT
from tests.house_fixture import Browser, House
from tests.lessons.acting import retired


class Asking:
    """A lesson of ada's, and people who talk about it."""

    def __init__(self, house: House, **content: str):
        self.house = house
        self.posted = house.post(house.cast.ada, "Loose screws", **content)
        self.url = f"/lessons/{self.posted.lesson.id}"

    def ask(self, by: Person, text: str = "Does it hold for **brass**?") -> str:
        self.house.clock.turn(seconds=1)
        answer = self.house.browser(by).send(f"{self.url}/questions", {"text": text})
        assert answer.status_code == 200
        return self.questions()[-1].id

    def answer(self, by: Person | Browser, question_id: str, text: str = "It does.") -> str:
        browser = by if isinstance(by, Browser) else self.house.browser(by)
        answer = browser.send(f"{self.url}/questions/{question_id}/answers", {"text": text})
        assert answer.status_code == 200
        return self.answers()[-1].id

    def questions(self) -> list[Question]:
        with self.house.reading() as session:
            return list(session.exec(select(Question).order_by(Question.asked_at)))

    def answers(self) -> list[Answer]:
        with self.house.reading() as session:
            return list(session.exec(select(Answer).order_by(Answer.answered_at)))

    def events(self) -> list[tuple[str, str | None]]:
        with self.house.reading() as session:
            said = Event.subject_kind.in_(["question", "answer"])
            found = list(session.exec(select(Event).where(said)))
        assert {event.facts["lesson_id"] for event in found} == {self.posted.lesson.id}
        return sorted((event.kind, event.actor_id) for event in found)

    def page(self, person: Person) -> str:
        return self.house.browser(person).get(self.url).text.partition("<main")[2]

    def claimed(self) -> Browser:
        browser = self.house.browser(self.house.cast.ada)
        browser.send(f"{self.url}/claim", {"claim_code": self.posted.claim_code})
        return browser


@pytest.fixture
def talk(house: House) -> Asking:
    return Asking(house)


def test_a_question_is_asked_by_name_and_answered_on_the_page(talk: Asking) -> None:
    cast = talk.house.cast
    assert "Nobody has asked anything yet." in talk.page(cast.otto)
    assert "Ada Example is told" in talk.page(cast.otto)
    question = talk.ask(cast.ben)
    talk.house.clock.turn(hours=1)
    talk.answer(cast.ada, question)
    talk.answer(cast.otto, question, "Not with us.\n\n<script>alert(1)</script>")
    page = talk.page(cast.mara)
    assert "Does it hold for <strong>brass</strong>?" in page
    assert "Ben Example</a> asked" in page
    assert "Ada Example</a>, the author, answered" in page
    assert "Otto Example</a> answered" in page
    assert "<script>alert" not in page
    assert talk.events() == [
        *sorted([("answer.given", cast.ada.id), ("answer.given", cast.otto.id)]),
        ("question.asked", cast.ben.id),
    ]


def test_a_form_sent_twice_says_it_once(talk: Asking) -> None:
    for _ in range(2):
        question = talk.ask(talk.house.cast.ben)
    for _ in range(2):
        talk.answer(talk.house.cast.ada, question)
    assert (len(talk.questions()), len(talk.answers())) == (1, 1)


@pytest.mark.parametrize(
    ("text", "message"),
    [("  ", "Please fill this in."), ("x" * (LONGEST_TEXT + 1), "Use at most 5,000 characters.")],
)
def test_what_cannot_be_taken_comes_back_as_it_was_typed(
    talk: Asking, text: str, message: str
) -> None:
    question = talk.ask(talk.house.cast.ben)
    browser = talk.house.browser(talk.house.cast.otto)
    for path, field, name in (
        ("questions", "ask-text", "Your question"),
        (f"questions/{question}/answers", f"answer-{question}", "Your answer"),
    ):
        answer = browser.send(f"{talk.url}/{path}", {"text": text})
        assert answer.status_code == 422
        assert f'<a href="#{field}">{name}: {message}</a>' in answer.text
        assert f'id="{field}-error">{message}' in answer.text
        assert f"{text.strip()}</textarea>" in answer.text
    assert (len(talk.questions()), len(talk.answers())) == (1, 0)


def test_ones_own_words_are_taken_back_while_they_hang_alone(talk: Asking) -> None:
    cast = talk.house.cast
    question = talk.ask(cast.ben)
    given = talk.answer(cast.ada, question)
    ben, ada, root = (talk.house.browser(person) for person in (cast.ben, cast.ada, cast.root))
    on_question = f"{talk.url}/questions/{question}/removal"
    on_answer = f"{talk.url}/questions/{question}/answers/{given}/removal"
    assert ben.send(on_question).status_code == 409
    assert "Take it back" not in talk.page(cast.ben)
    assert [browser.send(on_answer).status_code for browser in (ben, root)] == [403, 403]
    assert "Your answer is gone." in ada.send(on_answer).text
    assert ada.send(on_question).status_code == 403
    assert "Your question is gone." in ben.send(on_question).text
    assert (talk.questions(), talk.answers()) == ([], [])
    assert ("question.taken_back", cast.ben.id) in talk.events()
    assert ("answer.taken_back", cast.ada.id) in talk.events()


def test_questions_and_answers_belong_to_their_lesson(talk: Asking) -> None:
    cast = talk.house.cast
    other = Asking(talk.house)
    question, theirs = talk.ask(cast.ben), other.ask(cast.ben)
    given = talk.answer(cast.ada, question)
    browser = talk.house.browser(cast.ben)
    for path in (
        f"{other.url}/questions/{question}/answers",
        f"{other.url}/questions/{question}/removal",
        f"{talk.url}/questions/{theirs}/answers/{given}/removal",
        f"{talk.url}/questions/{'0' * 16}/answers",
    ):
        assert browser.send(path, {"text": "Hm."}).status_code == 404, path


def test_a_retired_lesson_can_be_asked_about_and_a_draft_cannot(house: House) -> None:
    talk, draft = Asking(house), Asking(house, visibility="draft")
    retired(house, talk.posted.lesson.id, by=house.cast.ada)
    talk.ask(house.cast.ben, "What took its place?")
    assert "What took its place?" in talk.page(house.cast.otto)
    ada = house.browser(house.cast.ada)
    assert ada.send(f"{draft.url}/questions", {"text": "Why?"}).status_code == 422
    assert "Ask about this lesson" not in draft.page(house.cast.ada)


def test_a_protected_author_answers_with_the_code_and_without_a_name(house: House) -> None:
    talk, ada = Asking(house, author_mode="protected"), house.cast.ada
    assert "The author is protected, so nobody can pass your question on." in talk.page(ada)
    question = talk.ask(house.cast.ben)
    house.clock.turn(hours=3)
    browser = talk.claimed()
    assert browser.send(f"{talk.url}/questions", {"text": "Mine?"}).status_code == 422
    given = talk.answer(browser, question)
    (answer,) = talk.answers()
    assert (answer.by_id, answer.from_author, answer.answered_at.hour) == (None, True, 0)
    page = talk.page(house.cast.otto)
    assert "The author answered today" in page
    assert not re.search(r"\bAda\b", page)  # others adapted it
    removal = f"{talk.url}/questions/{question}/answers/{given}/removal"
    # In a browser without the code it is nobody's.
    assert house.browser(ada).send(removal).status_code == 403
    assert "Take it back" in browser.get(talk.url).text
    assert "Your answer is gone." in browser.send(removal).text
    assert talk.events() == [
        ("answer.given", None),
        ("answer.taken_back", None),
        ("question.asked", house.cast.ben.id),
    ]
