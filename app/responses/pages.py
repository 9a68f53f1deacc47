"""Asking, answering and thanking in the browser."""

from fastapi import Request, Response

from app.auth.guards import Me
from app.kit.db import Db, Now
from app.kit.doors import doors
from app.kit.forms import Form, checked
from app.kit.web import page, redirect, wants_fragment
from app.lessons.access import readable_lesson, reader
from app.lessons.cookies import claim_code
from app.lessons.models import Lesson
from app.lessons.reading_pages import lesson_page
from app.people.models import Person
from app.responses.asking import (
    answer,
    answer_to,
    ask,
    question_about,
    take_answer_back,
    take_question_back,
)
from app.responses.said import responses_to
from app.responses.schemas import Words
from app.responses.thanking import may_thank, take_thanks_back, thank

router = doors(prefix="/lessons/{lesson_id}")


@router.post("/thanks")
def thanks(request: Request, db: Db, me: Me, now: Now, lesson_id: str) -> Response:
    lesson = readable_lesson(db, lesson_id, reader(db, me))
    thank(db, lesson, by=me, now=now, claim_code=claim_code(request))
    return _thanked(request, db, me, lesson)


@router.post("/thanks/removal")
def no_thanks(request: Request, db: Db, me: Me, now: Now, lesson_id: str) -> Response:
    lesson = readable_lesson(db, lesson_id, reader(db, me))
    take_thanks_back(db, lesson, by=me, now=now)
    return _thanked(request, db, me, lesson)


@router.post("/questions")
def question(request: Request, db: Db, me: Me, now: Now, form: Form, lesson_id: str) -> Response:
    lesson = readable_lesson(db, lesson_id, reader(db, me))
    words, wrong = checked(Words, {"text": form.text("text")})
    if words is None:
        return _again(request, db, me, lesson, "ask-text", form.text("text"), wrong["text"])
    asked = ask(db, lesson, words, by=me, now=now, claim_code=claim_code(request))
    return redirect(request, f"{lesson.url}#question-{asked.id}")


@router.post("/questions/{question_id}/removal")
def no_question(
    request: Request, db: Db, me: Me, now: Now, lesson_id: str, question_id: str
) -> Response:
    lesson = readable_lesson(db, lesson_id, reader(db, me))
    take_question_back(db, lesson, question_about(db, lesson, question_id), by=me, now=now)
    return redirect(request, f"{lesson.url}#questions", notice="Your question is gone.")


@router.post("/questions/{question_id}/answers")
def answers(
    request: Request, db: Db, me: Me, now: Now, form: Form, lesson_id: str, question_id: str
) -> Response:
    lesson = readable_lesson(db, lesson_id, reader(db, me))
    asked = question_about(db, lesson, question_id)
    words, wrong = checked(Words, {"text": form.text("text")})
    if words is None:
        field = f"answer-{asked.id}"
        return _again(request, db, me, lesson, field, form.text("text"), wrong["text"])
    answer(db, lesson, asked, words, by=me, now=now, claim_code=claim_code(request))
    return redirect(request, f"{lesson.url}#question-{asked.id}")


@router.post("/questions/{question_id}/answers/{answer_id}/removal")
def no_answer(
    request: Request,
    db: Db,
    me: Me,
    now: Now,
    lesson_id: str,
    question_id: str,
    answer_id: str,
) -> Response:
    lesson = readable_lesson(db, lesson_id, reader(db, me))
    given = answer_to(db, question_about(db, lesson, question_id), answer_id)
    take_answer_back(db, lesson, given, by=me, now=now, claim_code=claim_code(request))
    return redirect(request, f"{lesson.url}#question-{question_id}", notice="Your answer is gone.")


def _thanked(request: Request, db: Db, me: Person, lesson: Lesson) -> Response:
    if not wants_fragment(request):
        return redirect(request, f"{lesson.url}#thanks")
    db.flush()
    return page(
        request,
        "responses/_thanks.html",
        lesson=lesson,
        thanked=responses_to(db, lesson, me).thanked,
        may_thank=may_thank(lesson, me, claim_code(request)),
        changed=True,
    )


def _again(
    request: Request, db: Db, me: Person, lesson: Lesson, field: str, typed: str, wrong: str
) -> Response:
    return lesson_page(
        request, db, me, lesson.id, status_code=422, typed={field: typed}, errors={field: wrong}
    )
