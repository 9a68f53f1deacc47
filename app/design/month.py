"""Made-up parts of a digest for the living page of the look: one with lines and numbers, one with
nothing in it, and a chart of each kind."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.digests.papers.chart_shapes import HEIGHT, WIDTH, Drawing, drawing_of
from app.digests.told import Chart, Line, Number, Part, Section, Series

_MONTHS = ("Nov", "Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct")
_USED = Section(
    Part.USED,
    "What was used, and what came of it",
    "Lessons were used 9 times. Look first at the one that went worse.",
    (
        Number(6, "better", "#month", "better"),
        Number(1, "worse", "#month", "worse"),
        Number(2, "too early to say", "#month", "unknown"),
    ),
    (
        Line(
            "A paint line over each screw showed 11 loose ones in a glance",
            "#month",
            "Sales applied it: worse. Screws found loose: 2 → 5 of 60 (Check sheets).",
            "It made things worse: ask what was different here.",
            "success",
        ),
    ),
)
_NOTHING = Section(
    Part.AGAIN, "What happened again", "Nothing that a lesson warns of happened again."
)
_RESULTS = Chart(
    "results",
    "What came of the lessons used",
    "uses",
    "45 uses in twelve months: 33 better, 5 worse.",
    _MONTHS,
    (
        Series("better", (0, 0, 1, 1, 1, 2, 2, 2, 2, 5, 8, 9), "better"),
        Series("no different", (0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 1, 0), "same"),
        Series("worse", (0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2, 2), "worse"),
        Series("too early to say", (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2), "unknown"),
    ),
    performance=True,
)
_SECOND = Chart(
    "second",
    "Days until a second team used it",
    "days",
    "21 lessons came to a second team; shown is the middle one of each month.",
    _MONTHS,
    (Series("days", (None, None, 15, 29.5, None, 61, 44, 43, 30, 29, 33, 50)),),
    performance=False,
)


@dataclass(frozen=True, slots=True)
class Month:
    """What the components of a digest are given: as its own page would give it."""

    parts: tuple[Section, ...] = (_USED, _NOTHING)
    learning: tuple[Chart, ...] = (_SECOND,)
    performance: tuple[Chart, ...] = (_RESULTS,)
    size: tuple[int, int] = (WIDTH, HEIGHT)

    @property
    def drawings(self) -> Mapping[str, Drawing]:
        return {chart.key: drawing_of(chart) for chart in (*self.learning, *self.performance)}
