"""Twelve months of learning and of performance, side by side and never in one score."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import TypeVar

from app.digests.compiling.facts import LessonFact, UseFact
from app.digests.compiling.scope import Scope
from app.digests.compiling.sections.begun import pieces_of_work
from app.digests.compiling.tally import Tally
from app.digests.contents import Trend
from app.digests.period import Period
from app.uses.models import Result

Row = TypeVar("Row")
Month = tuple[int, int]


def trend(scope: Scope, tally: Tally) -> Trend | None:
    """The twelve months that end with the period, and the list behind each number; None of a
    week."""
    if scope.period.weekly:
        return None
    months = scope.facts.window.months

    def monthly(name: str, found: Mapping[Month, Iterable[str]]) -> list[int]:
        return tally.put_months(
            name, ((month.key, found.get(_month(month), ())) for month in months)
        )

    uses = [use for use in scope.uses if not use.rejected]
    results = {
        result.value: monthly(
            result.value, _ids([u for u in uses if u.result is result], _reported)
        )
        for result in Result
    }
    used = [use for use in scope.uses_of_ours if use.by_others]
    seconds = by_month(_seconds(scope), lambda pair: pair[1])
    monthly("second", {month: [one.id for one, _ in pairs] for month, pairs in seconds.items()})
    work, briefed = _work(scope)
    told = bool(scope.counted_teams)
    return Trend(
        months=[month.key for month in months],
        reached=monthly("reached", _lessons(used)),
        second_days=[[_days(pair) for pair in seconds.get(_month(month), ())] for month in months],
        work=monthly("work", work) if told else [],
        briefed=monthly("briefed", briefed) if told else [],
        again=monthly("again", _ids(scope.again, lambda row: row.reported_at)),
        **results,
    )


def by_month(rows: Iterable[Row], at: Callable[[Row], datetime]) -> dict[Month, list[Row]]:
    """The rows by the month that they are of."""
    found: dict[Month, list[Row]] = {}
    for row in rows:
        moment = at(row)
        found.setdefault((moment.year, moment.month), []).append(row)
    return found


def _month(period: Period) -> Month:
    return period.first.year, period.first.month


def _reported(use: UseFact) -> datetime:
    return use.reported_at


def _ids(rows: Iterable[Row], at: Callable[[Row], datetime]) -> dict[Month, list[str]]:
    """The ids of rows by month."""
    found = by_month(rows, at)
    return {month: [row.id for row in of_month] for month, of_month in found.items()}  # type: ignore[attr-defined]


def _lessons(uses: Iterable[UseFact]) -> dict[Month, list[str]]:
    """The lessons used in each month."""
    found = by_month(uses, _reported)
    return {month: [use.lesson_id for use in of_month] for month, of_month in found.items()}


def _seconds(scope: Scope) -> list[tuple[LessonFact, datetime]]:
    """The lessons here that a second team came to in these months, and when."""
    second = scope.facts.second
    return [(one, second[one.id]) for one in scope.lessons if one.id in second]


def _days(pair: tuple[LessonFact, datetime]) -> int:
    """From posting to the second team: never less than none, wherever a lesson came from."""
    lesson, second = pair
    return max((second.date() - lesson.posted_at.date()).days, 0)


def _work(scope: Scope) -> tuple[dict[Month, list[str]], dict[Month, list[str]]]:
    """The pieces of work of each month, and those that began with a brief."""
    uses = by_month(scope.uses, _reported)
    briefs = by_month(scope.briefs, lambda brief: brief.made_at)
    both = {
        month: pieces_of_work(scope, briefs.get(month, ()), uses.get(month, ()))
        for month in uses.keys() | briefs.keys()
    }
    return {m: work for m, (work, _) in both.items()}, {m: b for m, (_, b) in both.items()}
