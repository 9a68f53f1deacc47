"""Asking about a lesson and answering, for all who can read it.

A protected author answers with the claim code: the answer is theirs, has no name, and is dated by
its day. Retired lessons can be asked about as well: often the question is what took their place.
"""

from datetime import datetime
from typing import Any

from sqlmodel import Session, select

from app.events.record import record
from app.kit.clock import day_floor
from app.kit.errors import Conflict, Forbidden, Invalid, NotFound
from app.lessons.access import holds_claim
from app.lessons.models import Lesson
from app.people.directory import one_at_a_time
from app.people.models import Person
from app.responses.mentions import told_by
from app.responses.models import Answer, Question
from app.responses.schemas import Words


class NotYourWords(Forbidden):
    code = "not_your_words"
    message = "Only who wrote this can take it back."


class AnsweredAlready(Conflict):
    code = "answered_already"
    message = "Somebody has answered this question: it stays, so that the answer can be understood."


class AskedAsAuthor(Invalid):
    code = "asked_as_author"
    message = (
        "You hold this lesson's claim code. A question would carry your name beside it; "
        "add what you want to say to the lesson or to an answer."
    )


def ask(
    session: Session,
    lesson: Lesson,
    words: Words,
    *,
    by: Person,
    now: datetime,
    claim_code: str = "",
) -> Question:
    """Ask about a lesson, by name. The same words sent twice are one question.

    Raises Invalid for a draft, AskedAsAuthor for whoever holds the claim code.
    """
    if lesson.is_draft:
        raise Invalid("A draft can be asked about when it is posted.")
    if holds_claim(lesson, claim_code):
        raise AskedAsAuthor
    one_at_a_time(session, by)
    asked = session.exec(
        select(Question).where(
            Question.lesson_id == lesson.id, Question.by_id == by.id, Question.text == words.text
        )
    ).first()
    if asked is None:
        asked = Question(lesson_id=lesson.id, by_id=by.id, text=words.text, asked_at=now)
        session.add(asked)
        about = {"lesson_id": lesson.id} | _naming(session, words)
        record(session, "question.asked", asked.id, by=by.id, now=now, **about)
    return asked


def question_about(session: Session, lesson: Lesson, question_id: str) -> Question:
    """The question by id, if it is about this lesson: else NotFound."""
    asked = session.get(Question, question_id)
    if asked is None or asked.lesson_id != lesson.id:
        raise NotFound
    return asked


def answer_to(session: Session, question: Question, answer_id: str) -> Answer:
    """The answer by id, if it answers this question: else NotFound."""
    given = session.get(Answer, answer_id)
    if given is None or given.question_id != question.id:
        raise NotFound
    return given


def answer(
    session: Session,
    lesson: Lesson,
    question: Question,
    words: Words,
    *,
    by: Person,
    now: datetime,
    claim_code: str = "",
) -> Answer:
    """Answer a question: whoever can read it may. The same words sent twice are one answer."""
    claimed = holds_claim(lesson, claim_code)
    actor, at = (None, day_floor(now)) if claimed else (by.id, now)
    if not claimed:
        one_at_a_time(session, by)
    given = session.exec(
        select(Answer).where(
            Answer.question_id == question.id, Answer.by_id == actor, Answer.text == words.text
        )
    ).first()
    if given is None:
        given = Answer(
            question_id=question.id,
            by_id=actor,
            from_author=claimed or lesson.author_id == by.id,
            text=words.text,
            answered_at=at,
        )
        session.add(given)
        about = {"lesson_id": lesson.id, "question_id": question.id} | _naming(session, words)
        record(session, "answer.given", given.id, by=actor, now=at, **about)
    return given


def take_question_back(
    session: Session, lesson: Lesson, question: Question, *, by: Person, now: datetime
) -> None:
    """Erase one's own question while nobody has answered it.

    Raises NotYourWords, AnsweredAlready.
    """
    if question.by_id != by.id:
        raise NotYourWords
    answered = select(Answer.id).where(Answer.question_id == question.id).limit(1)
    if session.exec(answered).first() is not None:
        raise AnsweredAlready
    session.delete(question)
    record(session, "question.taken_back", question.id, by=by.id, now=now, lesson_id=lesson.id)


def take_answer_back(
    session: Session,
    lesson: Lesson,
    given: Answer,
    *,
    by: Person,
    now: datetime,
    claim_code: str = "",
) -> None:
    """Erase one's own answer; that of a protected author with the claim code. Raises
    NotYourWords."""
    as_author = given.by_id is None and holds_claim(lesson, claim_code)
    if given.by_id != by.id and not as_author:
        raise NotYourWords
    actor, at = (None, day_floor(now)) if as_author else (by.id, now)
    session.delete(given)
    about = {"lesson_id": lesson.id, "question_id": given.question_id}
    record(session, "answer.taken_back", given.id, by=actor, now=at, **about)


def _naming(session: Session, words: Words) -> dict[str, Any]:
    named = told_by(session, words.text)
    return {"named": named} if named else {}
