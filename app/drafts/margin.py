"""What stands in the margin beside a lesson that is being written: the coach's words, and lessons
like it. Nothing of it is kept."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from sqlmodel import Session

from app.coach.reading import remarks_on
from app.coach.writing import READ, Remark, Writing, full_names_in, words
from app.kit.forms import Submitted
from app.lessons.access import Reader
from app.lessons.fairness import SearchedTooMuch, SearchTakesTooLong
from app.lessons.finding import IN_USE, Alike, similar_to
from app.lessons.found import FoundLesson, found_lessons
from app.lessons.models import RelationKind
from app.lessons.relations import MOST_RELATIONS, relations_in
from app.people.directory import known_names
from search import Index

# Fewer words are like everything.
_ENOUGH_WORDS = 4
_MOST_SHOWN = 4


@dataclass(frozen=True, slots=True)
class AlikeLesson:
    """A lesson like the one that is being written. `same` says that it is the same again; `said`
    what the form says of it so far: "recurrence", "corrects", "new", or nothing yet; `broke` and
    `cost` what it says of how it happened again."""

    card: FoundLesson
    same: bool
    said: str
    broke: str = ""
    cost: str = ""


@dataclass(frozen=True, slots=True)
class Margin:
    """The margin. Both are empty before there is something to go by."""

    remarks: Sequence[Remark] = ()
    alike: Sequence[AlikeLesson] = field(default_factory=list)


def margin_of(session: Session, index: Index, who: Reader, form: Submitted) -> Margin:
    """The margin beside what the form holds, in at most four questions to the database."""
    parts = {name: form.text(name) for name in READ}
    people = known_names(session, full_names_in(parts))
    writing = Writing(parts, form.text("kind"), people)
    return Margin(remarks_on(writing), _alike(session, index, who, form, parts))


def _alike(
    session: Session, index: Index, who: Reader, form: Submitted, parts: dict[str, str]
) -> list[AlikeLesson]:
    """What it refers to already, then what else is like it."""
    referred = list(relations_in(form))[:MOST_RELATIONS]
    own = frozenset({form.text("lesson_id"), *referred})
    found = Alike()
    if len(words(f"{parts['title']} {parts['lesson']}")) >= _ENOUGH_WORDS:
        text = "\n".join(part for name, part in parts.items() if name != "title" and part)
        with suppress(SearchedTooMuch, SearchTakesTooLong):  # the next look has them
            found = similar_to(session, index, who, parts["title"], text, own)
    kept = found_lessons(session, referred, who, IN_USE)
    return [
        AlikeLesson(
            card,
            card.id in found.same,
            _said(form, card.id),
            form.text(f"recurrence.{card.id}.broke"),
            form.text(f"recurrence.{card.id}.cost"),
        )
        for card in [*kept, *found.cards[:_MOST_SHOWN]]
    ]


def _said(form: Submitted, lesson_id: str) -> str:
    word = form.text(f"relation.{lesson_id}")
    return word if word in ("new", *RelationKind) else ""
