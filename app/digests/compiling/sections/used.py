"""What was used in the period and what came of it; “worse” is never left out."""

from app.digests.compiling.facts import UseFact
from app.digests.compiling.scope import Scope, within
from app.digests.compiling.tally import Tally
from app.uses.models import Result

_SHOWN = 5
_TELLING = {Result.WORSE: 0, Result.BETTER: 1, Result.SAME: 2, Result.UNKNOWN: 3}


def used(scope: Scope, tally: Tally) -> tuple[list[str], list[str]]:
    """The uses worth showing, and those with a measure before and after, most telling first."""
    period = scope.period
    said = [use for use in scope.uses if within(use.reported_at, period)]
    reported = [use for use in said if not use.rejected]
    heard = [use for use in scope.uses if _was_heard(scope, use)]
    tally.put("used", _ids(reported))
    for result in Result:
        tally.put(f"used.{result.value}", _ids([u for u in reported if u.result is result]))
    tally.put("used.rejected", _ids([use for use in said if use.rejected]))
    tally.put("used.heard", _ids(heard))
    measured = [use for use in [*reported, *heard] if use.compared]
    tally.put("used.measured", _ids(measured))
    ours = (use for use in scope.uses_of_ours if within(use.reported_at, period))
    tally.put("reach", _ids([use for use in ours if use.by_others]))
    return _most_telling([*reported, *heard]), _ids(sorted(measured, key=_order))[:_SHOWN]


def _was_heard(scope: Scope, use: UseFact) -> bool:
    """Whether it was reported earlier, and what came of it was said in the period."""
    known = not use.rejected and use.result is not Result.UNKNOWN
    before = use.reported_at < scope.period.starts_at
    return known and before and within(use.changed_at, scope.period)


def _most_telling(uses: list[UseFact]) -> list[str]:
    ordered = sorted(uses, key=_order)
    ordered.sort(key=lambda use: use.result is not Result.WORSE)
    return _ids(ordered[:_SHOWN])


def _order(use: UseFact) -> tuple[bool, bool, int, float, str]:
    known = use.result is not Result.UNKNOWN
    last = -use.changed_at.timestamp()
    return not known, not use.compared, _TELLING[use.result], last, use.id


def _ids(uses: list[UseFact]) -> list[str]:
    return [use.id for use in uses]
