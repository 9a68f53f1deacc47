"""How much of its relevance a document keeps: what uses showed of it, and its age.

Relevance comes first. Among the first ten of plain questions, one hit scores in the middle 6 % less
than the one before it: the share of effect lets a lesson that helped pass a few of its equals, and
no lesson that is off the subject pass one that is on it. A single team's word counts little in
`effect` itself, which is a lower bound. Age is held against a lesson less than a bad effect is: an
old lesson may hold as ever, it is only that nobody has said so for two years.
"""

from datetime import date

import numpy as np

from .ranking import Floats
from .snapshot import Snapshot

#: What the best effect adds and the worst takes, of a document's relevance.
EFFECT_SHARE = 0.25
#: From so many days on since somebody stood by it a document is stale, and keeps so much.
STALE_DAYS = 730
STALE_SHARE = 0.9
#: No document keeps more than this.
MOST = 1 + EFFECT_SHARE


def standing(snapshot: Snapshot, today: date | None) -> Floats | None:
    """What each document's relevance is multiplied by on a day; None where it stays as it is.

    Worked out once a generation and day.
    """
    if today is None:
        return None
    known = snapshot.standing
    if known is None or known[0] != today:
        snapshot.standing = known = today, _standing(snapshot, today)
    return known[1]


def _standing(snapshot: Snapshot, today: date) -> Floats | None:
    effect = snapshot.joined(lambda segment: segment.cards.effect)
    held_on = snapshot.joined(lambda segment: segment.cards.held_on)
    stale = today.toordinal() - held_on > STALE_DAYS
    if not effect.any() and not stale.any():
        return None
    shares = 1 + np.float32(EFFECT_SHARE / 100) * effect.astype(np.float32)
    shares[stale] *= np.float32(STALE_SHARE)
    return shares
