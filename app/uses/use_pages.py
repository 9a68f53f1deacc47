"""Changing a use in the browser."""

from collections.abc import Mapping

from fastapi import Request, Response
from sqlmodel import Session, col, select

from app.auth.guards import Me
from app.kit.db import Db, Now
from app.kit.doors import doors
from app.kit.errors import Invalid
from app.kit.forms import Form
from app.kit.web import page, redirect
from app.lessons.access import Reader, readable_lesson, reader
from app.lessons.models import Lesson
from app.people.models import Team
from app.uses.form import on_the_page, typed_of, use_in
from app.uses.models import Use
from app.uses.report import change, changeable_use

router = doors(prefix="/lessons/{lesson_id}/uses/{use_id}")


@router.get("/edit")
def edit(request: Request, db: Db, me: Me, lesson_id: str, use_id: str) -> Response:
    who = reader(db, me)
    lesson = readable_lesson(db, lesson_id, who)
    use = changeable_use(db, lesson, use_id, who)
    return _edit_page(request, db, who, lesson, use, typed_of(use))


@router.post("")
def save(
    request: Request, db: Db, me: Me, now: Now, form: Form, lesson_id: str, use_id: str
) -> Response:
    who = reader(db, me)
    lesson = readable_lesson(db, lesson_id, who)
    use = changeable_use(db, lesson, use_id, who)
    content, wrong = use_in(form)
    if content is not None:
        try:
            change(db, lesson, use, content, by=me, now=now)
            return redirect(request, f"{lesson.url}#came", notice="Saved.")
        except Invalid as problem:
            wrong = on_the_page(problem.fields, form)
            db.rollback()
    return _edit_page(request, db, who, lesson, use, form.as_dict(), wrong)


def _edit_page(
    request: Request,
    db: Session,
    who: Reader,
    lesson: Lesson,
    use: Use,
    typed: Mapping[str, str],
    errors: Mapping[str, str] | None = None,
) -> Response:
    # The team that it was reported for may stay, though one has left it.
    known = col(Team.id).in_({*who.teams, use.team_id})
    return page(
        request,
        "uses/edit.html",
        status_code=422 if errors else 200,
        lesson=lesson,
        use=use,
        teams=db.exec(select(Team).where(known).order_by(col(Team.key))).all(),
        typed=typed,
        errors=errors or {},
    )
