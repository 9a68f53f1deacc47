"""Digests for programs."""

from typing import Annotated

from fastapi import Path, Query

from app.digests.api_shapes import DigestAsked, DigestView, digest_view
from app.digests.models import NOBODY, About
from app.digests.period import period_called
from app.digests.telling.finding import find
from app.digests.telling.reading import tell
from app.kit.api import BaseUrl, api_router, refusals
from app.kit.db import Db, Now
from app.kit.errors import Invalid
from app.lessons.access import Reader
from app.lessons.api_shapes import Reads
from app.lessons.named import team_ids, topic_ids

PeriodKey = Annotated[
    str,
    Path(
        pattern=r"^[0-9]{4}-(0[1-9]|1[0-2]|W[0-5][0-9])$",
        description="A month (`2026-10`) or an ISO week (`2026-W44`), counted in UTC",
        examples=["2026-10"],
    ),
]

router = api_router("digests")


@router.get("/digests/{period}", responses=refusals(404))
def read_digest(
    db: Db,
    now: Now,
    who: Reads,
    base_url: BaseUrl,
    period: PeriodKey,
    asked: Annotated[DigestAsked, Query()],
) -> DigestView:
    """The digest of a month or a week, in words and numbers: of a team with those below it, of a
    topic, or of the organisation."""
    found = find(db, period_called(period), *_subject(db, asked, who), who, now=now)
    return digest_view(tell(db, found, who, now=now), found.contents.counts, base_url)


def _subject(db: Db, asked: DigestAsked, who: Reader) -> tuple[About, str]:
    if asked.team and asked.topic:
        message = "Ask for a team or for a topic, not for both."
        raise Invalid(message, fields={"topic": message})
    if asked.team:
        return About.TEAM, team_ids(db, [asked.team])[0]
    if asked.topic:
        return About.TOPIC, topic_ids(db, [asked.topic], who)[0]
    return About.ORGANISATION, NOBODY
