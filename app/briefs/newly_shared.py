"""Which lessons are new to somebody: just posted, or shared with others than before."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from app.events.models import Event
from app.lessons.models import LessonVersion

_SHARED_BY = ("visibility", "team")


def newly_shared(session: Session, events: Sequence[Event]) -> set[str]:
    """Ids of the lessons that these events made known to people who did not know them; in one
    question at most."""
    posted = {event.subject_id for event in events if event.kind == "lesson.posted"}
    edited = {
        (event.subject_id, int(event.facts["revision"]))
        for event in events
        if event.kind == "lesson.edited" and "revision" in event.facts
    }
    edited = {(lesson_id, revision) for lesson_id, revision in edited if lesson_id not in posted}
    if not edited:
        return posted
    revisions = {revision - before for _, revision in edited for before in (0, 1)}
    rows = session.exec(
        select(LessonVersion).where(
            col(LessonVersion.lesson_id).in_({lesson_id for lesson_id, _ in edited}),
            col(LessonVersion.revision).in_(revisions),
        )
    )
    shared = {
        (row.lesson_id, row.revision): [row.content.get(name) for name in _SHARED_BY]
        for row in rows
    }
    moved = {
        lesson_id
        for lesson_id, revision in edited
        if shared.get((lesson_id, revision - 1)) not in (None, shared.get((lesson_id, revision)))
    }
    return posted | moved
