"""How much of its relevance a document keeps: what uses showed of it, and its age.

Relevance comes first. Of plain questions and of plans, a hit scores 3 % less than the one before it
(the median), the tenth 40 to 50 % less than the first: with a fifth for effect, a lesson that three
teams were better off with (65) comes from the fifth place to the third, and none that is off the
subject passes one that is on it. Handed out by chance to three lessons in ten, effects would cost
.004 of the nDCG on Cranfield; with half instead of a fifth, .022. One team's word counts little in
`effect` itself, which is a lower bound. Age is held against a lesson less than a bad effect is: it
may hold as ever, only nobody has said so for two years.
"""

from datetime import date

import numpy as np

from .ranking import Floats
from .snapshot import Snapshot

#: What the best effect adds and the worst takes, of a document's relevance.
EFFECT_SHARE = 0.2
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
