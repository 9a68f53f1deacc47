"""A digest as it is told to one reader."""

from datetime import datetime

from sqlmodel import Session

from app.digests.models import About
from app.digests.period import Period
from app.digests.telling.charts import charts
from app.digests.telling.finding import Found, find
from app.digests.telling.names import Names
from app.digests.telling.saying import first, quiet, sections
from app.digests.telling.scene import Scene, set_scene
from app.digests.told import Deed, Offer, Told, address
from app.kit.templates import day_in_words
from app.lessons.access import Reader

_NOT_KEPT = "This was not kept when it was over: it is told as everything is known today."


def digest_to_read(
    session: Session, period: Period, about: About, subject_id: str, who: Reader, *, now: datetime
) -> Told:
    """The digest in words for one reader, kept or compiled just now; of what it names only what
    they may read. In six questions to the database where it is kept. Raises NotFound for a subject
    that they may not know of, and for a period that has not begun."""
    return tell(session, find(session, period, about, subject_id, who, now=now), who, now=now)


def tell(session: Session, found: Found, who: Reader, *, now: datetime) -> Told:
    """What was found, in words. In four questions."""
    subject, period, digest = found.subject, found.period, found.digest
    by = digest.compiled_by_id if digest else None
    scene = set_scene(
        session,
        found.contents,
        who,
        period=period,
        about=subject.about,
        subject_id=subject.id,
        subject=subject.in_a_sentence,
        today=now.date(),
        also=[by] if by else [],
    )
    parts, calm = sections(scene), quiet(scene)
    following = period.next
    return Told(
        period,
        subject.about,
        subject.id,
        subject.title,
        found.edition,
        first(parts, calm),
        parts,
        charts(scene),
        found.at,
        so_far=not period.is_over(now),
        quiet=calm,
        note=_note(found, scene.names),
        previous_url=address(period.previous, subject.about, subject.id),
        next_url=address(following, subject.about, subject.id)
        if now >= following.starts_at
        else "",
        cadence=scene.names.cadence,
        small_teams_left_out=found.contents.small_teams_left_out,
        offers=_offers(scene, who),
    )


def _note(found: Found, names: Names) -> str:
    """“Compiled anew on 3 November 2026 by Root Example: …”; or that it was not kept at all."""
    digest = found.digest
    if digest is None:
        return _NOT_KEPT if found.period.is_over(found.at) else ""
    if digest.revision == 1:
        return ""
    by = names.people.get(digest.compiled_by_id or "")
    said = f"Compiled anew on {day_in_words(digest.compiled_at)}" + (f" by {by}" if by else "")
    return f"{said}: {digest.note}" if digest.note else f"{said}."


def _offers(scene: Scene, who: Reader) -> tuple[Offer, ...]:
    if scene.about is not About.TOPIC:
        own = scene.subject_id in who.teams
        return (Offer(Deed.BRIEF, scene.subject_id if own else ""),)
    return (Offer(Deed.FOLLOW, scene.subject_id, scene.subject_id in scene.names.followed),)
