"""Posting."""

import pytest
from sqlmodel import select

from app.events.models import Event
from app.kit.errors import Invalid
from app.kit.signing import fingerprint
from app.lessons.models import Lesson, LessonVersion, State
from tests.house_fixture import House


def test_a_posted_lesson_is_kept_with_its_first_version_and_one_event(house: House) -> None:
    posted = house.post(house.cast.ada, topics=["Inverters", "screws", "inverters"])
    with house.reading() as session:
        lesson = session.get_one(Lesson, posted.lesson.id)
        versions = session.exec(select(LessonVersion)).all()
        events = session.exec(select(Event).where(Event.kind == "lesson.posted")).all()
    assert (lesson.state, lesson.author_id) == (State.POSTED, house.cast.ada.id)
    assert [version.content["topics"] for version in versions] == [
        ["Inverters", "screws", "inverters"]
    ]
    assert [(event.subject_id, event.actor_id) for event in events] == [
        (lesson.id, house.cast.ada.id)
    ]


def test_a_protected_lesson_leads_to_nobody(house: House) -> None:
    posted = house.post(house.cast.ada, author_mode="protected", topics=["pay"])
    assert posted.claim_code
    with house.reading() as session:
        lesson = session.get_one(Lesson, posted.lesson.id)
        events = session.exec(select(Event).where(Event.at >= lesson.posted_at)).all()
        version = session.exec(select(LessonVersion)).one()
    assert lesson.author_id is None
    assert lesson.claim_hash == fingerprint(posted.claim_code)
    assert lesson.posted_at.hour == lesson.posted_at.minute == 0
    assert version.by_id is None
    assert {event.actor_id for event in events if event.kind != "person.added"} == {None}


def test_team_only_needs_a_team_of_ones_own(house: House) -> None:
    with pytest.raises(Invalid) as refused:
        house.post(house.cast.ada, visibility="team", team="Sales")
    assert "team" in refused.value.fields
    with pytest.raises(Invalid):
        house.post(house.cast.ada, visibility="team")


def test_a_draft_is_in_no_index(house: House) -> None:
    house.post(house.cast.ada, visibility="draft")
    assert house.index.stamps() == {}
