"""A new lesson that bears on work that goes on is put into its brief, and its team is told."""

from datetime import timedelta
from typing import Any, cast

import pytest

from app.briefs.models import BriefLesson, Came
from app.lessons.bring_in import Arrival, bring_in_all
from app.lessons.models import RetirementReason
from app.lessons.revise import retire
from search import Index, IndexDamaged, Matches
from tests.briefs.watching import events_of, in_brief, laid, watch, watcher
from tests.house_fixture import House
from tests.lessons.acting import written
from tests.notifications.acting import listen, tell, told
from tests.statements import statements

SEALS = "Seals of pumps leak in glycol when it is winter"


@pytest.fixture(autouse=True)
def listening(house: House) -> None:
    watcher(house).start()
    listen(house)


def test_a_lesson_is_put_in_and_told_while_the_work_lasts(house: House) -> None:
    cast, today = house.cast, house.clock().date()
    lasting = laid(house, cast.otto, team_id=cast.sales.id, ends_on=today)
    endless = laid(house, cast.nora)
    others = [
        laid(house, cast.otto, ends_on=today - timedelta(days=1)),
        laid(house, cast.otto, watched=False),
        laid(house, cast.otto, ended_at=house.clock()),
        laid(house, cast.otto, "Hire two people for the office and train them."),
    ]
    house.post(cast.ada, "Invoices went out twice")
    lesson = house.post(cast.ada, SEALS).lesson
    watch(house)
    tell(house)
    assert in_brief(house, lasting) == in_brief(house, endless) == [lesson.id]
    assert not any(in_brief(house, brief) for brief in others)
    assert [n.brief_id for n in told(house, cast.otto)] == [lasting.id]
    assert [n.brief_id for n in told(house, cast.nora)] == [endless.id]
    with house.reading() as session:
        row = session.get_one(BriefLesson, (lasting.id, lesson.id))
    assert row.came is Came.WATCH
    assert {"seals", "pumps", "glycol"} <= set(row.why["shared"])
    house.clock.turn(days=61)
    late = house.post(cast.ada, f"{SEALS}, once more").lesson
    watch(house)
    assert late.id not in in_brief(house, lasting) + in_brief(house, endless)


def test_what_not_all_readers_may_read_is_not_put_in(house: House) -> None:
    cast = house.cast
    of_team = laid(house, cast.mara, team_id=cast.pumps.id)
    own = laid(house, cast.mara)
    elsewhere = laid(house, cast.otto, team_id=cast.sales.id)
    private = house.post(cast.kit, SEALS, team="Valves", visibility="team").lesson
    ours = house.post(cast.ada, f"{SEALS} at Pumps", team="Pumps", visibility="team").lesson
    watch(house)
    tell(house)
    assert in_brief(house, of_team) == [ours.id]  # not what its maker reads besides
    assert set(in_brief(house, own)) == {private.id, ours.id}
    assert not in_brief(house, elsewhere)
    assert not told(house, cast.otto)
    everybody = {"visibility": "organisation"}
    change = house.api(cast.kit).patch(
        f"/api/v1/lessons/{private.id}", json=everybody, headers={"If-Match": "1"}
    )
    assert change.status_code == 200
    house.follow()
    watch(house)
    assert in_brief(house, elsewhere) == [private.id]
    assert set(in_brief(house, of_team)) == {ours.id, private.id}


def test_it_is_done_once_whatever_process_dies_and_waits_for_the_index(house: House) -> None:
    cast = house.cast
    briefs = [laid(house, cast.otto) for _ in range(12)]
    lesson = house.post(cast.ada, SEALS).lesson
    dying = watcher(house)
    assert dying.step()  # ten of twelve, then it dies
    assert sum(bool(in_brief(house, brief)) for brief in briefs) == 10
    watch(house)
    assert sum(bool(in_brief(house, brief)) for brief in briefs) == 10  # it is another's still
    house.clock.turn(seconds=90)
    watch(house)
    assert all(in_brief(house, brief) == [lesson.id] for brief in briefs)
    assert len(events_of(house, "brief.matched")) == 12
    with house.database.writing() as session:
        content = written(title=f"{SEALS} again")
        bring_in_all(
            session,
            [Arrival(content, None, cast.ada, house.clock())],
            by=cast.root,
            now=house.clock(),
        )
    watch(house)
    assert len(events_of(house, "brief.matched")) == 12
    house.follow()
    house.clock.turn(seconds=2)
    watch(house)
    assert len(events_of(house, "brief.matched")) == 24


def test_what_is_brought_in_by_the_hundred_is_one_match_a_brief(house: House) -> None:
    cast = house.cast
    brief = laid(house, cast.otto)
    laid(house, cast.nora)
    then = house.clock() - timedelta(days=9)
    with house.database.writing() as session:
        many = [Arrival(written(title=f"{SEALS} {n}"), None, cast.ada, then) for n in range(120)]
        bring_in_all(session, many, by=cast.root, now=house.clock())
    house.follow()
    job = watcher(house)
    with statements(house.database) as sent:
        assert job.step()
    assert not job.step()
    assert len(in_brief(house, brief)) == 5
    assert len([one for one in sent if one.startswith("SELECT")]) <= 16


def test_a_protected_authors_lesson_is_dated_by_its_day_and_what_is_retired_left_out(
    house: House,
) -> None:
    cast = house.cast
    brief = laid(house, cast.otto)
    retired = house.post(cast.ada, f"{SEALS} no more").lesson
    with house.database.writing() as session:
        retire(
            session,
            session.merge(retired),
            RetirementReason.OBSOLETE,
            by=cast.ada,
            now=house.clock(),
        )
    house.follow()
    lesson = house.post(cast.nora, SEALS, author_mode="protected").lesson
    watch(house)
    tell(house)
    assert in_brief(house, brief) == [lesson.id]
    (event,) = events_of(house, "brief.matched")
    with house.reading() as session:
        row = session.get_one(BriefLesson, (brief.id, lesson.id))
    (notice,) = told(house, cast.otto)
    for moment in (event.at, row.added_at, notice.at):
        assert (moment.hour, moment.minute) == (0, 0)
    assert event.actor_id is None
    assert notice.actor_id is None
    named = house.post(cast.ada, f"{SEALS}, it is said").lesson
    watch(house)
    with house.reading() as session:
        # Nor does its place between those of the day tell when it came.
        assert session.get_one(BriefLesson, (brief.id, named.id)).position == row.position


class _Mended:
    """An index that cannot answer yet."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def matches(self, *_: Any, **__: Any) -> Matches:
        raise IndexDamaged("being mended")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._index, name)


def test_what_came_while_the_index_was_mended_is_put_in_when_it_answers(house: House) -> None:
    brief, job = laid(house, house.cast.otto), watcher(house)
    lesson = house.post(house.cast.ada, SEALS).lesson
    job.index = cast(Index, _Mended(house.index))
    assert not job.step()
    assert not job.step()
    job.index = house.index
    assert job.step()
    assert in_brief(house, brief) == [lesson.id]
