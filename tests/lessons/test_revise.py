"""Editing, retiring, restoring, and what the history keeps."""

import pytest
from sqlmodel import select

from app.events.models import Event
from app.kit.errors import Conflict, Invalid
from app.lessons.access import NotYours
from app.lessons.models import Lesson, State
from app.lessons.revise import (
    AlreadyPosted,
    ChangedMeanwhile,
    NamesAreKept,
    RetiredAlready,
    versions_of,
)
from tests.house_fixture import House
from tests.lessons.acting import change, kept, restored, retired


def _events(house: House, lesson_id: str) -> list[tuple[str, str | None]]:
    with house.reading() as session:
        found = session.exec(
            select(Event).where(Event.subject_id == lesson_id).order_by(Event.at)
        ).all()
    return [(event.kind, event.actor_id) for event in found]


def test_every_revision_is_kept_with_who_and_when(house: House) -> None:
    ada, ben = house.cast.ada, house.cast.ben
    lesson = house.post(ada, lesson="First words.", topics=["screws"]).lesson
    house.clock.turn(hours=1)
    change(house, lesson.id, by=ben, lesson="Second words.", topics=["screws", "vibration"])
    with house.reading() as session:
        versions = versions_of(session, session.get_one(Lesson, lesson.id))
    assert [(v.revision, v.by_id, v.content["lesson"]) for v in versions] == [
        (2, ben.id, "Second words."),
        (1, ada.id, "First words."),
    ]
    assert versions[0].at > versions[1].at
    assert versions[0].content["topics"] == ["screws", "vibration"]
    assert versions[1].content["topics"] == ["screws"]


def test_content_that_is_the_same_makes_no_revision(house: House) -> None:
    lesson = house.post(house.cast.ada, topics=["screws"], team="Pumps").lesson
    same = change(house, lesson.id, by=house.cast.ada).lesson
    assert (same.revision, kept(house, lesson.id).revision) == (1, 1)
    assert [kind for kind, _ in _events(house, lesson.id)] == ["lesson.posted"]


def test_the_second_of_two_editors_is_told_and_nothing_is_overwritten(house: House) -> None:
    lesson = house.post(house.cast.ada).lesson
    change(house, lesson.id, by=house.cast.ada, lesson="Ada's words.", revision=1)
    with pytest.raises(ChangedMeanwhile) as told:
        change(house, lesson.id, by=house.cast.ben, lesson="Ben's words.", revision=1)
    assert "revision 2" in told.value.message
    assert kept(house, lesson.id).lesson == "Ada's words."


def test_restoring_gives_the_state_before_retiring(house: House) -> None:
    lesson = house.post(house.cast.ada).lesson
    with house.database.writing() as session:
        session.get_one(Lesson, lesson.id).state = State.IDENTIFIED
    retired(house, lesson.id, by=house.cast.ada)
    assert kept(house, lesson.id).state is State.RETIRED
    restored(house, lesson.id, by=house.cast.ada)
    now = kept(house, lesson.id)
    assert (now.state, now.revision) == (State.IDENTIFIED, 3)
    kinds = [kind for kind, _ in _events(house, lesson.id)]
    assert sorted(kinds) == ["lesson.posted", "lesson.restored", "lesson.retired"]


def test_a_retired_lesson_is_neither_edited_nor_retired_again(house: House) -> None:
    lesson = house.post(house.cast.ada).lesson
    retired(house, lesson.id, by=house.cast.ada)
    with pytest.raises(RetiredAlready):
        change(house, lesson.id, by=house.cast.ada, lesson="Anything.")
    with pytest.raises(RetiredAlready):
        retired(house, lesson.id, by=house.cast.ada)


def test_what_is_not_retired_is_not_restored(house: House) -> None:
    lesson = house.post(house.cast.ada).lesson
    with pytest.raises(Conflict):
        restored(house, lesson.id, by=house.cast.ada)


def test_what_is_posted_does_not_become_a_draft_again(house: House) -> None:
    lesson = house.post(house.cast.ada).lesson
    with pytest.raises(AlreadyPosted):
        change(house, lesson.id, by=house.cast.ada, visibility="draft")


def test_a_name_that_was_given_is_kept(house: House) -> None:
    lesson = house.post(house.cast.ada).lesson
    with pytest.raises(NamesAreKept):
        change(house, lesson.id, by=house.cast.ada, author_mode="protected")
    assert kept(house, lesson.id).author_id == house.cast.ada.id


def test_an_external_id_belongs_to_one_lesson(house: House) -> None:
    house.post(house.cast.ada, external_id="LL-1")
    other = house.post(house.cast.ada, "Another title").lesson
    with pytest.raises(Conflict) as refused:
        change(house, other.id, by=house.cast.ada, external_id="LL-1")
    assert "external_id" in refused.value.fields


def test_an_edit_leaves_the_team_although_the_editor_is_not_in_it(house: House) -> None:
    lesson = house.post(house.cast.ada, team="Pumps").lesson
    change(house, lesson.id, by=house.cast.kit, lesson="Corrected.")
    now = kept(house, lesson.id)
    assert (now.lesson, now.team_id) == ("Corrected.", house.cast.pumps.id)


def test_nobody_moves_a_lesson_to_a_team_that_is_not_theirs(house: House) -> None:
    lesson = house.post(house.cast.ada, team="Pumps").lesson
    with pytest.raises(Invalid) as refused:
        change(house, lesson.id, by=house.cast.ada, team="Sales")
    assert "team" in refused.value.fields


def test_the_protected_author_edits_without_a_trace_and_a_curator_under_their_name(
    house: House,
) -> None:
    posted = house.post(house.cast.ada, author_mode="protected")
    change(
        house,
        posted.lesson.id,
        by=house.cast.ada,
        claim_code=posted.claim_code or "",
        lesson="More of it.",
    )
    change(house, posted.lesson.id, by=house.cast.kit, lesson="Even more of it.")
    with house.reading() as session:
        versions = versions_of(session, session.get_one(Lesson, posted.lesson.id))
    assert [version.by_id for version in versions] == [house.cast.kit.id, None, None]
    assert versions[1].at.hour == 0
    actors = {actor for _, actor in _events(house, posted.lesson.id)}
    assert actors == {None, house.cast.kit.id}


def test_the_author_takes_credit_with_the_claim_code(house: House) -> None:
    posted = house.post(house.cast.ada, author_mode="protected")
    change(
        house,
        posted.lesson.id,
        by=house.cast.ada,
        claim_code=posted.claim_code or "",
        author_mode="named",
    )
    now = kept(house, posted.lesson.id)
    assert (now.author_id, now.claim_hash) == (house.cast.ada.id, None)


@pytest.mark.parametrize("claim_code", ["", "aaaa-bbbb-cccc-dddd-eeee"])
def test_nobody_takes_credit_without_the_right_code(house: House, claim_code: str) -> None:
    posted = house.post(house.cast.ada, author_mode="protected")
    with pytest.raises(NotYours):
        change(
            house, posted.lesson.id, by=house.cast.kit, claim_code=claim_code, author_mode="named"
        )
    assert kept(house, posted.lesson.id).author_id is None
