"""A month with public lessons, uses and briefs, for all who look at what is compiled of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.briefs.models import Disposition
from app.kit.db import Database
from tests.databases import Databases
from tests.digests.month import Month, month


@pytest.fixture
def march(databases: Databases, tmp_path: Path) -> Iterator[Month]:
    """Pumps wrote of seals, Valves and Sales used it; Pumps began work with a brief."""
    url = databases.copy(tmp_path)
    database = Database(url)
    with month(database, databases.cast) as here:
        happen(here)
        yield here
    database.close()
    databases.drop(url)


def happen(here: Month) -> None:
    """What the fixture says."""
    cast = here.cast
    here.enlarge(cast.pumps)
    recommendation = {"recommendation": "Warm the seal first."}
    seal = here.post(cast.ada, "Cold seals leak", cast.pumps, **recommendation)
    sold = here.post(cast.otto, "Ask for the lake's depth", cast.sales, **recommendation)
    other = here.post(cast.kit, "Valves stick in frost", cast.valves, topics=["Valves", "Seals"])
    measure = {"measure": "Leaks", "before": 9, "after": 1}
    here.used(seal, cast.otto, cast.sales, **measure)
    here.used(seal, cast.kit, cast.valves, result="worse")
    here.used(sold, cast.ada, cast.pumps, work="The lake")
    here.used(sold, cast.ben, cast.pumps, work="The lake", result="unknown")
    here.again(seal, cast.kit, cast.valves)
    here.brief(cast.ada, cast.pumps, [sold, other], Disposition.WILL_APPLY)
    here.owed(seal, cast.ben)
