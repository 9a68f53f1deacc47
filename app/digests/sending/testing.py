"""A digest as a mail to whoever looks after them, before it goes to others."""

from datetime import datetime

from sqlmodel import Session

from app.digests.sending.writing import Letters, Mail
from app.digests.told import Told
from app.events.record import record
from app.kit.errors import Conflict
from app.mail.compose import put_in_line
from app.mail.models import OutgoingMessage, Purpose
from app.people.models import Person


def send_test(session: Session, letters: Letters, told: Told, *, by: Person, now: datetime) -> Mail:
    """Put it in line for `by` alone, marked as a test. Raises Conflict where no mail goes out."""
    if not letters.settings.sends_mail:
        raise Conflict("No mail goes out: set COMMONPLACE_SMTP_URL first.")
    mail = letters.mail([told], by, now)
    message = OutgoingMessage(
        to=by.email,
        subject=f"[Test] {mail.subject}",
        text=mail.text,
        html=mail.html,
        purpose=Purpose.TEST,
        person_id=by.id,
        headers=mail.headers,
        pictures=mail.pictures,
        due_at=now,
        created_at=now,
    )
    put_in_line(session, message)
    said = {"period": told.period.key, "about": told.about.value, "of": told.subject_id}
    record(session, "digest.tested", by.id, by=by.id, now=now, **said)
    return mail
