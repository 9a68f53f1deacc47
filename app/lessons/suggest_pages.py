"""What one may be about to type, for the search field and for topics: options of a list."""

from fastapi import Request
from fastapi.responses import HTMLResponse

from app.auth.guards import Me
from app.kit.db import Db
from app.kit.doors import doors
from app.kit.web import page
from app.lessons.access import reader
from app.lessons.in_turn import Turn
from app.lessons.suggesting import marked, suggestions, topics_begun

router = doors()
#: Nobody types a longer beginning of a name.
_LONGEST = 200


@router.get("/suggestions")
def everything(request: Request, _turn: Turn, db: Db, me: Me) -> HTMLResponse:
    typed = _typed(request)
    found = suggestions(db, request.app.state.index, reader(db, me), typed)
    return page(
        request,
        "search/_suggestions.html",
        typed=typed,
        lessons=[(lesson, marked(lesson.title, typed)) for lesson in found.lessons],
        topics=[(topic.url, marked(topic.name, typed)) for topic in found.topics],
        people=[(person.url, marked(person.name, typed)) for person in found.people],
    )


@router.get("/topics/suggestions")
def topics(request: Request, db: Db, me: Me) -> HTMLResponse:
    typed = _typed(request)
    begun = topics_begun(db, reader(db, me), typed)
    return page(
        request,
        "search/_topic_suggestions.html",
        topics=[(topic.name, marked(topic.name, typed), topic.also) for topic in begun],
    )


def _typed(request: Request) -> str:
    return request.query_params.get("q", "").replace("\x00", "").strip()[:_LONGEST]
