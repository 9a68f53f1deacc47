"""Topics in the browser: those one knows, one with its lessons, and its words changed."""

from typing import Annotated

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from pydantic import BeforeValidator, Field

from app.auth.forms import accepted, form_page, typed
from app.auth.guards import Curator, Me
from app.experts.knowing import who_knows_topic
from app.following.follow import followed
from app.following.models import SubjectKind
from app.kit.api import Id
from app.kit.db import Db, Now
from app.kit.doors import doors
from app.kit.errors import Problem
from app.kit.forms import Form
from app.kit.paging import page_number, paging
from app.kit.web import page, redirect
from app.lessons.access import reader
from app.lessons.browse import in_use, known_topic, known_topics, newest
from app.lessons.cards import cards
from app.lessons.register import kinds_among, register, topics_among
from app.people.schemas import Typed, one_line
from app.responses.thanked import thanks_among
from app.topics.directory import change_words, synonyms_of
from app.topics.models import NAME_LENGTH, Topic
from app.uses.used import uses_among

router = doors()
_PER_PAGE = 20
_MOST_SYNONYMS = 50

_Word = Annotated[str, Field(min_length=1, max_length=NAME_LENGTH), BeforeValidator(one_line)]


class WordsInput(Typed):
    """A topic's name and the other words for it."""

    name: _Word
    synonyms: Annotated[list[_Word], Field(max_length=_MOST_SYNONYMS)]


@router.get("/topics")
def index(request: Request, me: Me, db: Db) -> HTMLResponse:
    return page(request, "topics/index.html", topics=known_topics(db, reader(db, me)))


@router.get("/topics/{topic_id}")
def show(request: Request, topic_id: Id, me: Me, db: Db, now: Now) -> HTMLResponse:
    who = reader(db, me)
    topic = known_topic(db, topic_id, who)
    offset = (page_number(request) - 1) * _PER_PAGE
    lessons = newest(db, who, topic_id=topic.id, offset=offset, limit=_PER_PAGE)
    about = in_use(who, topic_id=topic.id)
    return page(
        request,
        "topics/show.html",
        topic=topic,
        # Words are what makes a topic curated: any other has none.
        synonyms=synonyms_of(db, [topic.id])[topic.id] if topic.curated else [],
        lessons=cards(db, lessons.lessons),
        register=register(
            db,
            kinds_among(about),
            topics_among(about, but=topic.id),
            uses_among(about),
            thanks_among(about),
            followed(SubjectKind.TOPIC, topic.id, by=me),
        ),
        known=who_knows_topic(db, who, topic.id, now=now),
        paging=paging(request, total=lessons.total, per_page=_PER_PAGE),
    )


@router.get("/topics/{topic_id}/edit")
def edit(request: Request, topic_id: Id, me: Curator, db: Db) -> HTMLResponse:
    topic = known_topic(db, topic_id, reader(db, me))
    words = "\n".join(synonyms_of(db, [topic.id])[topic.id])
    return _edit(request, topic, {"name": topic.name, "synonyms": words})


@router.post("/topics/{topic_id}")
def update(request: Request, topic_id: Id, form: Form, me: Curator, db: Db, now: Now) -> Response:
    topic = known_topic(db, topic_id, reader(db, me))
    words = [line for line in form.text("synonyms").splitlines() if line.strip()]
    try:
        facts = accepted(WordsInput, {"name": form.text("name"), "synonyms": words})
        change_words(db, topic, name=facts.name, synonyms=facts.synonyms, by=me, now=now)
    except Problem as problem:
        return _edit(request, topic, typed(form), problem)
    return redirect(request, topic.url, notice="Saved.")


def _edit(
    request: Request, topic: Topic, shown: dict[str, str], problem: Problem | None = None
) -> HTMLResponse:
    return form_page(request, "topics/edit.html", problem, topic=topic, typed=shown)
