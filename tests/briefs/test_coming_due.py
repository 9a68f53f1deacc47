"""Work that ended is asked about once, reminded of twice, and then left in peace."""

from datetime import timedelta

import pytest

from app.briefs.models import Brief
from app.uses.models import Manner, Use
from tests.briefs.watching import come_due, events_of, laid, placed
from tests.house_fixture import House
from tests.notifications.acting import listen, tell, told


@pytest.fixture(autouse=True)
def listening(house: House) -> None:
    listen(house)


def _kinds(house: House, brief: Brief) -> list[str]:
    """What was asked about a brief, oldest first."""
    kinds = ("followup.asked", "followup.reminded")
    asked = [event for kind in kinds for event in events_of(house, kind)]
    return [event.kind.split(".")[1] for event in asked if event.subject_id == brief.id]


def test_it_is_asked_on_the_day_after_reminded_twice_and_then_no_more(house: House) -> None:
    cast, today = house.cast, house.clock().date()
    brief = laid(house, cast.otto, team_id=cast.sales.id, ends_on=today)
    laid(house, cast.otto)
    placed(house, brief, house.post(cast.ada).lesson)
    asked = []
    for days in (0, 1, 6, 1, 13, 1, 60):  # until then: 0, 1, 7, 8, 21, 22, 82
        house.clock.turn(days=days)
        come_due(house)
        come_due(house)
        asked.append(len(_kinds(house, brief)))
    assert asked == [0, 1, 1, 2, 2, 3, 3]
    assert _kinds(house, brief) == ["asked", "reminded", "reminded"]
    tell(house)
    assert len(told(house, cast.otto)) == 3


def test_what_was_missed_while_nobody_looked_is_one_reminder(house: House) -> None:
    cast = house.cast
    ended = house.clock().date() - timedelta(days=1)
    brief = laid(house, cast.otto, ends_on=ended)
    placed(house, brief, house.post(cast.ada).lesson)
    come_due(house)
    house.clock.turn(days=90)
    come_due(house)
    house.clock.turn(days=90)
    come_due(house)
    assert _kinds(house, brief) == ["asked", "reminded"]


def test_who_answered_everything_or_ended_it_is_not_reminded(house: House) -> None:
    cast, now = house.cast, house.clock()
    ended = now.date() - timedelta(days=1)
    answered, over, empty = (laid(house, cast.otto, ends_on=ended) for _ in range(3))
    lesson = house.post(cast.ada).lesson
    placed(house, answered, lesson)
    come_due(house)
    with house.database.writing() as session:
        session.get_one(Brief, over.id).ended_at = now
        session.add(
            Use(
                lesson_id=lesson.id,
                brief_id=answered.id,
                by_id=cast.otto.id,
                manner=Manner.APPLIED,
                used_on=ended,
                reported_at=now,
                changed_at=now,
            )
        )
    house.clock.turn(days=8)
    come_due(house)
    assert [_kinds(house, brief) for brief in (answered, over, empty)] == [["asked"]] * 3


def test_nobody_is_reminded_of_what_they_can_no_longer_read(house: House) -> None:
    cast = house.cast
    ended = house.clock().date() - timedelta(days=1)
    shut = house.post(cast.ada, team="Pumps", visibility="team").lesson
    outside = laid(house, cast.otto, ends_on=ended)
    of_another = laid(house, cast.ada, team_id=cast.valves.id, ends_on=ended)
    above = laid(house, cast.mara, ends_on=ended)
    of_its_own = laid(house, cast.otto, team_id=cast.pumps.id, ends_on=ended)
    for brief in (outside, of_another, above, of_its_own):
        placed(house, brief, shut)
    come_due(house)
    house.clock.turn(days=8)
    come_due(house)
    assert [_kinds(house, brief) for brief in (outside, of_another)] == [["asked"]] * 2
    assert [_kinds(house, b) for b in (above, of_its_own)] == [["asked", "reminded"]] * 2
