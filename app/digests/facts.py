"""What digests are made of, as it was read from the tables: small rows without anybody's words.

A row of a use takes some 250 bytes with its ids, so a year of 100,000 uses fits in 25 MB.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple, TypeVar

from app.briefs.models import Disposition
from app.digests.period import Period, month_of
from app.searches.clusters import Wanted
from app.uses.models import Broke, Result

Row = TypeVar("Row")

MONTHS = 12


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


@dataclass(slots=True)
class Facts:
    """Everything read, with where to find it. `members` are the people of each team who are here;
    `second` when the second team came to a lesson, of those where that was in the window; `tried`
    what each team ever said of lessons by a use, `settled` what it decided that it does already or
    that does not apply; `ready` lessons for which a change was made. `wants` are what everybody
    sees wanted, most wanted first; `about` words of topics as stems."""

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
    wants: Sequence[Wanted]
    about: Sequence[tuple[str, frozenset[str]]]
    uses_by_team: dict[str | None, list[UseFact]] = field(init=False)
    uses_of_lesson: dict[str | None, list[UseFact]] = field(init=False)
    again_of_lesson: dict[str | None, list[AgainFact]] = field(init=False)
    briefs_by_team: dict[str | None, list[BriefFact]] = field(init=False)
    lessons_of_team: dict[str | None, list[LessonFact]] = field(init=False)
    lessons_by_author: dict[str | None, list[LessonFact]] = field(init=False)
    lessons_about: dict[str, list[LessonFact]] = field(init=False)
    below: dict[str | None, list[str]] = field(init=False)
    candidates: list[LessonFact] = field(init=False)
    fresh: list[LessonFact] = field(init=False)

    def __post_init__(self) -> None:
        self.uses_by_team = grouped(self.uses, lambda use: use.team_id)
        self.uses_of_lesson = grouped(self.uses, lambda use: use.lesson_id)
        self.again_of_lesson = grouped(self.again, lambda row: row.lesson_id)
        self.briefs_by_team = grouped(self.briefs, lambda brief: brief.team_id)
        self.lessons_of_team = grouped(self.lessons.values(), lambda one: one.team_id)
        self.lessons_by_author = grouped(self.lessons.values(), lambda one: one.author_id)
        self.below = grouped(self.parents, lambda team: self.parents[team])
        self.lessons_about = defaultdict(list)
        for lesson_id, topics in self.topics.items():
            for topic in topics if lesson_id in self.lessons else ():
                self.lessons_about[topic].append(self.lessons[lesson_id])
        in_use = [one for one in self.lessons.values() if one.shared and not one.retired]
        proven = [one for one in in_use if one.effect > 0 and one.better]
        self.candidates = sorted(proven, key=lambda one: (-one.effect, one.id))[:MOST_CANDIDATES]
        period = self.window.period
        self.fresh = [one for one in in_use if _within(one.posted_at, period)]

    def team_and_below(self, team_id: str) -> frozenset[str]:
        """The ids of a team and of all below it."""
        found, ahead = {team_id}, [team_id]
        while ahead:
            more = [team for team in self.below.get(ahead.pop(), ()) if team not in found]
            found.update(more)
            ahead += more
        return frozenset(found)


#: Of the proven lessons so many, the most proven, are looked at for what a team should act on.
MOST_CANDIDATES = 2_000


def grouped(rows: Iterable[Row], by: Callable[[Row], str | None]) -> dict[str | None, list[Row]]:
    """The rows by what `by` says of them, in their order."""
    found: dict[str | None, list[Row]] = {}
    for row in rows:
        found.setdefault(by(row), []).append(row)
    return found


def _within(moment: datetime, period: Period) -> bool:
    return period.starts_at <= moment < period.ends_at
