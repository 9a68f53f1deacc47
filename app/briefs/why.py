"""Why a lesson stands in a brief, and what speaks against it, in sentences."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from app.kit.templates import day_as_said
from app.lessons.found import FoundLesson
from app.lessons.freshness import Freshness, freshness
from app.lessons.models import LessonStanding, State
from app.lessons.worth import age_in_words, sign_of, teams, times, uses_in_words

_MOST_WORDS = 4


class Reason(NamedTuple):
    """A sentence without its full stop: `code` says which, `words` are those of the work or names
    of topics that it is about, set apart from what surrounds them."""

    code: str
    before: str
    words: Sequence[str] = ()
    after: str = ""

    @property
    def text(self) -> str:
        quoted = [f"“{word}”" for word in self.words]
        return f"{self.before}{listed(quoted)}{self.after}."


def reasons(
    why: Mapping[str, Any], lesson: FoundLesson, standing: LessonStanding | None, today: date
) -> list[Reason]:
    """What speaks for a lesson. `why` is what a brief keeps of the match."""
    applies, about = why.get("applies", []), why.get("topics", [])
    shared = [word for word in why.get("shared", []) if word not in applies]
    topics = [topic.name for topic in lesson.topics if topic.id in about]
    found = []
    if applies:
        found.append(Reason("applies", "Its “applies when” speaks of ", applies[:_MOST_WORDS]))
    if shared:
        also = "Also shares " if applies else "Shares "
        found.append(Reason("shares", also, shared[:_MOST_WORDS]))
    if topics:
        found.append(Reason("topic", "About ", topics[:_MOST_WORDS], ", like your plan"))
    return found + _what_came_of_it(standing, today)


def cautions(
    why: Mapping[str, Any],
    lesson: FoundLesson,
    standing: LessonStanding | None,
    today: date,
) -> list[Reason]:
    """What to look at before following it."""
    found = []
    if against := why.get("against", []):
        found.append(Reason("against", "But its “not when” speaks of ", against[:_MOST_WORDS]))
    if standing and standing.worse > standing.better:
        found.append(Reason("worse", f"Worse for {teams(standing.worse)} that used it"))
    if standing and standing.rewrite_since:
        again = times(standing.recurrences)
        words = f"It happened again {again}: its wording waits to be mended"
        found.append(Reason("rewrite", words))
    if stale := age_in_words(held_on(lesson, standing), today):
        found.append(Reason("stale", _sentence(stale)))
    return found


def fresh_of(
    lesson: FoundLesson, standing: LessonStanding | None, changed: date, today: date
) -> Freshness:
    """How old it is, in words, with what people did last that shows that it holds."""
    return freshness(
        State(lesson.state),
        posted=lesson.day,
        changed=changed,
        occurred=lesson.occurred_on,
        today=today,
        last=sign_of(standing),
    )


def held_on(lesson: FoundLesson, standing: LessonStanding | None) -> date:
    """The last day on which somebody stood by it."""
    sign = sign_of(standing)
    return max(lesson.day, sign.on) if sign else lesson.day


def listed(words: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    *first, last = words or [""]
    return f"{', '.join(first)} and {last}" if first else last


def _what_came_of_it(standing: LessonStanding | None, today: date) -> list[Reason]:
    found = []
    if standing and standing.reach:
        found.append(Reason("used", _sentence(uses_in_words(standing))))
    if standing and standing.recurrences and not standing.rewrite_since:
        found.append(Reason("again", _again(standing, today)))
    return found


def _again(standing: LessonStanding, today: date) -> str:
    last = standing.last_again_on
    when = f" {day_as_said(last, today)}" if last else ""
    if standing.recurrences == 1:
        return f"It happened again{when}"
    said = f"It happened again {times(standing.recurrences)}"
    return said + (f", the last time{when}" if when else "")


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
