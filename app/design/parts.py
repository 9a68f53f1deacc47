"""Made-up things for the larger components on the living page of the look."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from app.coach.writing import Remark


class _Found(NamedTuple):
    id: str
    title: str
    kind: str
    url: str
    day: date
    team: None = None


class _Alike(NamedTuple):
    card: _Found
    same: bool
    said: str
    broke: str = "not_found"
    cost: str = "Two days"


class _Part(NamedTuple):
    """A part of the story, as the desk asks for it."""

    name: str
    label: str
    prompt: str
    example: str
    rows: int = 3


@dataclass(frozen=True)
class _Written:
    """The form behind the desk, as far as one part asks for it."""

    values: dict[str, str]


class _Attached(NamedTuple):
    id: str
    name: str
    url: str
    in_words: str
    is_picture: bool
    width: int = 0
    height: int = 0


class _Counted(NamedTuple):
    id: str
    name: str
    number: int


_SCREWS = "Screws of an inverter came loose on the lorry"
_LEARNED = _Part(
    "lesson",
    "What we learned",
    "What do you know now that you did not know before?",
    "Ten test calls say nothing about forty real ones.",
)
_LIKE = _Found("example", _SCREWS, "near_miss", "#desk", date(2026, 7, 21))


@dataclass(frozen=True, slots=True)
class Parts:
    """What the larger components are given: as their own pages would give it."""

    typed: str = "screws"
    suggested: Sequence[tuple[_Found, Sequence[tuple[str, bool]]]] = (
        (_LIKE, (("Screws", True), (" of an inverter came loose on the lorry", False))),
    )
    topics: Sequence[tuple[str, Sequence[tuple[str, bool]]]] = (
        ("#suggestions", (("Screws", True), (" and fasteners", False))),
    )
    people: Sequence[tuple[str, Sequence[tuple[str, bool]]]] = ()
    part: _Part = _LEARNED
    written: _Written = _Written({"lesson": "We must be more careful with cold housings."})
    remarks: Sequence[Remark] = (
        Remark("advice", "lesson", "Care wears off. What could be changed?", "be more careful"),
    )
    alike: Sequence[_Alike] = (_Alike(_LIKE, same=False, said="recurrence"),)
    attached: Sequence[_Attached] = (
        _Attached("mark", "The mark.svg", "/static/favicon.svg", "1 KB", True, 64, 64),
        _Attached("torques", "torques.csv", "#files", "CSV table, 2 KB", False),
    )
    writes_about: Sequence[_Counted] = (
        _Counted("register", "Screws and fasteners", 4),
        _Counted("register", "Adhesives", 1),
    )
