"""What is wanted is answered by a lesson that the same search finds, for everybody."""

from datetime import datetime

from sqlmodel import Session, col, select

from app.events.models import Event
from app.events.record import record
from app.kit.clock import day_floor
from app.kit.errors import Invalid, NotFound
from app.lessons.access import Reader
from app.lessons.finding import IN_USE, Answer, Asked, find
from app.lessons.found import FoundLesson, found_lessons
from app.lessons.models import AuthorMode, Lesson, Visibility
from app.people.models import Person
from app.searches.clusters import Wanted, ids_of, the_wanted
from app.searches.wanted import set_answer
from search import Index

#: A lesson that somebody names answers if it is among the first so many.
FIRST_PAGE = 10


class SearchMissesIt(Invalid):
    """The lesson named is not found by the words that were searched for."""

    code = "search_misses_it"

    def __init__(self, words: str):
        message = (
            f"The search for “{words}” does not find it yet, so whoever looks next would not find "
            "it either. Put these words into its title, its topics or “applies when”: once the "
            "search finds it, name it here again."
        )
        super().__init__(message, fields={"lesson": message})


def answer_with(
    session: Session, index: Index, want_id: str, lesson: Lesson, *, by: Person, now: datetime
) -> None:
    """Say that a lesson answers what is wanted; doors have looked that `by` may know of both.

    Raises SearchMissesIt where the search does not find it, and Invalid for a lesson that not
    everybody can read: whoever asked must find it, and nobody else may hear of it in this way.
    """
    if not answers_everybody(lesson):
        message = "Choose a lesson that is shared with the whole organisation and not retired."
        raise Invalid(message, fields={"lesson": message})
    want = the_wanted(session, want_id, Reader(by, frozenset()))
    found = search_for_all(session, index, want.words, Reader(by, frozenset()), now=now)
    if lesson.id not in [hit.card.id for hit in found.hits]:
        raise SearchMissesIt(want.words)
    close(session, want, lesson, by=by.id, now=now)


def offer(session: Session, want_id: str, lesson: Lesson, *, by: Person, now: datetime) -> None:
    """Note that a lesson was written for what is wanted: it answers as soon as the search finds it
    (`closing.py`). Nothing is noted of one that not everybody can read, and nothing is refused: the
    lesson is posted, whatever became of the want."""
    if not answers_everybody(lesson):
        return
    try:
        want = the_wanted(session, want_id, Reader(by, frozenset()))
    except NotFound:
        return
    who, at = _hidden(lesson, by.id, now)
    record(session, "want.offered", want.id, by=who, now=at, lesson_id=lesson.id)


def offered(session: Session, want: Wanted, who: Reader) -> list[FoundLesson]:
    """The lessons written for what is wanted that `who` may read, none twice."""
    facts = select(Event.facts).where(
        Event.subject_kind == "want",
        col(Event.subject_id).in_(ids_of(want.key)),
        Event.kind == "want.offered",
    )
    ids = {str(fact.get("lesson_id")) for fact in session.exec(facts.order_by(col(Event.at)))}
    return found_lessons(session, sorted(ids), who, IN_USE)


def close(session: Session, want: Wanted, lesson: Lesson, *, by: str | None, now: datetime) -> None:
    """Put down that a lesson answers what is wanted, and let all who want it hear of it."""
    set_answer(session, want.key, lesson.id)
    who, at = _hidden(lesson, by, now)
    record(session, "want.answered", want.id, by=who, now=at, lesson_id=lesson.id)


def answers_everybody(lesson: Lesson) -> bool:
    """Whether everybody may read a lesson, and it is in use."""
    return lesson.visibility is Visibility.ORGANISATION and lesson.state.value in IN_USE


def search_for_all(
    session: Session, index: Index, words: str, who: Reader, *, now: datetime
) -> Answer:
    """The first page of what somebody finds who reads only what everyone may, as `who` does; it is
    their share of the engine that it takes. Raises as `fairly`."""
    asked = Asked(text=words, per_page=FIRST_PAGE, today=now.date())
    return find(session, index, who, asked)


def _hidden(lesson: Lesson, by: str | None, now: datetime) -> tuple[str | None, datetime]:
    # Who points at it, and when, would hint at who wrote it.
    hidden = lesson.author_mode is AuthorMode.PROTECTED
    return (None, day_floor(now)) if hidden else (by, now)
