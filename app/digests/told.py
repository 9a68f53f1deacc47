"""A digest as it is told to one reader: what the page, the mail, the paper and the text all show.

Everything here was read through access for that reader; nothing that renders it asks again.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from app.digests.models import About, Cadence, Edition
from app.digests.period import Period

#: Lessons in the part that says what to act on.
TO_ACT_ON = 3


class Part(StrEnum):
    """The parts of a digest, in their order."""

    ACT = "act"
    USED = "used"
    AGAIN = "again"
    BRIEFS = "briefs"
    FRESH = "fresh"
    WANTED = "wanted"
    THANKS = "thanks"
    OVERDUE = "overdue"


class Deed(StrEnum):
    """What one can do at once, from a line of a digest."""

    THANK = "thank"  # the author of a lesson
    ASK = "ask"  # for help with a lesson
    ASSIGN = "assign"  # a wanted lesson to somebody who may know
    BRIEF = "brief"  # begin a piece of work
    FOLLOW = "follow"  # a topic


@dataclass(frozen=True, slots=True)
class Offer:
    """A deed and what it is done to: the id of a lesson, of what is wanted, or of a topic. `done`
    says that this reader did it. `people` are those who may be chosen, as (id, name); once it is
    done, whom they chose."""

    deed: Deed
    subject_id: str
    done: bool = False
    people: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Number:
    """A number with its words (“better”), and the address of the list behind it, from the root."""

    value: int
    words: str
    url: str
    #: better, same, worse, unknown: how it is coloured; none for plain.
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing of a part: what it is and where, what it says in a sentence, why it was chosen, and
    what can be done at once. `kind` is a lesson's; `failed` says that it tells of no success."""

    title: str
    url: str
    said: str = ""
    why: str = ""
    kind: str = ""
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part with its title, a sentence that says the most of it, its numbers, and its lines. Where
    there is nothing, `lead` says so, and lines are none. `more` lists everything, where there is
    more than is shown: (words, address)."""

    part: Part
    title: str
    lead: str
    numbers: tuple[Number, ...] = ()
    lines: tuple[Line, ...] = ()
    more: tuple[str, str] | None = None
    note: str = ""

    def shown(self, most: int) -> tuple[Line, ...]:
        """Its first `most` lines. What to act on is three, and shorter only where it is none."""
        least = TO_ACT_ON if self.part is Part.ACT and most else 0
        return self.lines[: max(most, least)]

    @property
    def empty(self) -> bool:
        return not self.lines and not any(number.value for number in self.numbers)


@dataclass(frozen=True, slots=True)
class Series:
    """What one line of a chart shows: twelve values, None where there is none."""

    name: str
    values: tuple[float | None, ...]
    tone: str = ""
    #: Addresses of the lists behind the values; empty where there is none.
    urls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """Twelve months of something: `months` are short names (“Nov”), `said` says in a sentence what
    one sees. Several series are stacked. `performance` tells it from learning."""

    key: str
    title: str
    unit: str
    said: str
    months: tuple[str, ...]
    series: tuple[Series, ...]
    performance: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A digest for one reader. `subject` is its name (“Engineering and the teams below”),
    `subject_id` empty for the organisation. `first` is the one sentence above everything: what to
    do next. `so_far`: the period is not over, and nothing is kept yet. `note` tells who compiled
    it anew and why. `at` is when it was compiled."""

    period: Period
    about: About
    subject_id: str
    subject: str
    edition: Edition
    first: str
    sections: tuple[Section, ...]
    charts: tuple[Chart, ...]
    at: datetime
    so_far: bool = False
    quiet: Line | None = None
    note: str = ""
    previous_url: str = ""
    next_url: str = ""
    #: How often this reader is sent it.
    cadence: Cadence = Cadence.NEVER
    small_teams_left_out: bool = False
    offers: tuple[Offer, ...] = field(default=())

    @property
    def url(self) -> str:
        """Its address, from the root."""
        return address(self.period, self.about, self.subject_id)


def address(period: Period, about: About, subject_id: str, part: str = "") -> str:
    """The address of a digest, or of what belongs to it: `/digests/2026-10/lists/used?team=…`."""
    asked = "" if about is About.ORGANISATION else f"?{about}={subject_id}"
    return f"/digests/{period.key}{part}{asked}"
