"""Which editions a digest has, what the readers of each may know, and which of them is whose."""

from collections.abc import Iterable

from app.digests.models import About, Edition
from app.lessons.access import Reader
from app.people.models import Team
from app.people.teams import below

#: What is told of groups is told of so many people at least.
SMALLEST_GROUP = 5


def editions_of(about: About, subject_id: str, teams: Iterable[Team]) -> list[Edition]:
    """The editions of a digest, for the most readers first."""
    if about is not About.TEAM:
        return [Edition.EVERYONE]
    if any(team.parent_id == subject_id for team in teams):
        return [Edition.EVERYONE, Edition.MEMBERS, Edition.MANAGERS]
    return [Edition.EVERYONE, Edition.MEMBERS]


def edition_for(who: Reader, about: About, subject_id: str, teams: Iterable[Team]) -> Edition:
    """The edition that holds most of what this reader may read, and nothing that they may not."""
    if about is not About.TEAM or subject_id not in who.teams:
        return Edition.EVERYONE
    all_of_them = below(teams, subject_id)
    if len(all_of_them) > 1 and all_of_them <= who.teams:
        return Edition.MANAGERS
    return Edition.MEMBERS


def teams_told_of(edition: Edition, subject_id: str, scope: frozenset[str]) -> frozenset[str]:
    """The teams of which every reader of an edition reads what they keep to themselves."""
    if edition is Edition.EVERYONE:
        return frozenset()
    return scope if edition is Edition.MANAGERS else frozenset({subject_id})
