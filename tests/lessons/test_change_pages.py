"""Changing a lesson in the browser: edit, history, retire, restore, claim, discard."""

from typing import Any

import pytest

from app.lessons.models import Lesson, State
from tests.house_fixture import Browser, House
from tests.lessons.acting import change, kept


def _fields(**changed: Any) -> dict[str, Any]:
    return {
        "kind": "failure",
        "title": "Loose screws",
        "lesson": "They rattled.",
        "visibility": "organisation",
        "revision": "1",
    } | changed


def _claimed(house: House, posted: Any, person: Any) -> Browser:
    browser = house.browser(person)
    answer = browser.send(f"/lessons/{posted.lesson.id}/claim", {"claim_code": posted.claim_code})
    assert "You can change this lesson for an hour" in answer.text
    return browser


def test_an_edit_is_saved_and_its_difference_stands_in_the_history(house: House) -> None:
    lesson = house.post(
        house.cast.ada, "Loose screws", lesson="They rattled.", external_id="LL-1"
    ).lesson
    browser = house.browser(house.cast.ada)
    answer = browser.send(f"/lessons/{lesson.id}", _fields(lesson="They squeaked."))
    assert answer.url.path == f"/lessons/{lesson.id}"
    assert "They squeaked." in answer.text
    history = house.browser(house.cast.otto).get(f"/lessons/{lesson.id}/history").text
    assert "<del>rattled</del><ins>squeaked</ins>" in history
    assert "Ada Example" in history
    assert "They rattled." in browser.get(f"/lessons/{lesson.id}/history/1").text
    # What the form does not show is not lost by it.
    assert kept(house, lesson.id).external_id == "LL-1"


def test_the_second_of_two_editors_sees_both_and_can_save_knowingly(house: House) -> None:
    lesson = house.post(house.cast.ada, "Loose screws", lesson="They rattled.").lesson
    change(house, lesson.id, by=house.cast.ada, lesson="Theirs is here.")
    browser = house.browser(house.cast.kit)
    answer = browser.send(f"/lessons/{lesson.id}", _fields(lesson="Mine stands here."))
    assert answer.status_code == 412
    assert "Somebody else changed this lesson" in answer.text
    assert "<ins>Theirs" in answer.text
    assert "<del>Mine" in answer.text
    assert "Mine stands here.</textarea>" in answer.text
    assert 'name="revision" value="2"' in answer.text
    assert kept(house, lesson.id).lesson == "Theirs is here."
    browser.send(f"/lessons/{lesson.id}", _fields(lesson="Both of us.", revision="2"))
    assert kept(house, lesson.id).lesson == "Both of us."


def test_a_refused_edit_keeps_what_was_typed(house: House) -> None:
    lesson = house.post(house.cast.ada, "Loose screws").lesson
    browser = house.browser(house.cast.ada)
    answer = browser.send(f"/lessons/{lesson.id}", _fields(title="", lesson="Long work."))
    assert answer.status_code == 422
    assert "Long work.</textarea>" in answer.text
    assert kept(house, lesson.id).title == "Loose screws"


@pytest.mark.parametrize("revision", ["", "0", "-1", "one", "9" * 40])
def test_a_revision_that_is_none_is_a_collision_not_a_failure(house: House, revision: str) -> None:
    lesson = house.post(house.cast.ada, "Loose screws").lesson
    answer = house.browser(house.cast.ada).send(
        f"/lessons/{lesson.id}", _fields(lesson="Other.", revision=revision)
    )
    assert answer.status_code == 412


@pytest.mark.parametrize("path", ["/edit", "/retirement"])
def test_a_reader_who_is_not_the_author_is_told_who_may(house: House, path: str) -> None:
    lesson = house.post(house.cast.ada).lesson
    answer = house.browser(house.cast.ben).get(f"/lessons/{lesson.id}{path}")
    assert answer.status_code == 403
    assert "Only the author, a curator or an administrator" in answer.text
    assert (
        f"/lessons/{lesson.id}/edit"
        not in house.browser(house.cast.ben).get(f"/lessons/{lesson.id}").text
    )


def test_a_lesson_is_retired_with_a_reason_and_restored(house: House) -> None:
    lesson = house.post(house.cast.ada).lesson
    browser = house.browser(house.cast.ada)
    answer = browser.send(
        f"/lessons/{lesson.id}/retirement", {"reason": "obsolete", "note": "The line is gone."}
    )
    assert "obsolete" in answer.text
    assert "The line is gone." in answer.text
    assert kept(house, lesson.id).state is State.RETIRED
    answer = browser.send(f"/lessons/{lesson.id}/restoration")
    assert "Restored. It can be found again." in answer.text
    assert kept(house, lesson.id).state is State.POSTED


@pytest.mark.parametrize("reason", ["", "bored"])
def test_retiring_needs_a_reason(house: House, reason: str) -> None:
    lesson = house.post(house.cast.ada).lesson
    answer = house.browser(house.cast.ada).send(
        f"/lessons/{lesson.id}/retirement", {"reason": reason, "note": "A thought."}
    )
    assert answer.status_code == 422
    assert "Choose a reason." in answer.text
    assert "A thought.</textarea>" in answer.text


def test_a_retired_lesson_is_not_retired_or_restored_twice(house: House) -> None:
    lesson = house.post(house.cast.ada).lesson
    browser = house.browser(house.cast.ada)
    assert browser.send(f"/lessons/{lesson.id}/restoration").status_code == 409
    browser.send(f"/lessons/{lesson.id}/retirement", {"reason": "obsolete"})
    again = browser.send(f"/lessons/{lesson.id}/retirement", {"reason": "obsolete"})
    assert again.status_code == 409
    edited = browser.send(f"/lessons/{lesson.id}", _fields(revision="2", lesson="Kept words."))
    assert edited.status_code == 409
    assert "Kept words.</textarea>" in edited.text


def test_the_claim_code_lets_its_author_edit_unnamed(house: House) -> None:
    posted = house.post(house.cast.ada, "Loose screws", author_mode="protected")
    url = f"/lessons/{posted.lesson.id}"
    assert house.browser(house.cast.ada).get(f"{url}/edit").status_code == 403
    browser = _claimed(house, posted, house.cast.ada)
    browser.send(url, _fields(lesson="They squeaked.", author_mode="protected"))
    assert kept(house, posted.lesson.id).lesson == "They squeaked."
    history = browser.get(f"{url}/history").text.partition("<main")[2]
    assert "Ada" not in history
    assert history.count("protected author") == 2


def test_a_claim_opens_its_own_lesson_alone(house: House) -> None:
    posted = house.post(house.cast.ada, author_mode="protected")
    other = house.post(house.cast.ada, "Another", author_mode="protected")
    browser = _claimed(house, posted, house.cast.ada)
    assert browser.get(f"/lessons/{posted.lesson.id}/edit").status_code == 200
    assert browser.get(f"/lessons/{other.lesson.id}/edit").status_code == 403


def test_the_protected_author_can_put_their_name_to_it(house: House) -> None:
    posted = house.post(house.cast.ada, "Loose screws", author_mode="protected")
    browser = _claimed(house, posted, house.cast.ada)
    assert "Put my name to it" in browser.get(f"/lessons/{posted.lesson.id}/edit").text
    browser.send(f"/lessons/{posted.lesson.id}", _fields(author_mode="named"))
    assert kept(house, posted.lesson.id).author_id == house.cast.ada.id


def test_a_curator_edits_a_protected_lesson_without_touching_its_protection(house: House) -> None:
    posted = house.post(house.cast.ada, "Loose screws", author_mode="protected")
    browser = house.browser(house.cast.kit)
    page = browser.get(f"/lessons/{posted.lesson.id}/edit").text
    assert "Put my name to it" not in page
    browser.send(f"/lessons/{posted.lesson.id}", _fields(lesson="Clearer.", author_mode="named"))
    assert kept(house, posted.lesson.id).author_id is None


def test_a_wrong_claim_code_is_refused(house: House) -> None:
    posted = house.post(house.cast.ada, author_mode="protected")
    answer = house.browser(house.cast.ada).send(
        f"/lessons/{posted.lesson.id}/claim", {"claim_code": "aaaa-bbbb-cccc-dddd-eeee"}
    )
    assert answer.status_code == 422
    assert "This is not the code" in answer.text


def test_a_named_lesson_has_nothing_to_claim(house: House) -> None:
    lesson = house.post(house.cast.ada).lesson
    browser = house.browser(house.cast.ada)
    assert browser.get(f"/lessons/{lesson.id}/claim").status_code == 404
    assert "I wrote this" not in browser.get(f"/lessons/{lesson.id}").text


def test_a_draft_is_finished_and_posted(house: House) -> None:
    draft = house.post(house.cast.ada, visibility="draft").lesson
    browser = house.browser(house.cast.ada)
    page = browser.get(f"/lessons/{draft.id}/edit").text
    assert "Finish the draft" in page
    browser.send(f"/lessons/{draft.id}", _fields(visibility=["organisation", "draft"]))
    assert kept(house, draft.id).is_draft
    answer = browser.send(f"/lessons/{draft.id}", _fields(revision="2"))
    assert answer.url.path == f"/lessons/{draft.id}"
    assert kept(house, draft.id).state is State.POSTED


def test_a_protected_draft_that_is_posted_leads_to_its_claim_code(house: House) -> None:
    draft = house.post(house.cast.ada, visibility="draft", author_mode="protected").lesson
    browser = house.browser(house.cast.ada)
    answer = browser.send(f"/lessons/{draft.id}", _fields(author_mode="protected"))
    assert "Only this code shows that it is yours" in answer.text
    assert answer.url.path != f"/lessons/{draft.id}"
    assert browser.get(f"/lessons/{draft.id}").status_code == 404


def test_a_draft_is_discarded_but_a_posted_lesson_is_not(house: House) -> None:
    draft = house.post(house.cast.ada, visibility="draft").lesson
    posted = house.post(house.cast.ada, "Posted").lesson
    browser = house.browser(house.cast.ada)
    assert "The draft is gone." in browser.send(f"/lessons/{draft.id}/removal").text
    assert browser.send(f"/lessons/{posted.id}/removal").status_code == 422
    with house.reading() as session:
        assert session.get(Lesson, draft.id) is None
        assert session.get(Lesson, posted.id) is not None


def test_a_version_that_never_was_is_not_found(house: House) -> None:
    lesson = house.post(house.cast.ada).lesson
    browser = house.browser(house.cast.ada)
    for revision in ("2", "0", "-1", "x", "9" * 30):
        assert browser.get(f"/lessons/{lesson.id}/history/{revision}").status_code == 404
