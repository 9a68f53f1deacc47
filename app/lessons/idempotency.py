"""A post sent twice is one lesson: what was answered to an Idempotency-Key is kept for a day."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from app.kit.errors import Conflict, Invalid
from app.kit.signing import digest, fingerprint
from app.lessons.access import holds_claim
from app.lessons.capture import Posted, post
from app.lessons.models import KeptAnswer, Lesson
from app.lessons.schemas import LessonInput
from app.people.models import Person

KEPT_FOR = timedelta(days=1)
LONGEST_KEY = 200
_CLAIM_LENGTH = 20


class KeyReused(Conflict):
    code = "idempotency_key_reused"
    message = (
        "This Idempotency-Key was used for another post. Use a new key for each lesson. "
        "Nothing was posted."
    )


@dataclass(frozen=True, slots=True)
class PostKey:
    """One person's key for one post. `secret` is the server's; neither person nor key is stored,
    only their keyed digest, so that a row cannot be led back to a person."""

    secret: bytes
    person_id: str
    key: str

    def __post_init__(self) -> None:
        if not 0 < len(self.key) <= LONGEST_KEY or not self.key.isprintable():
            raise Invalid(f"An Idempotency-Key has 1 to {LONGEST_KEY} printable characters.")

    @property
    def hash(self) -> str:
        return digest(self.secret, "idempotency", self.person_id, self.key)

    @property
    def claim_code(self) -> str:
        """The claim code of a protected lesson posted with this key: the same when it is sent
        again, so that an answer lost on the way is not the code lost."""
        raw = digest(self.secret, "claim", self.person_id, self.key).lower()
        letters = "".join(c for c in raw if c.isalnum())[:_CLAIM_LENGTH]
        return "-".join(letters[i : i + 4] for i in range(0, len(letters), 4))


def post_once(
    session: Session, content: LessonInput, key: PostKey, *, by: Person, now: datetime
) -> Posted:
    """Post a lesson, or return the one that was posted with this key.

    Of two that arrive at once one waits at the key's row and is then answered like the other.
    Raises KeyReused when the key was used for another post.
    """
    body = content.model_dump_json()
    try:
        with session.begin_nested():
            before = answered_before(session, key, body, now=now)
            if before is None:
                posted = post(session, content, by=by, now=now, claim_code=key.claim_code)
                keep_answer(session, key, body, posted.lesson)
                session.flush()
                return posted
    except IntegrityError as error:
        before = answered_before(session, key, body, now=now)
        if before is None:
            raise Conflict from error
    return Posted(before, key.claim_code if holds_claim(before, key.claim_code) else None)


def answered_before(session: Session, key: PostKey, body: str, *, now: datetime) -> Lesson | None:
    """The lesson that was posted with this key; raises KeyReused when it was another post."""
    kept = session.get(KeptAnswer, key.hash)
    if kept is None or kept.at < now - KEPT_FOR - timedelta(days=1):
        return None
    if kept.request_hash != fingerprint(body):
        raise KeyReused
    return session.get(Lesson, kept.lesson_id)


def keep_answer(session: Session, key: PostKey, body: str, lesson: Lesson) -> None:
    """Remember what was posted with this key. A protected lesson's is dated by its day."""
    old = session.get(KeptAnswer, key.hash)
    if old:
        session.delete(old)
        session.flush()
    session.add(
        KeptAnswer(
            key_hash=key.hash,
            request_hash=fingerprint(body),
            lesson_id=lesson.id,
            at=lesson.changed_at,
        )
    )


def forget_old_answers(session: Session, *, now: datetime) -> None:
    """Remove answers that are more than a day old (two, for those dated by their day)."""
    old = sa.delete(KeptAnswer).where(col(KeptAnswer.at) < now - KEPT_FOR - timedelta(days=1))
    session.connection().execute(old)
