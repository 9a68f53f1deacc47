"""Where the digest of the last whole month is."""

from datetime import datetime

from app.digests.models import About
from app.digests.period import month_of
from app.digests.told import address


def latest_digest(subject_id: str, about: str, now: datetime) -> str:
    """Its address, as templates ask for it: `team.id|latest_digest("team", now)`."""
    return address(month_of(now.date()).previous, About(about), subject_id)
