"""The part of a digest that says what is overdue."""

from collections.abc import Callable
from datetime import date

from app.briefs.naming import name_of_work
from app.briefs.said import first_sentence
from app.digests.contents import Late, Overdue
from app.digests.telling.scene import Scene
from app.digests.telling.shown import MOST_LATE
from app.digests.telling.things import Thing
from app.digests.told import Line, Part, Section
from app.kit.templates import day_in_words

NUMBERS = (
    ("overdue.follow_ups", "follow-up of work", "follow-ups of work"),
    ("overdue.actions", "change not made", "changes not made"),
    ("overdue.questions", "question unanswered", "questions unanswered"),
    ("overdue.reviews", "lesson to look at again", "lessons to look at again"),
)


def overdue(scene: Scene) -> Section:
    """Follow-ups, changes, questions and reviews that wait; what was done since says so."""
    found = [line for one in scene.contents.overdue if (line := _line(scene, one))]
    lines = tuple(found[:MOST_LATE])
    total = sum(scene.count(name) for name, *_ in NUMBERS)
    return Section(
        Part.OVERDUE,
        "What is overdue",
        "What waits longest stands first. Settle one of them today."
        if total
        else "Nothing is overdue.",
        numbers=scene.numbers(
            *((name, one if scene.count(name) == 1 else many, "") for name, one, many in NUMBERS)
        ),
        lines=lines,
        note=f"The numbers open all {total:,}." if total > MOST_LATE else "",
    )


def _line(scene: Scene, one: Overdue) -> Line | None:
    since = date.fromisoformat(one.since)
    if one.kind is Late.REVIEW:
        lesson = scene.lessons.get(one.id)
        if lesson is None or lesson.retired:
            return None
        why = f"Due since {day_in_words(since)}."
        said = "Look whether it still holds, and whether its words are clear."
        return Line(lesson.title, lesson.url, said, why, lesson.kind)
    thing = scene.things.get(one.id)
    return _SAID[one.kind](thing, since) if thing else None


def _follow_up(brief: Thing, since: date) -> Line:
    whose = f"{brief.team}'s work" if brief.team else "The work"
    said = _unless_done(
        brief, f"{whose} ended; nobody has said what came of it: say it, or ask them"
    )
    why = f"Asked for since {day_in_words(since)}."
    return Line(name_of_work(brief.words), f"/briefs/{brief.id}/follow-up", said, why)


def _action(action: Thing, since: date) -> Line:
    said = _unless_done(action, f"{action.by} is to make this change: ask what keeps it")
    why = f"Due since {day_in_words(since)}, because of “{action.title}”."
    return Line(action.words, f"/lessons/{action.lesson_id}#action-{action.id}", said, why)


def _question(question: Thing, since: date) -> Line:
    said = _unless_done(
        question, f"{question.by} asked, and nobody has answered: answer, or ask who can"
    )
    why = f"Since {day_in_words(since)}, about “{question.title}”."
    words = first_sentence(question.words)
    url = f"/lessons/{question.lesson_id}#question-{question.id}"
    return Line(words, url, said, why)


def _unless_done(thing: Thing, waits: str) -> str:
    if thing.over:
        return f"Done since, on {day_in_words(thing.over)}."
    return f"{waits}."


_SAID: dict[Late, Callable[[Thing, date], Line]] = {
    Late.FOLLOW_UP: _follow_up,
    Late.ACTION: _action,
    Late.QUESTION: _question,
}
