"""Made-up things for what came of lessons on the living page of the look: a lesson in a brief, with
and without a decision, the ledger of uses, an action."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from app.actions.listing import ActionLine
from app.actions.models import ActionKind
from app.briefs.models import Brief, Disposition
from app.briefs.reading import Decision, Placed, Told
from app.briefs.why import Reason
from app.lessons.found import CameOfIt, FoundLesson
from app.lessons.found import Named as NamedInList
from app.lessons.freshness import Freshness
from app.uses.ledger import Again, Named, Used
from app.uses.models import Broke, Manner, Result

_DAY, _AT = date(2026, 7, 21), datetime(2026, 7, 21, 9, 30, tzinfo=UTC)
_PUMPS, _SALES, _NOBODY = Named("pumps", "Pumps"), Named("sales", "Sales"), Named("", "")
_ADA, _BEN = Named("ada", "Ada Example"), Named("ben", "Ben Example")
_WARM = "Warm the housing to 18 °C before the compound goes on."


_WORK = Brief(id="example", work="Fans for the cold hall", by_id="ada", made_at=_AT, changed_at=_AT)


@dataclass(frozen=True, slots=True)
class Deciding:
    """As much of a brief as a lesson in it asks for."""

    brief: Brief
    may_change: bool = True


def _told(title: str, kind: str, reason: Reason, *cautions: Reason) -> Told:
    lesson = FoundLesson(
        id="example",
        external_id=None,
        kind=kind,
        title=title,
        state="posted",
        posted_at=_AT,
        occurred_on=None,
        team=NamedInList("pumps", "Pumps"),
        author=None,
        is_protected=False,
        shared_with="organisation",
        topics=(),
        passages=(_WARM, "", "", "", ""),
        worth=CameOfIt(65, better=3),
        held_on=_DAY,
    )
    fresh = Freshness("fresh", "Posted in July; used last week.", "")
    return Told(lesson, (reason,), cautions, fresh)


_BEARING = Placed(
    "bearing",
    _told(
        "Thread-locking compound did not cure at 6 °C",
        "failure",
        Reason("applies", "It applies when ", ("compound", "cold hall")),
        Reason("against", "Not when ", ("outdoors",), ": look whether that is so"),
    ),
    None,
)
_DECIDED = Placed(
    "decided",
    _told(
        "A paint line over each screw showed 11 loose ones in a glance",
        "success",
        Reason("used", "Used with success by three teams"),
    ),
    Decision(Disposition.DOES_NOT_APPLY, "Our screws are glued.", "Ben Example", _AT),
)


_MEASURED = Used(
    id="example",
    team=_SALES,
    by=_BEN,
    own_team=False,
    manner=Manner.ADAPTED,
    result=Result.BETTER,
    on=_DAY,
    work="Fans of line 3",
    note="A lamp in place of the heater: 40 minutes instead of two hours.",
    measure="Fans that came loose",
    unit="of 60",
    before=9,
    after=0,
    source="Test log",
    brief_id="",
    reported_at=_AT,
    mine=True,
)
_WORSE = replace(
    _MEASURED,
    id="worse",
    manner=Manner.APPLIED,
    result=Result.WORSE,
    note="",
    measure="",
    mine=False,
)


_ACTION = ActionLine(
    id="example",
    lesson_id="example",
    lesson_title="Thread-locking compound did not cure at 6 °C",
    kind=ActionKind.FIX_TOOL,
    what="A thermometer that the press waits for",
    owner_id="ben",
    owner="Ben Example",
    due_on=date(2026, 7, 9),
    by_id="ada",
    by="Ada Example",
    made_at=_AT,
    done_at=None,
    done_by_id="",
    done_by="",
    evidence="",
)


@dataclass(frozen=True, slots=True)
class Came:
    """What the components of the loop are given: as their own pages would give it."""

    today: date = _DAY
    brief: Deciding = field(default_factory=lambda: Deciding(_WORK))
    bearings: Sequence[Placed] = (_BEARING, _DECIDED)
    uses: Sequence[Used] = (_MEASURED, _WORSE)
    recurrences: Sequence[Again] = (
        Again(
            id="example",
            team=_PUMPS,
            by=_ADA,
            on=_DAY,
            cost="two days and a pallet of fans",
            broke=Broke.NOT_SEARCHED,
            note="",
            newer=_NOBODY,
            reported_at=_AT,
            mine=False,
        ),
    )
    action: ActionLine = _ACTION
