"""What digests are made of, as it was read from the tables: small rows without anybody's words.

A row of a use takes some 250 bytes with its ids, so a year of 100,000 uses fits in 25 MB.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple, TypeVar

from app.briefs.models import Disposition
from app.digests.period import Period, month_of
from app.searches.clusters import Wanted
from app.uses.models import Broke, Result

Row = TypeVar("Row")
Groups = dict[str | None, list[Row]]

MONTHS = 12
#: Of the proven lessons so many, the most proven, are looked at for what a team should act on.
MOST_CANDIDATES = 1_000


class LessonFact(NamedTuple):
    """A posted lesson. `shared`: with everybody here. `author_id` is None where nobody is named,
    `thankable` says that somebody would hear of thanks all the same. `failed`: it tells of a
    failure or a near miss. `told` is how long its recommendation is, in characters. The rest is its
    standing; `held_on` the last day on which somebody stood by it, `worded` since when its wording
    waits to be mended."""

    id: str
    team_id: str | None
    shared: bool
    author_id: str | None
    thankable: bool
    failed: bool
    retired: bool
    posted_at: datetime
    told: int
    effect: int
    reach: int
    better: int
    worse: int
    uses: int
    held_on: date
    worded: date | None


class UseFact(NamedTuple):
    """A use. `by_others`: applied or adapted by a team that is not the author's. `compared`: it has
    a number before and one after. `work` is the same for the same words by the same team."""

    id: str
    lesson_id: str
    team_id: str | None
    by_others: bool
    brief_id: str | None
    rejected: bool
    result: Result
    compared: bool
    work: int
    reported_at: datetime
    changed_at: datetime


class AgainFact(NamedTuple):
    """It happened again, and everybody may know who may read the lesson."""

    id: str
    lesson_id: str
    team_id: str | None
    broke: Broke | None
    reported_at: datetime


class BriefFact(NamedTuple):
    """A brief of a team."""

    id: str
    team_id: str
    made_at: datetime
    asked_at: datetime | None
    ended_at: datetime | None


class DecisionFact(NamedTuple):
    """A lesson in a brief, and what was decided about it."""

    brief_id: str
    lesson_id: str
    disposition: Disposition | None


class Waiting(NamedTuple):
    """An open action with a day that it is due, or a question that nobody has answered: its id, of
    which lesson, whose it is to do (None for anybody's), since when it waits."""

    id: str
    lesson_id: str
    owner_id: str | None
    since: date


@dataclass(frozen=True, slots=True)
class Window:
    """Which times are read: the twelve months that end with that of the period, and the period."""

    period: Period

    @property
    def months(self) -> list[Period]:
        return month_of(self.period.first).ending_here(MONTHS)

    @property
    def starts_at(self) -> datetime:
        return self.months[0].starts_at

    @property
    def ends_at(self) -> datetime:
        return max(self.period.ends_at, self.months[-1].ends_at)


@dataclass(frozen=True)
class Facts:
    """Everything read. `members` are the people of each team who are here; `second` when the second
    team came to a lesson, of those where that was in the window; `tried` what each team ever said
    of lessons by a use, `settled` what it decided that it does already or that does not apply;
    `ready` lessons for which a change was made. `wants` are what everybody sees wanted, most wanted
    first, with the topics that each is about."""

    window: Window
    now: datetime
    parents: Mapping[str, str | None]
    members: Mapping[str, frozenset[str]]
    lessons: Mapping[str, LessonFact]
    topics: Mapping[str, tuple[str, ...]]
    uses: Sequence[UseFact]
    again: Sequence[AgainFact]
    briefs: Sequence[BriefFact]
    decisions: Mapping[str, Sequence[DecisionFact]]
    actions: Sequence[Waiting]
    questions: Sequence[Waiting]
    second: Mapping[str, datetime]
    tried: Mapping[str, frozenset[str]]
    settled: Mapping[str, frozenset[str]]
    ready: frozenset[str]
    wants: Sequence[tuple[Wanted, Sequence[str]]]

    @cached_property
    def uses_by_team(self) -> Groups[UseFact]:
        return grouped(self.uses, lambda use: use.team_id)

    @cached_property
    def uses_of_lesson(self) -> Groups[UseFact]:
        return grouped(self.uses, lambda use: use.lesson_id)

    @cached_property
    def again_of_lesson(self) -> Groups[AgainFact]:
        return grouped(self.again, lambda row: row.lesson_id)

    @cached_property
    def again_of_team(self) -> Groups[AgainFact]:
        return grouped(self.again, lambda row: row.team_id)

    @cached_property
    def briefs_by_team(self) -> Groups[BriefFact]:
        return grouped(self.briefs, lambda brief: brief.team_id)

    @cached_property
    def questions_of_lesson(self) -> Groups[Waiting]:
        return grouped(self.questions, lambda question: question.lesson_id)

    @cached_property
    def lessons_of_team(self) -> Groups[LessonFact]:
        return grouped(self.lessons.values(), lambda lesson: lesson.team_id)

    @cached_property
    def lessons_by_author(self) -> Groups[LessonFact]:
        return grouped(self.lessons.values(), lambda lesson: lesson.author_id)

    @cached_property
    def lessons_about(self) -> Groups[LessonFact]:
        """Lessons by topic."""
        pairs = [(t, one) for one in self.lessons.values() for t in self.topics.get(one.id, ())]
        found = grouped(pairs, lambda pair: pair[0])
        return {topic: [one for _, one in about] for topic, about in found.items()}

    @cached_property
    def below(self) -> Groups[str]:
        return grouped(self.parents, lambda team: self.parents[team])

    @cached_property
    def in_use(self) -> list[LessonFact]:
        """Lessons that everybody may read and that are not retired."""
        return [one for one in self.lessons.values() if one.shared and not one.retired]

    @cached_property
    def candidates(self) -> list[LessonFact]:
        """The most proven."""
        proven = [one for one in self.in_use if one.effect > 0 and one.better]
        return sorted(proven, key=lambda one: (-one.effect, one.id))[:MOST_CANDIDATES]

    @cached_property
    def fresh(self) -> list[LessonFact]:
        """Those of the period."""
        first, end = self.window.period.starts_at, self.window.period.ends_at
        return [one for one in self.in_use if first <= one.posted_at < end]

    def team_and_below(self, team_id: str) -> frozenset[str]:
        """The ids of a team and of all below it."""
        found, ahead = {team_id}, [team_id]
        while ahead:
            more = [team for team in self.below.get(ahead.pop(), ()) if team not in found]
            found.update(more)
            ahead += more
        return frozenset(found)


def grouped(rows: Iterable[Row], by: Callable[[Row], str | None]) -> Groups[Row]:
    """The rows by what `by` says of them, in their order."""
    found: Groups[Row] = {}
    for row in rows:
        found.setdefault(by(row), []).append(row)
    return found
