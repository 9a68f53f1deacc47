"""A month in which nothing happened says so, and suggests one thing."""

from app.digests.compiling.scope import Scope
from app.digests.compiling.tally import Tally
from app.digests.contents import Sought, Suggested, ToAct
from app.digests.models import About

_HAPPENED = ("used", "used.rejected", "used.heard", "again", "fresh.ours", "reach")


def quiet(scope: Scope, tally: Tally, act: list[ToAct], sought: list[Sought]) -> Suggested | None:
    """What to do after a period in which nothing was used, happened again or was posted; None of
    any other. Whether work began with a brief plays no part: that is the teams' own."""
    if any(tally.lists.get(name) for name in _HAPPENED):
        return None
    if act:
        return Suggested.ACT
    if sought:
        return Suggested.WANTED
    return Suggested.BRIEF if scope.about is About.TEAM else Suggested.WRITE
