"""Following: somebody wants to hear of new lessons about a topic, of a team or under a name.

What somebody follows is their own business: nobody else is shown it, and no event records it.
"""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, col, select

from app.following.models import Follow, SubjectKind
from app.lessons.register import Part, part
from app.people.directory import one_at_a_time
from app.people.models import Person


def follow(
    session: Session, kind: SubjectKind, subject_id: str, *, by: Person, now: datetime
) -> None:
    """Begin to follow; doors have looked that `by` may know of it. Twice is as good as once."""
    one_at_a_time(session, by)
    if session.get(Follow, (by.id, kind, subject_id)) is None:
        session.add(Follow(person_id=by.id, subject_kind=kind, subject_id=subject_id, since=now))


def unfollow(session: Session, kind: str, subject_id: str, *, by: Person) -> bool:
    """Undo `follow`, also for what one may not know of any more; whether one followed it."""
    if kind not in set(SubjectKind):
        return False
    one_at_a_time(session, by)
    followed = session.get(Follow, (by.id, SubjectKind(kind), subject_id))
    if followed:
        session.delete(followed)
    return followed is not None


def followers(
    session: Session, subjects: Collection[tuple[SubjectKind, str]]
) -> dict[tuple[SubjectKind, str], list[str]]:
    """Who follows each of these, by person's id; what nobody follows is left out."""
    if not subjects:
        return {}
    rows = session.exec(
        select(Follow.subject_kind, Follow.subject_id, Follow.person_id)
        .where(col(Follow.subject_id).in_({subject_id for _, subject_id in subjects}))
        .order_by(col(Follow.person_id))
    )
    found: dict[tuple[SubjectKind, str], list[str]] = {}
    for kind, subject_id, person_id in rows:
        found.setdefault((SubjectKind(kind), subject_id), []).append(person_id)
    return found


def followed(kind: SubjectKind, subject_id: str, *, by: Person) -> Part:
    """The part "followed" of a register (`app.lessons.register`): 1 when `by` follows it."""
    asked = part("followed")
    return asked.select_from(Follow).where(
        col(Follow.person_id) == by.id,
        col(Follow.subject_kind) == kind,
        col(Follow.subject_id) == subject_id,
    )
