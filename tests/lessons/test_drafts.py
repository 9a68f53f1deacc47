"""Drafts: kept for their author alone, posted or discarded."""

import sqlalchemy as sa
from sqlmodel import SQLModel, select

from app.events.models import Event
from app.lessons.models import Lesson, LessonVersion, State
from tests.house_fixture import House
from tests.lessons.acting import change, kept


def test_a_draft_has_no_history_and_no_event(house: House) -> None:
    draft = house.post(house.cast.ada, visibility="draft", topics=["screws"]).lesson
    change(house, draft.id, by=house.cast.ada, lesson="Longer.")
    with house.reading() as session:
        assert session.exec(select(LessonVersion)).all() == []
        assert session.exec(select(Event).where(Event.subject_id == draft.id)).all() == []
        # Not even a new topic tells that somebody is writing about it.
        made = session.exec(select(Event).where(Event.kind == "topic.created")).all()
        assert {event.actor_id for event in made} == {None}
    assert kept(house, draft.id).lesson == "Longer."


def test_a_posted_draft_keeps_its_address_and_begins_its_history(house: House) -> None:
    draft = house.post(house.cast.ada, visibility="draft").lesson
    change(house, draft.id, by=house.cast.ada, lesson="Longer.")
    house.clock.turn(days=2)
    posted = change(house, draft.id, by=house.cast.ada, visibility="organisation").lesson
    assert (posted.id, posted.state, posted.revision) == (draft.id, State.POSTED, 1)
    assert posted.posted_at == house.clock()
    with house.reading() as session:
        assert [v.by_id for v in session.exec(select(LessonVersion))] == [house.cast.ada.id]


def test_a_draft_may_become_team_only(house: House) -> None:
    draft = house.post(house.cast.ada, visibility="draft").lesson
    posted = change(house, draft.id, by=house.cast.ada, visibility="team", team="Pumps").lesson
    assert (posted.visibility, posted.team_id) == ("team", house.cast.pumps.id)


def test_a_protected_draft_that_is_posted_is_erased_and_posted_anew(house: House) -> None:
    draft = house.post(
        house.cast.ada,
        visibility="draft",
        author_mode="protected",
        external_id="LL-9",
        topics=["pay"],
    ).lesson
    posted = change(house, draft.id, by=house.cast.ada, visibility="organisation")
    assert posted.claim_code
    assert posted.lesson.id != draft.id
    assert kept(house, posted.lesson.id).author_id is None
    assert kept(house, posted.lesson.id).external_id == "LL-9"
    with house.reading() as session:
        assert session.get(Lesson, draft.id) is None
        for table in SQLModel.metadata.sorted_tables:
            rows = session.connection().execute(sa.select(table)).all()
            assert not [row for row in rows if draft.id in repr(row)], table.name


def test_a_protected_draft_may_be_posted_under_ones_name_after_all(house: House) -> None:
    draft = house.post(house.cast.ada, visibility="draft", author_mode="protected").lesson
    posted = change(
        house, draft.id, by=house.cast.ada, visibility="organisation", author_mode="named"
    )
    assert (posted.lesson.id, posted.claim_code) == (draft.id, None)
    assert kept(house, draft.id).author_id == house.cast.ada.id


def test_a_posted_draft_is_found(house: House) -> None:
    draft = house.post(house.cast.ada, visibility="draft").lesson
    change(house, draft.id, by=house.cast.ada, visibility="organisation")
    house.follow()
    assert list(house.index.stamps()) == [draft.id]
