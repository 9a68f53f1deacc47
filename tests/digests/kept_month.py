"""March at Northwind as pages, lists and programs find it: over, compiled and kept."""

import re
from datetime import UTC, datetime

from app.briefs.models import Disposition
from app.digests.compiling.compile import compile_all
from app.digests.compiling.keeping import recompile
from app.digests.models import NOBODY, About
from app.digests.telling.reading import digest_to_read
from app.digests.told import Part, Section, Told
from app.lessons.access import reader
from app.people.models import Person, Team
from app.searches.wanted import ask_for
from tests.digests.month import AFTER, MARCH, Month, month
from tests.house_fixture import House

APRIL = datetime(2026, 5, 4, 9, tzinfo=UTC)


def keep_march(house: House, *, more: int = 0) -> dict[str, str]:
    """Let March happen and be over; the ids of its lessons by title. `more` uses besides."""
    with month(house.database, house.cast) as here:
        _happen(here)
        for number in range(more):
            here.used(
                here.lessons["Warm seals"], house.cast.otto, house.cast.sales, work=f"{number}"
            )
            here.post(house.cast.ada, f"Seal {number}", house.cast.pumps)
        lessons = {title: lesson.id for title, lesson in here.lessons.items()}
    house.clock.now = AFTER
    compile_all(house.database, MARCH, now=AFTER)
    return lessons


def _happen(here: Month) -> None:
    """Sales taught Pumps something, Pumps taught Sales, Valves and itself; what came of it."""
    cast = here.cast
    here.enlarge(cast.pumps)
    say = {"recommendation": "warm the seal first. Then wait."}
    warm = here.post(cast.ada, "Warm seals", cast.pumps, **say)
    depth = here.post(cast.otto, "Ask how deep the lake is", cast.sales, **say)
    quiet = here.post(cast.ada, "Only for Pumps", cast.pumps, visibility="team")
    here.post(cast.ada, "Nobody knows", cast.pumps, author_mode="protected")
    measure = {"measure": "Leaks", "before": 9, "after": 1, "unit": "a week"}
    here.used(warm, cast.otto, cast.sales, **measure)
    here.used(warm, cast.kit, cast.valves, result="worse")
    here.used(quiet, cast.ben, cast.pumps, result="same")
    here.used(depth, cast.kit, cast.valves)
    here.again(warm, cast.kit, cast.valves)
    here.brief(cast.ada, cast.pumps, [warm, depth], Disposition.WILL_APPLY)
    here.owed(warm, cast.ben)
    ask_for(here.session, "Which seal for salt water?", by=cast.nora, now=here.tick())


def told(
    house: House, person: Person, about: About = About.ORGANISATION, subject_id: str = NOBODY
) -> Told:
    """March as it is told to somebody."""
    with house.reading() as session:
        who = reader(session, person)
        return digest_to_read(session, MARCH, about, subject_id, who, now=house.clock())


def of_team(house: House, person: Person, team: Team) -> Told:
    return told(house, person, About.TEAM, team.id)


def part(digest: Told, which: Part) -> Section:
    return next(section for section in digest.sections if section.part is which)


def numbers(digest: Told) -> dict[str, tuple[int, str]]:
    """Every number by the name of its list, with its address."""
    found = (number for section in digest.sections for number in section.numbers)
    return {
        re.search(r"/lists/([a-z_.]+)", one.url)[1]: (one.value, one.url)  # type: ignore[index]
        for one in found
    }


def anew(house: House, team: Team, note: str) -> None:
    with house.database.writing() as session:
        root = session.merge(house.cast.root)
        recompile(session, MARCH, About.TEAM, team.id, note=note, by=root, now=house.clock())
