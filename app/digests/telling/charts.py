"""Twelve months as small charts, each with a sentence that says what one sees.

What was learned stands beside how it went, and no figure is made of both.
"""

from collections.abc import Sequence
from datetime import date
from statistics import median

from app.digests.compiling.tally import TREND
from app.digests.contents import Trend
from app.digests.models import About
from app.digests.telling.phrases import begun_of, sentence, some
from app.digests.telling.scene import Scene
from app.digests.told import Chart, Series
from app.lessons.worth import times


def charts(scene: Scene) -> tuple[Chart, ...]:
    """Those of learning first; none where no trend was compiled."""
    trend = scene.contents.trend
    if trend is None:
        return ()
    briefed = (_briefed(scene, trend),) if trend.work else ()
    return (
        _reached(scene, trend),
        _second(scene, trend),
        *briefed,
        _results(scene, trend),
        _again(scene, trend),
    )


def _reached(scene: Scene, trend: Trend) -> Chart:
    whose = f"of {scene.subject} " if scene.about is About.TEAM else ""
    said = f"{some(trend.reached[-1], 'lesson')} {whose}used by another team in {_last(trend)}"
    never = f"No lesson {whose}was used by another team"
    series = _series(scene, trend, "reached", "lessons", trend.reached)
    title = f"Lessons {whose}that another team used"
    return _chart("reach", title, "lessons", _but(said, trend.reached, never), trend, (series,))


def _second(scene: Scene, trend: Trend) -> Chart:
    middles = [median(days) if days else None for days in trend.second_days]
    known = sum(len(days) for days in trend.second_days)
    said = (
        f"In twelve months {some(known, 'lesson')} came to a second team; where a month has "
        "several, its bar is the middle one."
        if known
        else "No lesson came to a second team in these months."
    )
    urls = _urls(scene, trend, "second", [len(days) for days in trend.second_days])
    series = (Series("days", tuple(middles), urls=urls),)
    return _chart("second", "Days until a second team used it", "days", said, trend, series)


def _briefed(scene: Scene, trend: Trend) -> Chart:
    without = [
        all_of - with_one for all_of, with_one in zip(trend.work, trend.briefed, strict=True)
    ]
    series = (
        _series(scene, trend, "briefed", "with a brief", trend.briefed, "better"),
        Series("without", tuple(without), "unknown"),
    )
    said = f"In {_last(trend)} {begun_of(trend.briefed[-1], trend.work[-1])}."
    title = "Pieces of work that began with a brief"
    return _chart("briefed", title, "pieces of work", said, trend, series)


def _results(scene: Scene, trend: Trend) -> Chart:
    series = tuple(
        _series(scene, trend, tone, words, values, tone)
        for tone, words, values in (
            ("better", "better", trend.better),
            ("same", "no different", trend.same),
            ("worse", "worse", trend.worse),
            ("unknown", "too early to say", trend.unknown),
        )
    )
    better, worse = sum(trend.better), sum(trend.worse)
    total = sum(map(sum, (trend.better, trend.same, trend.worse, trend.unknown)))
    said = (
        sentence(f"{some(total, 'use')} in twelve months: {better:,} better, {worse:,} worse")
        if total
        else "Nobody said in twelve months that they used a lesson."
    )
    title = "What came of the lessons used"
    return _chart("results", title, "uses", said, trend, series, performance=True)


def _again(scene: Scene, trend: Trend) -> Chart:
    series = _series(scene, trend, "again", "times", trend.again, "worse")
    said = f"{times(trend.again[-1]) if trend.again[-1] else 'never'} in {_last(trend)}"
    title = "What happened again"
    return _chart(
        "again",
        title,
        "times",
        _but(said, trend.again, "Nothing happened again"),
        trend,
        (series,),
        performance=True,
    )


def _but(said: str, values: Sequence[int], never: str) -> str:
    """With all twelve months beside the last; `never` where there was nothing in any."""
    if not sum(values):
        return f"{never} in twelve months."
    return f"{said[:1].upper()}{said[1:]}, {sum(values):,} in twelve months."


def _last(trend: Trend) -> str:
    """“October”: the last of the twelve months."""
    return f"{date.fromisoformat(trend.months[-1] + '-01'):%B}"


def _chart(
    key: str,
    title: str,
    unit: str,
    said: str,
    trend: Trend,
    series: tuple[Series, ...],
    *,
    performance: bool = False,
) -> Chart:
    months = tuple(f"{date.fromisoformat(month + '-01'):%b}" for month in trend.months)
    return Chart(key, title, unit, said, months, series, performance)


def _series(
    scene: Scene, trend: Trend, name: str, words: str, values: Sequence[int], tone: str = ""
) -> Series:
    return Series(words, tuple(values), tone, _urls(scene, trend, name, values))


def _urls(scene: Scene, trend: Trend, name: str, counted: Sequence[int]) -> tuple[str, ...]:
    return tuple(
        scene.list_url(TREND + name, month) if number else ""
        for month, number in zip(trend.months, counted, strict=True)
    )
