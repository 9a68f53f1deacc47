"""How work began: with a brief or without, what was decided, and what waits for its follow-up.

A team's briefs are its own. What is told of them to others is a sum over teams that are large
enough, each counted whole or not at all, so that no digest less another tells of a small one.
"""

from collections.abc import Iterable

from app.briefs.models import Disposition
from app.digests.compiling.facts import BriefFact, UseFact
from app.digests.compiling.scope import Scope, within
from app.digests.compiling.tally import Tally
from app.digests.models import About

_SHOWN = 5


def begun(scope: Scope, tally: Tally) -> list[str]:
    """The briefs that wait and that all readers may open, the longest first."""
    if not scope.counted_teams:
        return []
    made = [brief for brief in scope.briefs if within(brief.made_at, scope.period)]
    tally.put("briefs", (brief.id for brief in made))
    decided = [
        (row.disposition, f"{row.brief_id}:{row.lesson_id}")
        for brief in made
        for row in scope.facts.decisions.get(brief.id, ())
        if scope.lesson(row.lesson_id)
    ]
    for disposition in Disposition:
        tally.put(f"briefs.{disposition.value}", (key for d, key in decided if d is disposition))
    tally.put("briefs.undecided", (key for disposition, key in decided if disposition is None))
    waiting = sorted(waiting_briefs(scope), key=lambda brief: (brief.asked_at, brief.id))
    tally.put("briefs.waiting", (brief.id for brief in waiting))
    uses = (use for use in scope.uses if within(use.reported_at, scope.period))
    work, briefed = pieces_of_work(scope, made, uses)
    tally.put("work", work)
    tally.put("work.briefed", briefed)
    return [brief.id for brief in waiting if brief.team_id in scope.own][:_SHOWN]


def small_teams_left_out(scope: Scope) -> bool:
    """Whether briefs are not counted here: those of small teams, or of nobody's team. It does not
    tell whether there are any."""
    return scope.about is not About.TOPIC and (
        scope.about is About.ORGANISATION or scope.counted_teams != scope.teams
    )


def waiting_briefs(scope: Scope) -> list[BriefFact]:
    """Briefs whose follow-up was asked for in the year before the period's end and is not over."""
    return [
        brief
        for brief in scope.briefs
        if brief.asked_at
        and scope.facts.window.starts_at <= brief.asked_at < scope.period.ends_at
        and brief.ended_at is None
    ]


def pieces_of_work(
    scope: Scope, briefs: Iterable[BriefFact], uses: Iterable[UseFact]
) -> tuple[list[str], list[str]]:
    """The pieces of work that briefs and uses tell of, as ids of briefs and of first uses; and of
    them the briefs. Uses come last first, and count where a brief of the same team would."""
    briefed = [brief.id for brief in briefs]
    first: dict[int, str] = {}
    for use in uses:  # whoever comes later was earlier, and takes the place
        if use.brief_id is None and not use.rejected and use.team_id in scope.counted_teams:
            first[use.work] = use.id
    return [*briefed, *first.values()], briefed
