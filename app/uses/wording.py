"""When the wording of a lesson waits to be mended: it happened three times since it was last put
into words, so either nobody finds it or it moves nobody."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from app.lessons.models import LessonVersion
from app.uses.models import Broke, Recurrence

FLAGGED_AT = 3
#: What leads somebody to a lesson, and what it then says.
WORDING = ("title", "lesson", "recommendation", "applies_when", "not_when")
_MEND = {
    Broke.NOT_USED: "its recommendation does not move anyone to act",
    Broke.USED_AND_FAILED: "what it recommends does not work",
}
_NOT_LED = "its title and “applies when” do not lead anyone to it"


def flagged_at(session: Session, again: Mapping[str, Sequence[Recurrence]]) -> dict[str, datetime]:
    """Since when the wording of these lessons waits, by lesson, of those where it does: the moment
    of the third recurrence since its last change. One question, and none while none has three."""
    often = [lesson_id for lesson_id, rows in again.items() if len(rows) >= FLAGGED_AT]
    worded = _last_worded(session, often)
    since = {
        lesson_id: sorted(
            row.reported_at
            for row in again[lesson_id]
            if lesson_id not in worded or row.reported_at > worded[lesson_id]
        )
        for lesson_id in often
    }
    return {
        lesson_id: moments[FLAGGED_AT - 1]
        for lesson_id, moments in since.items()
        if len(moments) >= FLAGGED_AT
    }


def _last_worded(session: Session, lesson_ids: Sequence[str]) -> dict[str, datetime]:
    if not lesson_ids:
        return {}
    versions = session.exec(
        select(LessonVersion)
        .where(col(LessonVersion.lesson_id).in_(lesson_ids))
        .order_by(col(LessonVersion.revision))
    )
    words: dict[str, list[str]] = {}
    changed: dict[str, datetime] = {}
    for version in versions:
        now = [version.content.get(name, "") for name in WORDING]
        if version.lesson_id in words and words[version.lesson_id] != now:
            # A protected author's change is dated by its day: what came that day came before it.
            day = timedelta(days=0 if version.by_id else 1)
            changed[version.lesson_id] = version.at + day
        words[version.lesson_id] = now
    return changed


def what_to_mend(broke: Iterable[Broke | None]) -> str:
    """What is wrong with a lesson's wording, by where the chain broke most often; of two that
    happened as often, what comes first in the chain. Where nobody said, that it is not found."""
    counts = Counter(_link(where) for where in broke if where)
    if not counts:
        return _NOT_LED
    order = (_NOT_LED, *_MEND.values())
    return max(order, key=lambda words: (counts[words], -order.index(words)))


def _link(where: Broke) -> str:
    return _MEND.get(where, _NOT_LED)
