"""Which digest an address asks for: `?team=` or `?topic=`, or that of the organisation."""

import re
from collections.abc import Mapping

from app.digests.models import NOBODY, About
from app.kit.api import ID_PATTERN
from app.kit.errors import NotFound


def asked_for(query: Mapping[str, str]) -> tuple[About, str]:
    """What the digest is of, and its id. Raises NotFound for both at once, and for no id."""
    given = {about: query.get(about) for about in (About.TEAM, About.TOPIC)}
    named = [(about, value) for about, value in given.items() if value]
    if not named:
        return About.ORGANISATION, NOBODY
    if len(named) > 1 or not re.match(ID_PATTERN, named[0][1]):
        raise NotFound
    return named[0]
