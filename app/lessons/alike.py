"""Lessons like one that is being read, as far as the index can tell just now."""

from app.lessons import fallback
from app.lessons.access import Reader
from app.lessons.fairness import SearchedTooMuch, SearchTakesTooLong, fairly
from app.lessons.models import Lesson
from search import Index

# More than are shown: some may be retired or no longer shared.
_ASKED_FOR = 10
_NO_ANSWER = (*fallback.NO_ANSWER, SearchedTooMuch, SearchTakesTooLong)


def ids_alike(index: Index, who: Reader, lesson: Lesson) -> list[str]:
    """Ids of the lessons most like it that `who` may read, best first; empty when the index cannot
    say. A page is read without it, so nobody hears of that but the log."""
    text = "\n".join(
        (lesson.lesson, lesson.recommendation, lesson.happened, lesson.context, lesson.applies_when)
    )
    try:
        with fairly(who.person.id):
            found = index.similar(
                title=lesson.title,
                text=text,
                audiences=who.audiences,
                limit=_ASKED_FOR,
                exclude=frozenset({lesson.id}),
            )
    except _NO_ANSWER as error:
        fallback.note(error)
        return []
    return [hit.id for hit in found]
