"""“It happened again”: on the old lesson's page, or by a newer lesson that tells of it; the third
time its wording waits to be mended. What not every reader may know counts for nobody."""

from typing import Any

import pytest
from sqlmodel import select

from app.lessons.capture import Posted
from app.uses.models import Broke, Recurrence
from app.uses.settling import Settler
from app.uses.wording import what_to_mend
from tests.house_fixture import House
from tests.lessons.acting import change
from tests.uses.acting import again, events, standing, used

_LED = "its title and “applies when” do not lead anyone to it"


def _settled(house: House) -> None:
    settler = Settler(house.database, house.clock)
    while settler.step():
        pass


def _retold(house: House, old: str, by: str = "otto", **more: Any) -> str:
    """Somebody writes a lesson that says it happened to them too; its address."""
    form = {
        "kind": "failure",
        "title": "Screws loose once more",
        "lesson": "They came loose on the road to the site.",
        "visibility": "organisation",
        "author_mode": "named",
        "occurred_on": "2026-02-14",
        "key": f"key {more}",
        f"relation.{old}": "recurrence",
        f"recurrence.{old}.broke": "not_used",
        f"recurrence.{old}.cost": "a day on site",
    } | more
    answer = house.browser(house.cast.people[by]).send("/lessons", form, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].split("/")[-1]


def _rows(house: House) -> list[Recurrence]:
    with house.reading() as session:
        return list(session.exec(select(Recurrence)))


def _page(house: House, lesson_id: str, person: str = "otto") -> str:
    text = house.browser(house.cast.people[person]).get(f"/lessons/{lesson_id}").text
    return " ".join(text.partition("<main")[2].split())


def test_it_is_reported_on_the_page_with_where_the_chain_broke(house: House) -> None:
    lesson, otto = house.post(house.cast.ada).lesson, house.browser(house.cast.otto)
    sent = {
        "again-happened_on": "2026-02-14",
        "again-cost": "two days",
        "again-broke": "not_used",
        "again-note": "We thought ours were *glued*.",
        "again-team": house.cast.sales.id,
    }
    for _ in range(2):
        page = otto.send(f"{lesson.url}/recurrences", sent).text
    assert "Happened again once, 2 weeks ago: confidence is lower." in page
    assert "Sales</a>: it was found and not used. It cost: two days" in page
    assert "<em>glued</em>" in page
    (row,) = _rows(house)
    (told,) = events(house, "recurrence")
    assert {"broke": "not_used", "newer_id": None}.items() <= told.facts.items()
    wrong = otto.send(f"{lesson.url}/recurrences", sent | {"again-happened_on": "2026-04-01"})
    assert (wrong.status_code, "still to come" in wrong.text) == (422, True)
    empty = otto.send(f"{lesson.url}/recurrences", {"again-happened_on": "2026-02-15"})
    assert (empty.status_code, empty.text.count("Say where the chain broke,")) == (422, 2)
    assert 'value="2026-02-15"' in empty.text
    assert len(_rows(house)) == 1
    url = f"{lesson.url}/recurrences/{row.id}/removal"
    assert house.browser(house.cast.ben).send(url).status_code == 403
    assert "Withdrawn." in otto.send(url).text
    assert standing(house, lesson.id).recurrences == 0


def test_the_third_time_flags_the_wording_until_it_is_changed(house: House) -> None:
    cast, lesson = house.cast, house.post(house.cast.ada, recommendation="Use lock.").lesson
    for number in range(3):
        house.clock.turn(hours=1)
        assert standing(house, lesson.id).rewrite_since is None
        again(house, lesson.id, cast.otto, cost=f"{number} days", broke="not_used")
    assert standing(house, lesson.id).rewrite_since == house.clock()
    (flagged,) = [event for event in events(house, "lesson") if event.kind == "lesson.flagged"]
    assert (flagged.subject_id, flagged.actor_id) == (lesson.id, None)
    assert "its recommendation does not move anyone to act." in _page(house, lesson.id)
    assert f'href="{lesson.url}/edit">Mend it' in _page(house, lesson.id, "ada")
    house.clock.turn(hours=1)
    change(house, lesson.id, by=cast.ada, context="On the road.")  # is no wording
    Settler(house.database, house.clock).start()
    _settled(house)
    assert standing(house, lesson.id).rewrite_since
    change(house, lesson.id, by=cast.ada, recommendation="Lock, then paint a line.")
    _settled(house)
    assert standing(house, lesson.id).rewrite_since is None
    for number in range(3, 6):
        house.clock.turn(hours=1)
        again(house, lesson.id, cast.otto, cost=f"{number} days")
    assert standing(house, lesson.id).rewrite_since == house.clock()


@pytest.mark.parametrize(
    ("broke", "words"),
    [
        ([], _LED),
        ([None, None], _LED),
        ([Broke.NOT_SEARCHED, Broke.NOT_FOUND, Broke.NOT_USED], _LED),
        ([Broke.NOT_USED, Broke.NOT_USED], "its recommendation does not move anyone to act"),
        ([Broke.USED_AND_FAILED, None], "what it recommends does not work"),
        ([Broke.USED_AND_FAILED, Broke.NOT_FOUND], _LED),
    ],
)
def test_where_the_chain_broke_most_says_what_to_mend(
    broke: list[Broke | None], words: str
) -> None:
    assert what_to_mend(broke) == words


def test_a_newer_lesson_tells_of_it_and_unsays_it(house: House) -> None:
    old = house.post(house.cast.ada).lesson
    newer = _retold(house, old.id)
    (row,) = _rows(house)
    assert (row.newer_id, row.by_id, row.cost) == (newer, house.cast.otto.id, "a day on site")
    assert (row.broke, row.happened_on.day) == (Broke.NOT_USED, 14)
    page = _page(house, old.id, "nora")
    assert "it was found and not used. It cost: a day on site" in page
    assert f'<a href="/lessons/{newer}">Screws loose once more</a>' in page
    otto = house.browser(house.cast.otto)
    assert otto.send(f"{old.url}/recurrences/{row.id}/removal").status_code == 403
    form = {"title": "Screws loose", "kind": "failure", "lesson": "So.", "revision": "1"}
    said = {"visibility": "organisation", f"relation.{old.id}": "corrects"}
    assert otto.send(f"/lessons/{newer}", form | said).status_code == 200
    assert (_rows(house), standing(house, old.id).recurrences) == ([], 0)
    _retold(house, old.id, visibility="draft")
    assert _rows(house) == []


def test_a_protected_author_is_in_no_recurrence_nor_is_the_minute(house: House) -> None:
    old = house.post(house.cast.ada).lesson
    house.clock.turn(hours=3)
    for number in range(3):
        _retold(house, old.id, author_mode="protected", title=f"Loose again {number}")
    for row in _rows(house):
        assert (row.by_id, row.reported_at.hour) == (None, 0)
    (flagged,) = [event for event in events(house, "lesson") if event.kind == "lesson.flagged"]
    assert (flagged.actor_id, flagged.at.hour) == (None, 0)
    for event in events(house, "recurrence"):
        assert (event.actor_id, event.at.hour) == (None, 0)
    assert "Otto" not in _page(house, old.id, "nora")


def test_what_only_some_may_read_counts_for_nobody(house: House) -> None:
    cast = house.cast
    Settler(house.database, house.clock).start()
    old = house.post(cast.ada).lesson
    hidden = [
        _retold(house, old.id, by="ben", title=f"Loose {n}", team="Pumps", visibility="team")
        for n in range(3)
    ]
    house.follow()
    _settled(house)
    for person in ("otto", "ben"):
        assert "What came of it" in _page(house, old.id, person)
        assert "Nobody has said yet what came of it." in _page(house, old.id, person)
    assert standing(house, old.id).revision == 1  # there is none
    api = house.api(cast.ben)
    told = api.get(f"/api/v1/lessons/{old.id}/recurrences").json()
    assert (told["total"], told["recurrences"]) == (0, [])
    # Shared with everyone they count, hidden again they do not.
    for lesson_id in hidden:
        change(house, lesson_id, by=cast.ben, visibility="organisation")
    _settled(house)
    assert (standing(house, old.id).recurrences, standing(house, old.id).effect < 0) == (3, True)
    assert standing(house, old.id).rewrite_since
    for lesson_id in hidden:
        change(house, lesson_id, by=cast.ben, visibility="team")
    _settled(house)
    found = standing(house, old.id)
    assert (found.recurrences, found.effect, found.rewrite_since) == (0, 0, None)
    assert "Nobody has said yet what came of it." in _page(house, old.id)
    # Among those of one team what the team may read counts.
    inner = house.post(cast.ada, "Pumps alone", team="Pumps", visibility="team").lesson
    _retold(house, inner.id, by="ben", title="Inside", team="Pumps", visibility="team")
    assert standing(house, inner.id).recurrences == 1
    change(house, inner.id, by=cast.ada, visibility="organisation")
    _settled(house)
    assert standing(house, inner.id).recurrences == 0


def test_what_was_reported_before_there_was_a_sum_is_summed_up_at_the_start(house: House) -> None:
    old: Posted = house.post(house.cast.ada)
    again(house, old.lesson.id, house.cast.otto)
    used(house, old.lesson.id, house.cast.otto)
    with house.database.writing() as session:
        session.delete(standing(house, old.lesson.id))
    Settler(house.database, house.clock).start()
    found = standing(house, old.lesson.id)
    assert (found.recurrences, found.better, found.effect) == (1, 1, 16)
