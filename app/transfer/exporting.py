"""Exporting: the lessons somebody may read, so that they import back. Drafts stay private."""

from collections.abc import Iterator

from sqlmodel import Session, col, select

from app.lessons.access import Reader
from app.lessons.cards import Card, cards
from app.lessons.models import Lesson, State
from app.transfer.exported import ExportedLesson

_BATCH = 200


def lessons_to_export(
    session: Session, *, who: Reader | None, base_url: str
) -> Iterator[ExportedLesson]:
    """Every posted or retired lesson that `who` may read, oldest first; with None, every one.

    A protected author is in none of them.
    """
    shared = who.readable if who else col(Lesson.state) != State.DRAFT
    ids = session.exec(
        select(Lesson.id).where(shared).order_by(col(Lesson.posted_at), Lesson.id)
    ).all()
    for start in range(0, len(ids), _BATCH):
        batch = ids[start : start + _BATCH]
        found = session.exec(select(Lesson).where(col(Lesson.id).in_(batch)))
        rows = {row.id: row for row in found}
        for card in cards(session, [rows[lesson_id] for lesson_id in batch]):
            yield _exported(card, base_url)


def how_many_to_export(session: Session, *, who: Reader | None) -> int:
    """How many lessons `lessons_to_export` gives."""
    shared = who.readable if who else col(Lesson.state) != State.DRAFT
    return len(session.exec(select(Lesson.id).where(shared)).all())


def _exported(card: Card, base_url: str) -> ExportedLesson:
    row = card.row
    return ExportedLesson(
        id=row.id,
        external_id=row.external_id or "",
        kind=row.kind,
        title=row.title,
        context=row.context,
        expected=row.expected,
        happened=row.happened,
        why=row.why,
        cause_type=row.cause_type,
        lesson=row.lesson,
        recommendation=row.recommendation,
        applies_when=row.applies_when,
        not_when=row.not_when,
        topics=tuple(topic.name for topic in card.topics),
        team=card.team.name if card.team else "",
        visibility=card.shared_with,
        author_mode=row.author_mode,
        author=card.author.email if card.author else "",
        occurred_on=row.occurred_on,
        posted_at=row.posted_at,
        source_url=row.source_url,
        revision=row.revision,
        state=row.state.value,
        url=f"{base_url}{card.url}",
    )
