"""The addresses in a digest's mail: pages, and deeds that need no sign-in (decision 16)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.digests.told import Deed, Offer
from app.kit.sealed import LinkOver
from app.kit.signing import seal

#: What the seal of a deed is for: no other link of a mail opens a deed, and no deed another link.
PURPOSE = "deed"
#: Long enough to answer a month's digest until the next one is there.
LASTS = timedelta(days=35)


@dataclass(frozen=True, slots=True)
class Links:
    """Absolute addresses for one person's mail, written at `now`."""

    key: bytes
    person_id: str
    base_url: str
    now: datetime

    def page(self, path: str) -> str:
        """The address of a page, which asks for a sign-in. `path` begins with `/`."""
        return self.base_url + path

    def deed(self, offer: Offer) -> str:
        """Where the deed can be done without signing in, for 35 days. To begin a brief one says
        what is ahead, and its answer is the team's lessons: that page asks for a sign-in."""
        if offer.deed is Deed.BRIEF:
            return self.page(brief_path(offer.subject_id))
        parts = (self.person_id, offer.deed.value, offer.subject_id)
        return self.page(
            f"/mail/deeds/{seal(self.key, PURPOSE, parts, now=self.now, lifetime=LASTS)}"
        )


@dataclass(frozen=True, slots=True)
class Promised:
    """What a link was made for."""

    person_id: str
    deed: Deed
    subject_id: str


def promised(parts: tuple[str, ...]) -> Promised:
    """What the parts of a seal say. Raises LinkOver for a deed that there is no more."""
    person_id, deed, subject_id = parts
    if deed not in set(Deed):
        raise LinkOver
    return Promised(person_id, Deed(deed), subject_id)


def brief_path(team_id: str) -> str:
    """Where a piece of work begins, for a team or without one."""
    return f"/briefs/new?team={team_id}" if team_id else "/briefs/new"
