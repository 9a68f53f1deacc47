"""The first page says when a digest is out for somebody, for a week; to others it offers a way."""

import re
from datetime import timedelta

from app.digests.compiling.compile import compile_all
from app.digests.models import About, Cadence
from app.digests.period import month_of
from app.digests.sending.subscribing import subscribe
from app.people.models import Person
from app.uses.report import report
from app.uses.schemas import UseInput
from tests.calls import questions
from tests.house_fixture import House


def _home(house: House, person: Person) -> str:
    return " ".join(house.browser(person).get("/").text.split())


def _card(house: House, person: Person) -> str:
    found = re.search(r'<p class="home__digest">.*?</p>', _home(house, person))
    return re.sub(r"<[^>]+>", "", found[0]) if found else ""


def test_a_digest_that_is_out_is_told_for_a_week_to_whoever_gets_it(house: House) -> None:
    cast = house.cast
    lesson = house.post(cast.ada, "Seals swell", team="Pumps").lesson
    secret = house.post(cast.kit, "Kept by Valves", team="Valves", visibility="team").lesson
    month = month_of(house.clock().date())
    with house.database.writing() as session:
        subscribe(session, About.ORGANISATION, "", Cadence.MONTHLY, by=cast.nora, now=house.clock())
        subscribe(
            session,
            About.TEAM,
            cast.engineering.id,
            Cadence.MONTHLY,
            by=cast.otto,
            now=house.clock(),
        )
        for about, by, team in ((lesson, cast.otto, "Sales"), (secret, cast.kit, "Valves")):
            use = UseInput(manner="applied", result="worse", team=team, work="The lake")
            report(session, about, use, by=by, now=house.clock())
    assert _card(house, cast.mara) == ""
    assert f"/digests/{month.previous.key}" in _home(house, cast.mara)  # a way to what there is

    house.clock.now = month.ends_at + timedelta(hours=2)
    compile_all(house.database, month, now=house.clock())
    # Who manages reads what the team keeps, too; to a subscriber from outside it is not counted.
    mara, otto, nora = (_card(house, one) for one in (cast.mara, cast.otto, cast.nora))
    assert mara.startswith(f"{month.name} on one page Engineering: ")
    assert "one use (1 worse)" in mara
    assert otto.startswith(f"{month.name} on one page Engineering: ")
    assert "use" not in otto.partition(":")[2]
    assert "The organisation: one use (1 worse)" in nora
    assert _card(house, cast.ben) == ""
    with questions(house) as asked:
        house.browser(cast.mara).get("/")
    assert len(asked) <= 9, asked  # one of them makes the session

    house.clock.now += timedelta(days=7)
    assert _card(house, cast.mara) == ""
    assert f"/digests/{month.key}" in _home(house, cast.mara)
