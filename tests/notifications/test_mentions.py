"""Who is named in a question or an answer is linked there, and told if they may read it."""

import pytest

from app.lessons.models import Lesson
from app.people.directory import add_person
from app.people.models import Person
from app.responses.asking import answer, ask, take_question_back
from app.responses.mentions import linked, told_by
from app.responses.models import Question
from app.responses.schemas import Words
from tests.house_fixture import House
from tests.notifications.acting import kinds_told, listen, tell, told
from tests.statements import statements


@pytest.fixture(autouse=True)
def listening(house: House) -> None:
    listen(house)


def _ask(house: House, lesson: Lesson, text: str, by: Person) -> Question:
    with house.database.writing() as session:
        asked = ask(session, lesson, Words(text=text), by=by, now=house.clock())
    tell(house)
    return asked


def test_whom_a_question_names_is_linked_and_told_once_if_they_may_read_it(house: House) -> None:
    cast = house.cast
    lesson = house.post(cast.ada, "Seals swell", team="Pumps", visibility="team").lesson
    text = "Does @Ada Example or @Ben Example know? And @Otto Example, and I, @Mara Example?"
    with statements(house.database) as asked:
        page = house.browser(cast.ben).get(lesson.url)
    question = _ask(house, lesson, text, cast.mara)
    with statements(house.database) as named:
        page = house.browser(cast.ben).get(lesson.url)
    assert len(named) <= len(asked) + 1
    assert f'<a href="/people/{cast.ben.id}"' in page.text
    assert kinds_told(house, cast.ada) == ["question"]  # not a second time
    assert kinds_told(house, cast.ben) == ["mention"]
    assert not told(house, cast.otto)  # to whom it is not shared
    assert not told(house, cast.mara)  # who wrote it
    inbox = house.browser(cast.ben).get("/inbox").text
    assert "Mara Example names you in a question about it" in inbox
    (mention,) = told(house, cast.ben)
    opened = house.browser(cast.ben).send(f"/inbox/{mention.id}/reading", follow_redirects=False)
    assert opened.headers["location"] == f"{lesson.url}#question-{question.id}"
    with house.database.writing() as session:
        mine = session.get_one(Question, question.id)
        take_question_back(session, lesson, mine, by=cast.mara, now=house.clock())
    tell(house)
    assert not told(house, cast.ben)


def test_a_protected_authors_answer_names_others_and_nobody_by_whom(house: House) -> None:
    cast = house.cast
    posted = house.post(cast.nora, "Seals swell", author_mode="protected")
    question = _ask(house, posted.lesson, "Why?", cast.otto)
    with house.database.writing() as session:
        answer(
            session,
            posted.lesson,
            question,
            Words(text="Ask @Ada Example, or @Otto Example."),
            by=cast.nora,
            now=house.clock(),
            claim_code=posted.claim_code or "",
        )
    tell(house)
    assert kinds_told(house, cast.otto) == ["answer"]
    assert kinds_told(house, cast.ada) == ["mention"]
    (mention,) = told(house, cast.ada)
    assert mention.actor_id is None
    inbox = house.browser(cast.ada).get("/inbox").text
    assert "The author names you in an answer" in inbox
    assert "Nora" not in inbox


def test_the_longest_name_that_stands_there_is_meant_and_what_is_no_name_is_left(
    house: House,
) -> None:
    cast = house.cast
    with house.database.writing() as session:
        now = house.clock()
        for name in ("Ada Example-Olsen", "Al_x [x](http://e.example)", "Kim", "Kim"):
            email = f"{len(name)}{now.microsecond}@northwind.example"
            now = now.replace(microsecond=now.microsecond + 1)
            add_person(session, email=email, name=name, by=None, now=now)

        def names(text: str) -> list[str]:
            return [session.get_one(Person, one).name for one in told_by(session, text)]

        assert names("@Ada Example-Olsen, @Ada Example!") == ["Ada Example-Olsen", "Ada Example"]
        assert names("@Ada Examples, @Adam, mail@Ada Example, `@Ada Example`, \\@Ada Example") == []
        assert names("@Kim") == []  # two bear it: nobody is guessed at
        assert names("@Al_x [x](http://e.example)") == ["Al_x [x](http://e.example)"]
        assert names("@% @_ @" + "x" * 4_000) == []
    said = linked("```\n@Ada Example\n``` *@Ada Example*", {"Ada Example": cast.ada.id})
    assert said == f"```\n@Ada Example\n``` *[@Ada Example](/people/{cast.ada.id})*"
    assert linked("@A_b", {"A_b": "1"}) == r"[@A\_b](/people/1)"
