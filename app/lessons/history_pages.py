"""How a lesson came to be what it is: every version, and what each change did."""

from fastapi import Request
from fastapi.responses import HTMLResponse

from app.auth.guards import Me
from app.kit.db import Db
from app.kit.doors import doors
from app.kit.web import page
from app.lessons.access import readable_lesson, reader
from app.lessons.change_words import changes_in_words
from app.lessons.cookies import claim_code
from app.lessons.differences import differences
from app.lessons.revise import version_at, versions_of
from app.people.directory import names_of

router = doors(prefix="/lessons/{lesson_id}/history")


@router.get("")
def history(request: Request, db: Db, me: Me, lesson_id: str) -> HTMLResponse:
    lesson = readable_lesson(db, lesson_id, reader(db, me))
    versions = versions_of(db, lesson)
    before = [version.content for version in versions[1:]]
    changed = [
        differences(old, version.content) for version, old in zip(versions, before, strict=False)
    ]
    return page(
        request,
        "lessons/history.html",
        lesson=lesson,
        versions=[
            (version, changes, changes_in_words(changes or []))
            for version, changes in zip(versions, [*changed, None], strict=False)
        ],
        names=names_of(db, {version.by_id for version in versions}),
    )


@router.get("/{revision}")
def version(request: Request, db: Db, me: Me, lesson_id: str, revision: int) -> HTMLResponse:
    who = reader(db, me)
    lesson = readable_lesson(db, lesson_id, who)
    kept = version_at(db, lesson, revision)
    older = kept.revision < lesson.revision and not lesson.is_retired
    return page(
        request,
        "lessons/version.html",
        lesson=lesson,
        version=kept,
        names=names_of(db, [kept.by_id]),
        may_bring_back=older and who.may_change(lesson, claim_code(request)),
    )
