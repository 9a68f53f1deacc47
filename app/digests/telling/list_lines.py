"""What a number of a digest counts, a line each, as one reader may read it."""

from collections.abc import Sequence

from sqlmodel import Session

from app.briefs.naming import name_of_work
from app.briefs.said import first_sentence
from app.digests.telling.list_names import Holds
from app.digests.telling.named import NamedLesson, named_lessons
from app.digests.telling.phrases import sentence, sentences, some
from app.digests.telling.said_of_work import said_again, said_used
from app.digests.telling.scene import wants_with
from app.digests.telling.things import Thing, things
from app.digests.told import Line
from app.kit.templates import day_in_words
from app.lessons.access import Reader
from app.lessons.worth import times
from app.searches.clusters import Wanted


def lines_of(session: Session, ids: Sequence[str], holds: Holds, who: Reader) -> list[Line]:
    """A line for each of the ids, in their order; what this reader may not read is left out. At
    most two questions."""
    if holds is Holds.LESSONS:
        lessons = named_lessons(session, ids, who)
        return [_lesson(lessons[i]) for i in ids if i in lessons]
    if holds is Holds.WANTS:
        wants = wants_with(session, ids, who)
        return [_want(wants[i]) for i in ids if i in wants]
    if holds is Holds.DECISIONS:
        return _decisions(session, ids, who)
    found = things(session, ids, who)
    if holds is Holds.WORK:
        return [_work(found[i]) for i in ids if i in found]
    return [_SAID[found[i].what](found[i]) for i in ids if i in found]


def _decisions(session: Session, pairs: Sequence[str], who: Reader) -> list[Line]:
    parted = [pair.partition(":")[::2] for pair in pairs]
    briefs = things(session, [brief for brief, _ in parted], who)
    lessons = named_lessons(session, [lesson for _, lesson in parted], who)
    return [
        _decision(briefs[brief], lessons[lesson])
        for brief, lesson in parted
        if brief in briefs and lesson in lessons
    ]


def _decision(brief: Thing, lesson: NamedLesson) -> Line:
    team = f", {brief.team}" if brief.team else ""
    said = f"In the brief “{name_of_work(brief.words)}”{team}."
    url = f"/briefs/{brief.id}#lesson-{lesson.id}"
    return Line(lesson.title, url, said, kind=lesson.kind)


def _lesson(lesson: NamedLesson) -> Line:
    gone = "retired since" if lesson.retired else ""
    why = sentences(lesson.from_whom, f"posted on {day_in_words(lesson.posted)}", gone)
    return Line(lesson.title, lesson.url, lesson.advice, why, lesson.kind)


def _work(thing: Thing) -> Line:
    """A piece of work: its brief, or the first use that tells of it."""
    if thing.what == "brief":
        said = sentences(thing.team, "it began with a brief")
        return Line(name_of_work(thing.words), f"/briefs/{thing.id}", said)
    said = sentences(f"{thing.team or 'somebody'} used “{thing.title}” in it, without a brief")
    return Line(thing.words or "A piece of work", f"/lessons/{thing.lesson_id}#came", said)


def _want(want: Wanted) -> Line:
    asks = f"{some(want.people, 'person asks', 'people ask')} for it" if want.people else ""
    looked = f"looked for {times(want.looked)}" if want.looked else ""
    return Line(want.words, want.url, sentences(asks, looked))


def _use(use: Thing) -> Line:
    work = sentence(f"For: {use.words}") if use.words else ""
    why = f"{work} {day_in_words(use.day)}.".strip()
    return Line(use.title, f"/lessons/{use.lesson_id}#came", said_used(use), why, use.kind)


def _again(thing: Thing) -> Line:
    url = f"/lessons/{thing.lesson_id}#came"
    return Line(thing.title, url, said_again(thing), kind=thing.kind)


def _brief(brief: Thing) -> Line:
    state = f"settled on {day_in_words(brief.over)}" if brief.over else ""
    said = sentences(brief.team, state)
    return Line(name_of_work(brief.words), f"/briefs/{brief.id}", said)


def _action(action: Thing) -> Line:
    done = f"made on {day_in_words(action.over)}" if action.over else ""
    due = "" if done else f"due on {day_in_words(action.day)}"
    url = f"/lessons/{action.lesson_id}#action-{action.id}"
    return Line(action.words, url, sentences(action.by, done or due), f"For “{action.title}”.")


def _question(question: Thing) -> Line:
    state = f"answered on {day_in_words(question.over)}" if question.over else "not answered"
    said = sentences(f"{question.by} asked on {day_in_words(question.day)}", state)
    url = f"/lessons/{question.lesson_id}#question-{question.id}"
    return Line(first_sentence(question.words), url, said, f"About “{question.title}”.")


_SAID = {
    "use": _use,
    "again": _again,
    "brief": _brief,
    "action": _action,
    "question": _question,
}
