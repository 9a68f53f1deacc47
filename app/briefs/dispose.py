"""What a team decided about a lesson in its brief: kept with the reason, by whom and when."""

from datetime import datetime

from sqlmodel import Session

from app.briefs.models import Brief, BriefLesson, Disposition
from app.events.record import record
from app.kit.errors import Invalid, NotFound
from app.lessons.models import Lesson
from app.people.models import Person
from app.responses.asking import ask
from app.responses.schemas import Words

_NEEDED = {
    Disposition.DOES_NOT_APPLY: "Say why it does not apply: your team will ask you later.",
    Disposition.NEED_HELP: "Say what you would like to know.",
}


def dispose(
    session: Session,
    brief: Brief,
    lesson: Lesson,
    disposition: Disposition | None,
    *,
    reason: str = "",
    by: Person,
    now: datetime,
    claim_code: str = "",
) -> BriefLesson:
    """Decide about a lesson of the brief, or about it anew; None takes it back.

    Who needs help asks about the lesson, by name, for all who can read it. Raises NotFound for a
    lesson that is not in the brief, Invalid without a reason where one is needed, and what asking
    raises.
    """
    row = session.get(BriefLesson, (brief.id, lesson.id))
    if row is None:
        raise NotFound
    if disposition in _NEEDED and not reason:
        raise Invalid(fields={"reason": _NEEDED[disposition]})
    if (row.disposition, row.reason) == (disposition, reason):
        return row
    if disposition is Disposition.NEED_HELP:
        _ask_for_help(session, brief, lesson, reason, by=by, now=now, claim_code=claim_code)
    row.disposition, row.reason = disposition, reason if disposition else ""
    row.decided_by_id, row.decided_at = (by.id, now) if disposition else (None, None)
    session.add(row)
    facts = {"brief_id": brief.id, "lesson_id": lesson.id, "team_id": brief.team_id}
    said = disposition.value if disposition else None
    record(session, "disposition.set", brief.id, by=by.id, now=now, disposition=said, **facts)
    return row


def _ask_for_help(
    session: Session,
    brief: Brief,
    lesson: Lesson,
    words: str,
    *,
    by: Person,
    now: datetime,
    claim_code: str,
) -> None:
    asked = ask(session, lesson, Words(text=words), by=by, now=now, claim_code=claim_code)
    facts = {"lesson_id": lesson.id, "question_id": asked.id, "brief_id": brief.id}
    record(session, "help.asked", asked.id, by=by.id, now=now, team_id=brief.team_id, **facts)
