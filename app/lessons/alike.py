"""Lessons like one that is being read, as far as the index can tell just now."""

from app.lessons import fallback
from app.lessons.access import Reader
from app.lessons.fairness import SearchedTooMuch, SearchTakesTooLong, fairly
from app.lessons.models import Lesson
from search import Index

# More than are shown: some may be retired or no longer shared.
_ASKED_FOR = 10
#: What a lesson must have at least of the likeness that the one read has with itself. In the sample
#: organisation what lies below shares words with it and no more.
_LIKE_ENOUGH = 0.12
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
                limit=_ASKED_FOR + 1,
                exclude=frozenset(),
            )
    except _NO_ANSWER as error:
        fallback.note(error)
        return []
    # The index finds it most like itself; one that it has yet to hear of, it cannot measure by.
    itself = next((hit.score for hit in found if hit.id == lesson.id), None)
    if itself is None:
        return []
    return [hit.id for hit in found if hit.id != lesson.id and hit.score >= _LIKE_ENOUGH * itself]
