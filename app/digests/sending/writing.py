"""The mail of a period as it is written for one person, with the ways to end it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from jinja2 import Environment
from sqlmodel import Session

from app.config import Settings
from app.digests.deeds.signed import Links
from app.digests.papers.letter import letter
from app.digests.period import Period
from app.digests.sending.getting import Getting
from app.digests.telling.reading import digest_to_read
from app.digests.told import Told
from app.kit.errors import NotFound
from app.kit.signing import seal
from app.lessons.access import Reader, reader
from app.people.models import Person

#: What the seal of the address is for that ends digests by mail.
END_PURPOSE = "digests by mail"
#: Whoever finds an old mail may still end what it was about.
_END_LASTS = timedelta(days=3 * 366)
CHOICES_PATH = "/digests/mail"


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as it is put in line."""

    subject: str
    text: str
    html: str
    pictures: list[dict[str, str]]
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Letters:
    """Writes the mails. `templates` is asked for when the first is written."""

    settings: Settings
    templates: Callable[[], Environment]

    def __call__(
        self,
        session: Session,
        person: Person,
        period: Period,
        wanted: Sequence[Getting],
        now: datetime,
    ) -> Mail | None:
        """Every digest that the person gets, as they may read it; None when there is none of it
        any more."""
        who = reader(session, person)
        found = [_told(session, period, one, who, now) for one in wanted]
        tolds = [told for told in found if told]
        return self.mail(tolds, person, now) if tolds else None

    def mail(self, tolds: Sequence[Told], person: Person, now: datetime) -> Mail:
        """These digests as a mail to a person. One click ends all digests by mail (RFC 8058)."""
        key, base_url = self.settings.key, self.settings.base_url
        token = seal(key, END_PURPOSE, (person.id,), now=now, lifetime=_END_LASTS)
        end_url = f"{base_url}/mail/digests/{token}"
        made = letter(
            self.templates(),
            tolds,
            name=person.name,
            base_url=base_url,
            links=Links(key, person.id, base_url, now),
            end_url=end_url,
            settings_url=base_url + CHOICES_PATH,
        )
        headers = {
            "List-Unsubscribe": f"<{end_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
        return Mail(made.subject, made.text, made.html, made.pictures, headers)


def _told(
    session: Session, period: Period, one: Getting, who: Reader, now: datetime
) -> Told | None:
    try:
        return digest_to_read(session, period, one.about, one.subject_id, who, now=now)
    except NotFound:  # gone, or not theirs to know of any more
        return None
