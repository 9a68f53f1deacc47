"""Whom to thank: for lessons that other teams used in the period, failures too.

Of a protected lesson it is the team that counts, and nobody knows whose it is.
"""

from collections.abc import Iterable

from app.digests.compiling.facts import LessonFact, UseFact, grouped
from app.digests.compiling.scope import Scope, within
from app.digests.compiling.tally import Tally
from app.digests.contents import Grounds, ToThank
from app.digests.models import About
from app.uses.models import Result

_SHOWN = 5


def thanks(scope: Scope, tally: Tally) -> list[ToThank]:
    """The lessons whose authors are to be thanked, those that helped most teams first."""
    uses = [u for u in scope.uses_of(_ours(scope)) if _by_others(scope, u)]
    of_lesson = grouped(uses, lambda use: use.lesson_id)
    found = [
        to_thank
        for lesson_id, used in of_lesson.items()
        if lesson_id and (to_thank := _to_thank(scope.facts.lessons[lesson_id], used))
    ]
    found.sort(key=lambda one: (-one.better, -one.teams, one.lesson_id))
    tally.put("thanks", (one.lesson_id for one in found))
    return found[:_SHOWN]


def _ours(scope: Scope) -> Iterable[LessonFact]:
    """Lessons whose named authors are in the teams, and of the teams where nobody is named."""
    facts = scope.facts
    if scope.about is not About.TEAM:
        yield from (one for one in scope.lessons if one.thankable)
        return
    nameless = (one for one in scope.lessons if one.author_id is None)
    written = (one for person in scope.people for one in facts.lessons_by_author.get(person, ()))
    readable = (one for one in written if scope.lesson(one.id))
    yield from (one for one in (*nameless, *readable) if one.thankable)


def _by_others(scope: Scope, use: UseFact) -> bool:
    return use.by_others and within(use.reported_at, scope.period)


def _to_thank(lesson: LessonFact, uses: list[UseFact]) -> ToThank | None:
    """What to thank for; nothing where it only made things worse."""
    known = {use.result for use in uses} - {Result.UNKNOWN}
    if known == {Result.WORSE}:
        return None
    better = {use.team_id for use in uses if use.result is Result.BETTER}
    worse = {use.team_id for use in uses if use.result is Result.WORSE}
    grounds = Grounds.FAILURE if lesson.failed else Grounds.USED
    teams = len({use.team_id for use in uses})
    results = {"better": len(better), "worse": len(worse)}
    return ToThank(lesson_id=lesson.id, grounds=grounds, teams=teams, **results)
