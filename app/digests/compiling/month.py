"""Compiles digests: from what is in the tables to what a digest holds. Reading alone."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from app.digests.compiling.facts import Facts, Window
from app.digests.compiling.loading import load
from app.digests.compiling.scope import Scope
from app.digests.compiling.sections.act import to_act
from app.digests.compiling.sections.again import again
from app.digests.compiling.sections.begun import begun, small_teams_left_out
from app.digests.compiling.sections.fresh import fresh_elsewhere, fresh_ours
from app.digests.compiling.sections.overdue import overdue
from app.digests.compiling.sections.quiet import quiet
from app.digests.compiling.sections.thanks import thanks
from app.digests.compiling.sections.trend import trend
from app.digests.compiling.sections.used import used
from app.digests.compiling.sections.wants import Knowers, knowers, sought
from app.digests.compiling.subjects import Subjects
from app.digests.compiling.tally import Tally
from app.digests.contents import Contents
from app.digests.models import About, Edition
from app.digests.period import Period
from app.people.teams import all_teams, below


@dataclass(frozen=True, slots=True)
class Compiled:
    """A digest that is not kept yet. `lists` has the ids behind each number of `contents.counts`
    under its name; those behind the trend, as `keeping.of_month` reads them, under `trend.` and the
    name."""

    contents: Contents
    lists: dict[str, list[str]]


def compile_one(
    session: Session,
    period: Period,
    about: About,
    subject_id: str,
    edition: Edition,
    *,
    now: datetime,
) -> Compiled:
    """One digest, as everything is known now, in a number of questions that never grows."""
    window = Window(period)
    teams = below(all_teams(session), subject_id) if about is About.TEAM else None
    topic = subject_id if about is About.TOPIC else ""
    facts = load(session, Subjects(window, teams, topic), now=now)
    return compiled(facts, about, subject_id, edition, knowers(session, facts))


def compiled(
    facts: Facts, about: About, subject_id: str, edition: Edition, knowers: Knowers
) -> Compiled:
    """One digest out of facts that hold those of its subject."""
    scope, tally = Scope(facts, about, subject_id, edition), Tally()
    shown, measured = used(scope, tally)
    act, wanted = to_act(scope), sought(scope, tally, knowers)
    parts = {
        "act": act,
        "used": shown,
        "measured": measured,
        "again": again(scope, tally),
        "waiting": begun(scope, tally),
        "fresh_elsewhere": fresh_elsewhere(scope, tally),
        "fresh_ours": fresh_ours(scope, tally),
        "wanted": wanted,
        "thanks": thanks(scope, tally),
        "overdue": overdue(scope, tally),
        "trend": trend(scope, tally),
        "quiet": quiet(scope, tally, act, wanted),
    }
    left_out = small_teams_left_out(scope)
    teams = sorted(scope.own) if edition is Edition.MANAGERS else []
    contents = Contents(counts=tally.counts, small_teams_left_out=left_out, teams=teams, **parts)
    return Compiled(contents, tally.lists)
