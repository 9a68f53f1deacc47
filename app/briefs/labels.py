"""The words for what was decided about a lesson."""

from app.briefs.models import Disposition

_DECIDED = {
    Disposition.WILL_APPLY: "We will apply it",
    Disposition.ALREADY_DO: "We already do it",
    Disposition.DOES_NOT_APPLY: "It does not apply",
    Disposition.NEED_HELP: "We need help with it",
}


def disposition_label(disposition: Disposition) -> str:
    """What was decided, as the team says it."""
    return _DECIDED[disposition]
