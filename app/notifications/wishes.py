"""When people want to be mailed what they are told of: by kind, and whether at all.

That is their own business, and no event records it.
"""

from collections.abc import Iterable, Mapping

import sqlalchemy as sa
from sqlmodel import Session, col, select

from app.notifications.models import ByMail, MailWish, NotificationKind
from app.people.directory import one_at_a_time
from app.people.models import Person

Wishes = Mapping[NotificationKind, ByMail]

#: What asks something of the person.
ASKS = (
    NotificationKind.QUESTION,
    NotificationKind.HELP,
    NotificationKind.ACTION,
    NotificationKind.MAY_KNOW,
    NotificationKind.FOLLOW_UP,
    NotificationKind.MENTION,
)
#: Without a word of theirs: what asks something of people comes at once, all else once a day.
DEFAULTS: Wishes = {
    kind: ByMail.AT_ONCE if kind in ASKS else ByMail.DAILY for kind in NotificationKind
}
_NO_MAIL: Wishes = dict.fromkeys(NotificationKind, ByMail.NEVER)


def wishes_of(session: Session, person_ids: Iterable[str]) -> dict[str, Wishes]:
    """By person, when they want to be mailed of each kind. Who said never of all that there was
    is not mailed of a kind that came later either."""
    said: dict[str, dict[NotificationKind, ByMail]] = {one: {} for one in person_ids}
    rows = session.exec(select(MailWish).where(col(MailWish.person_id).in_(said)))
    for row in rows:
        said[row.person_id][row.kind] = row.by_mail
    return {
        one: (_NO_MAIL if no_mail(wishes) else {**DEFAULTS, **wishes})
        for one, wishes in said.items()
    }


def no_mail(wishes: Wishes) -> bool:
    """Whether somebody wants no notices by mail at all."""
    return bool(wishes) and set(wishes.values()) == {ByMail.NEVER}


def wish(session: Session, wishes: Wishes, *, by: Person) -> None:
    """From now on, be mailed so; of a kind that is not named, as it is without a word."""
    one_at_a_time(session, by)
    session.connection().execute(sa.delete(MailWish).where(col(MailWish.person_id) == by.id))
    for kind, by_mail in {**DEFAULTS, **wishes}.items():
        session.add(MailWish(person_id=by.id, kind=kind, by_mail=by_mail))


def end_mail(session: Session, *, by: Person) -> Wishes:
    """No notices by mail from now on. Returns what was wished before, to come back to."""
    before = wishes_of(session, [by.id])[by.id]
    wish(session, _NO_MAIL, by=by)
    return DEFAULTS if no_mail(before) else before
