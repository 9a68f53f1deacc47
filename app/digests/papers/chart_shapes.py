"""Where the parts of a small chart stand, whatever draws them: bars, their values, what is what.

One bar a month, series stacked; every value is written out, so that the picture can be read
without colour and without a scale.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from app.digests.told import Chart, Series

WIDTH, HEIGHT = 268, 170
LETTER_SIZE = 10
NO_VALUE = "–"
_LETTER_WIDTH = 4.6  # of both faces, on average, at that size
_SWATCH, _GAP = 9, 4
_LEGEND_ROW, _MONTHS_HEIGHT, _VALUE_HEIGHT = 15, 16, 15
_BAR_SHARE = 0.68
_THOUSAND, _MANY = 1000, 10_000
#: How the series of a stack look that have no tone of their own.
_IN_ORDER = ("", "same", "worse", "unknown")


@dataclass(frozen=True, slots=True)
class Box:
    """A bar, a piece of one, or a swatch; `tone` says how it is filled."""

    x: float
    y: float
    width: float
    height: float
    tone: str


@dataclass(frozen=True, slots=True)
class Words:
    """Words whose baseline begins at, or whose middle is above, (x, y)."""

    x: float
    y: float
    text: str
    middle: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart in CSS pixels, from the upper left; `floor` is where the bars stand."""

    boxes: tuple[Box, ...]
    words: tuple[Words, ...]
    floor: float


def value_in_words(value: float | None) -> str:
    """`7`, `33.5`, `1.2k`, `12k`; a dash for none."""
    if value is None:
        return NO_VALUE
    if value >= _MANY:
        return f"{value / _THOUSAND:.0f}k"
    return f"{value / _THOUSAND:.1f}k" if value >= _THOUSAND else f"{round(value, 1):g}"


def shows_something(chart: Chart) -> bool:
    """Whether there was anything in any month: else its sentence says it all."""
    return any(value for series in chart.series for value in series.values)


def drawing_of(chart: Chart, height: int = HEIGHT) -> Drawing:
    """The chart's shapes, in a picture of WIDTH by `height`."""
    tones = _tones(chart.series)
    legend, top = _legend(chart.series, tones)
    floor = float(height - _MONTHS_HEIGHT)
    boxes, words = [box for box, _ in legend], [label for _, label in legend]
    slot = WIDTH / max(1, len(chart.months))
    room = floor - top - _VALUE_HEIGHT
    scale = room / max(1.0, *(total or 0 for total in _totals(chart)))
    for index, (month, total) in enumerate(zip(chart.months, _totals(chart), strict=True)):
        middle = slot * (index + 0.5)
        upper = floor
        for series, tone in zip(chart.series, tones, strict=True):
            high = (series.values[index] or 0) * scale
            if high:
                upper -= high
                boxes.append(
                    Box(middle - slot * _BAR_SHARE / 2, upper, slot * _BAR_SHARE, high, tone)
                )
        words.append(Words(middle, upper - 4, value_in_words(total), middle=True))
        words.append(Words(middle, height - 4, month, middle=True))
    return Drawing(tuple(boxes), tuple(words), floor)


def _totals(chart: Chart) -> list[float | None]:
    months = [[series.values[i] for series in chart.series] for i in range(len(chart.months))]
    known = [[value for value in values if value is not None] for values in months]
    return [sum(values) if values else None for values in known]


def _tones(series: tuple[Series, ...]) -> list[str]:
    return [one.tone or _IN_ORDER[i % len(_IN_ORDER)] for i, one in enumerate(series)]


def _legend(series: tuple[Series, ...], tones: list[str]) -> tuple[list[tuple[Box, Words]], float]:
    """What is what, in as many rows as it takes, and the height of that; of one series none."""
    if len(series) < 2:  # noqa: PLR2004 - nothing to tell apart
        return [], 0
    entries = list(_places(series, tones))
    return entries, entries[-1][0].y + _LEGEND_ROW


def _places(series: tuple[Series, ...], tones: list[str]) -> Iterator[tuple[Box, Words]]:
    x, y = 0.0, 2.0
    for one, tone in zip(series, tones, strict=True):
        width = _SWATCH + _GAP + len(one.name) * _LETTER_WIDTH
        if x and x + width > WIDTH:
            x, y = 0.0, y + _LEGEND_ROW
        start = x + _SWATCH + _GAP
        yield Box(x, y, _SWATCH, _SWATCH, tone), Words(start, y + 8, one.name, middle=False)
        x += width + 2 * _GAP
