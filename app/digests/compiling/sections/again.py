"""What happened again, and where the chain broke."""

from app.digests.compiling.scope import Scope, within
from app.digests.compiling.tally import Tally
from app.uses.models import Broke

_SHOWN = 5
# Where the chain broke last tells most: it was used, and failed.
_TELLING = {Broke.USED_AND_FAILED: 0, Broke.NOT_USED: 1, Broke.NOT_FOUND: 2, Broke.NOT_SEARCHED: 3}
_UNSAID = 4


def again(scope: Scope, tally: Tally) -> list[str]:
    """The recurrences worth showing, most telling first."""
    found = [row for row in scope.again if within(row.reported_at, scope.period)]
    tally.put("again", (row.id for row in found))
    for broke in Broke:
        tally.put(f"again.{broke.value}", (row.id for row in found if row.broke is broke))
    tally.put("again.unsaid", (row.id for row in found if row.broke is None))
    order = {row.id: _TELLING[row.broke] if row.broke else _UNSAID for row in found}
    return sorted(order, key=lambda one: order[one])[:_SHOWN]
