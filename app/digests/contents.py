"""What a digest holds: its choices with their reasons, and its numbers. Plain facts, no words.

Each number has a name and stands in `counts`; the ids that it counts are kept under the same name
(`DigestList`), so that it opens exactly the list behind it:

| names | count |
|---|---|
| `used` and `used.better`, `.same`, `.worse`, `.unknown`, `.rejected` | uses that were reported in the period (of a team: by it and the teams below; of a topic: of its lessons), and what came of them as known when it was compiled; `used` leaves out `.rejected` |
| `used.heard` | uses reported earlier of which somebody said in the period, perhaps anew, what came |
| `used.measured` | of `used` and `used.heard`, those with numbers before and after |
| `reach` | uses in the period by another team than the author's, of the lessons of the team and of those below, about the topic, or of all |
| `again` and `again.not_searched`, `.not_found`, `.not_used`, `.used_and_failed`, `.unsaid` | recurrences reported in the period (of a team: by it, or of its lessons) |
| `briefs` | briefs made in the period |
| `briefs.will_apply`, `.already_do`, `.does_not_apply`, `.need_help`, `.undecided` | what was decided about the lessons in those briefs, as brief id and lesson id with a `:` between |
| `briefs.waiting` | briefs whose follow-up was asked for in the last twelve months and is not over |
| `work` | pieces of work that the period's briefs and uses tell of: its briefs, and its uses without one, those with the same words by the same team being one (their first use stands for them) |
| `work.briefed` | of them, those that began with a brief |
| `fresh.ours`, `fresh.elsewhere` | lessons posted in the period: by the team (or at all), and those from elsewhere that matter here |
| `wanted` | what people look for in vain, as ids of `Wanted`; of a team and a topic what has a name of one of its topics in it |
| `thanks` | lessons whose authors are to be thanked |
| `overdue.follow_ups`, `.actions`, `.questions`, `.reviews` | briefs asked a week before the period's end and not over, actions past their day, questions of the last twelve months that are two weeks old and without an answer, lessons to be worded anew or that nobody stood by for long |

A number that may not be told (small teams, `docs/digest.md`) or makes no sense of a subject
(`fresh.elsewhere` but of a team, `briefs` and `work` of a topic) is absent, not zero. Of the trend
what may not be told is an empty list; the lists behind it are kept as `trend.better`, `trend.second`
and so on (`keeping.list_of` with a month).
"""  # noqa: E501

from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Ease(StrEnum):
    """Why a lesson is easy to act on."""

    SHORT = "short"  # its recommendation is a step or two
    READY = "ready"  # somebody made the change that it asks for, and says how one sees it
    PLAIN = "plain"  # it says what to do


class ToAct(_Kept):
    """A lesson that the team should act on: how far and how well it was used by others, of whom
    how many said better and worse, why it is near (topics that the team has to do with; lessons of
    the team's own that happened again), and why it is easy."""

    lesson_id: str
    reach: int
    better: int
    worse: int
    topics: list[str] = []
    again: int = 0
    eases: list[Ease] = []


class Fresh(_Kept):
    """A new lesson that matters: by topics that the team has to do with, by how many teams used
    it; or because it is the team's own."""

    lesson_id: str
    topics: list[str] = []
    reach: int = 0


class Sought(_Kept):
    """What people look for in vain: how many ask for it, and who may know."""

    want_id: str
    people: int
    looked: int
    knows: list[str] = []


class Grounds(StrEnum):
    """What somebody is to be thanked for."""

    USED = "used"  # other teams used it, and for some it was better
    FAILURE = "failure"  # a failure, shared, that others used


class ToThank(_Kept):
    """A lesson whose author is to be thanked. Who that is, if anybody may know, stands in the
    lesson and nowhere else."""

    lesson_id: str
    grounds: Grounds
    teams: int
    better: int
    worse: int = 0


class Late(StrEnum):
    FOLLOW_UP = "follow_up"
    ACTION = "action"
    QUESTION = "question"
    REVIEW = "review"


class Overdue(_Kept):
    """Something that waits: what, its id, and since which day (ISO)."""

    kind: Late
    id: str
    since: str


class Suggested(StrEnum):
    """The one thing to do after a quiet month."""

    ACT = "act"  # on the first of `act`
    BRIEF = "brief"  # begin the next work with a brief
    WRITE = "write"  # write down one thing that was learned
    WANTED = "wanted"  # see what people look for


class Trend(_Kept):
    """The twelve months that end with this one, oldest first: each list has twelve places.

    Learning: `reached` (lessons of ours that another team used in the month), `second_days` (of
    the lessons whose second team came in the month, the days from posting to it, one each),
    `work`, `briefed`. Performance: `better`, `same`, `worse`, `unknown` (uses reported in the
    month, as known now), `again`.
    """

    months: list[str]
    reached: list[int]
    second_days: list[list[int]]
    work: list[int]
    briefed: list[int]
    better: list[int]
    same: list[int]
    worse: list[int]
    unknown: list[int]
    again: list[int]


class Contents(_Kept):
    """Everything that a digest holds; the ids in `used`, `measured`, `again`, `waiting` are those
    worth showing, few and most telling first. `teams` are those of which managers are told what
    they keep to themselves: who does not read it of one of them (any more) gets another edition."""

    counts: dict[str, int]
    act: list[ToAct] = []
    used: list[str] = []
    measured: list[str] = []
    again: list[str] = []
    waiting: list[str] = []
    fresh_elsewhere: list[Fresh] = []
    fresh_ours: list[Fresh] = []
    wanted: list[Sought] = []
    thanks: list[ToThank] = []
    overdue: list[Overdue] = []
    trend: Trend | None = None
    quiet: Suggested | None = None
    small_teams_left_out: bool = False
    teams: list[str] = []
