"""Lessons put into a place by the acts themselves, while its server runs."""

from typing import Any

from app.kit.clock import system_clock
from app.lessons.capture import Posted, post
from app.lessons.schemas import LessonInput
from app.people.models import Person
from app.topics.directory import topics_named
from tests.serving import Place


def posted(place: Place, by: Person, title: str, **content: Any) -> Posted:
    """A lesson of `by`; the server's worker hears of it by itself."""
    facts = {"kind": "failure", "title": title, "lesson": f"{title}, in more words."} | content
    with place.database() as database, database.writing() as session:
        lesson = LessonInput.model_validate(facts)
        return post(session, lesson, by=by, now=system_clock())


def topic_id(place: Place, name: str) -> str:
    with place.database() as database, database.reading() as session:
        return topics_named(session, [name])[name].id
