"""From what was reported of a lesson to its sums; popularity has no place in them."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from app.lessons.models import LessonStanding
from app.uses.effect import effect
from app.uses.models import Broke, Manner, Recurrence, Result, Use

UNCOUNTED = {"lesson_id", "revision"}
#: The standing of a lesson that nothing came of.
NOTHING: dict[str, Any] = LessonStanding(lesson_id="").model_dump(exclude=UNCOUNTED)


def latest_results(uses: Iterable[Use]) -> dict[str, Result]:
    """What each team other than the author's said last, by team, of those that used the lesson; a
    result that is not known takes the place of none that is."""
    found: dict[str, Result] = {}
    used = (use for use in uses if use.manner is not Manner.REJECTED)
    for use in sorted(used, key=lambda use: (use.used_on, use.reported_at, use.id)):
        if use.team_id and not use.own_team:
            known = use.result is not Result.UNKNOWN
            found[use.team_id] = use.result if known else found.get(use.team_id, use.result)
    return found


def voices(recurrences: Iterable[Recurrence]) -> tuple[int, int]:
    """To how many it happened again though they had used the lesson, and to how many otherwise.
    A team speaks once, however often it says so; so does a person without one."""
    failed: dict[str, bool] = {}
    for row in recurrences:
        who = row.team_id or row.by_id or row.id
        failed[who] = failed.get(who, False) or row.broke is Broke.USED_AND_FAILED
    return sum(failed.values()), len(failed) - sum(failed.values())


def sums(
    uses: Sequence[Use], recurrences: Sequence[Recurrence], confirmed_on: date | None
) -> dict[str, Any]:
    """The facts of a standing but for its flag. A use stands for the lesson whoever used it, unless
    it made things worse; but only other teams count as reach and for its effect."""
    used = [use for use in uses if use.manner is not Manner.REJECTED]
    results = list(latest_results(used).values())
    better, same, worse = (results.count(r) for r in (Result.BETTER, Result.SAME, Result.WORSE))
    failed, again = voices(recurrences)
    days = [row.happened_on or row.reported_at.date() for row in recurrences]
    return {
        "effect": effect(better=better, same=same, worse=worse, failed=failed, again=again),
        "uses": len(used),
        "reach": len(results),
        "better": better,
        "same": same,
        "worse": worse,
        "recurrences": len(recurrences),
        "failed": sum(row.broke is Broke.USED_AND_FAILED for row in recurrences),
        "used_on": max((u.used_on for u in used if u.result is not Result.WORSE), default=None),
        "confirmed_on": confirmed_on,
        "last_again_on": max(days, default=None),
    }
