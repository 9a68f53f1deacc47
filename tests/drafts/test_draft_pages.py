"""Drafts by the form: kept as typed, for one person alone, never over something newer."""

import re
from typing import Any

import pytest
import sqlalchemy as sa
from httpx2 import Response
from sqlmodel import SQLModel, select

from app.drafts.drafting import MOST_DRAFTS
from app.drafts.models import Draft
from app.events.models import Event
from app.kit.ids import random_id
from app.lessons.models import Lesson, LessonRelation
from app.topics.models import Topic
from tests.house_fixture import Browser, House
from tests.statements import statements

SCRIPT = {"Accept": "application/json"}
WORDS = "They rattled <b>all night</b>.\n\nAnd then "


def _typed(**changed: Any) -> dict[str, Any]:
    return {
        "kind": "failure",
        "title": "Loose screws",
        "lesson": WORDS,
        "topics": "screws, vibration",
        "visibility": "organisation",
        "author_mode": "named",
        "writer": "window-one",
        "draft_revision": "0",
    } | changed


def _keep(browser: Browser, draft_id: str, *, script: bool = True, **changed: Any) -> Response:
    more = {"headers": SCRIPT} if script else {}
    return browser.send(
        f"/drafts/{draft_id}", _typed(**changed), follow_redirects=not script, **more
    )


def _kept(house: House) -> list[Draft]:
    with house.reading() as session:
        return list(session.exec(select(Draft)))


def test_what_is_typed_is_kept_to_the_last_space_and_leaves_no_other_trace(house: House) -> None:
    browser, draft_id = house.browser(house.cast.ada), random_id()
    house.clock.turn(minutes=1)
    said = _keep(browser, draft_id).json()
    assert said == {"kept": True, "revision": 1}
    (draft,) = _kept(house)
    assert (draft.id, draft.person_id) == (draft_id, house.cast.ada.id)
    assert draft.typed["lesson"] == WORDS
    assert "csrf_token" not in draft.typed
    with house.reading() as session:
        assert session.exec(select(Topic)).all() == []
        assert session.exec(select(Lesson)).all() == []
        assert session.exec(select(Event).where(Event.at == house.clock())).all() == []
    page = house.browser(house.cast.ada).get(f"/lessons/new?draft={draft_id}").text
    assert "They rattled &lt;b&gt;all night&lt;/b&gt;.\n\nAnd then </textarea>" in page
    assert 'value="screws, vibration"' in page
    assert 'name="draft_revision" value="1"' in page


def test_a_draft_is_nobody_elses(house: House) -> None:
    draft_id = random_id()
    _keep(house.browser(house.cast.ada), draft_id)
    for person in (house.cast.ben, house.cast.root):
        other = house.browser(person)
        assert _keep(other, draft_id).status_code == 404
        assert other.send(f"/drafts/{draft_id}/removal").status_code == 404
        assert other.get(f"/lessons/new?draft={draft_id}").status_code == 404
        assert other.send("/lessons", _typed(draft=draft_id)).status_code == 404
        assert "Loose screws" not in other.get("/my/lessons").text
    assert _kept(house)[0].typed["title"] == "Loose screws"
    gone = house.stranger().send(f"/drafts/{draft_id}", _typed(), follow_redirects=False)
    assert (gone.status_code, gone.headers["location"]) == (303, "/sign-in")


@pytest.mark.parametrize("draft_id", ["x", "0" * 15, "U" * 16, "margins", "%00" * 16])
def test_what_is_no_id_is_no_draft(house: House, draft_id: str) -> None:
    browser = house.browser(house.cast.ada)
    assert _keep(browser, draft_id).status_code == 404
    assert browser.get(f"/lessons/new?draft={draft_id}").status_code == 404


def test_an_empty_page_leaves_no_draft(house: House) -> None:
    browser = house.browser(house.cast.ada)
    said = _keep(browser, random_id(), title=" ", lesson="", topics="").json()
    assert said == {"kept": False, "revision": 0}
    assert _kept(house) == []


def test_the_older_of_two_copies_never_replaces_the_newer_silently(house: House) -> None:
    browser, draft_id = house.browser(house.cast.ada), random_id()
    _keep(browser, draft_id)
    _keep(browser, draft_id, lesson="Newer.", draft_revision="1", writer="window-two")
    house.clock.turn(minutes=3)
    refused = _keep(browser, draft_id, lesson="Older.", draft_revision="1")
    assert (refused.json()["kept"], refused.json()["code"]) == (False, "draft_moved_on")
    assert _kept(house)[0].typed["lesson"] == "Newer."
    posted = browser.send("/lessons", _typed(lesson="Older.", draft_revision="1", draft=draft_id))
    assert posted.status_code == 409
    assert "Older.</textarea>" in posted.text
    assert 'name="draft_revision" value="2"' in posted.text
    # Chosen knowingly it does; so does a copy whose last answer was lost on the way.
    assert _keep(browser, draft_id, lesson="Older.", draft_revision="2").json()["revision"] == 3
    assert _keep(browser, draft_id, lesson="Older!", draft_revision="2").json()["revision"] == 4


def test_posting_erases_the_draft_and_a_late_copy_does_not_bring_it_back(house: House) -> None:
    browser, draft_id = house.browser(house.cast.ada), random_id()
    _keep(browser, draft_id)
    answer = browser.send("/lessons", _typed(draft=draft_id, draft_revision="1", key="k" * 26))
    assert "Posted. It can be found now." in answer.text
    assert _kept(house) == []
    assert _keep(browser, draft_id, script=False, draft_revision="1").status_code == 409
    assert _kept(house) == []
    again = browser.send("/lessons", _typed(draft=draft_id, draft_revision="1", key="k" * 26))
    assert again.url == answer.url


def test_a_script_is_told_where_the_lesson_is(house: House) -> None:
    browser = house.browser(house.cast.ada)
    answer = browser.send("/lessons", _typed(author_mode="protected"), headers=SCRIPT)
    url = answer.json()["url"]
    assert "<code>" in browser.get(url).text  # the claim code travels beside it
    wrong = browser.send("/lessons", _typed(title=""), headers=SCRIPT)
    assert "One thing needs another look" in wrong.json()["page"]


def test_nothing_of_a_protected_author_is_kept(house: House) -> None:
    browser, draft_id = house.browser(house.cast.ada), random_id()
    _keep(browser, draft_id, title="Pay talks")
    said = _keep(browser, draft_id, title="Pay talks", author_mode="protected", draft_revision="1")
    assert (said.json()["kept"], said.json()["code"]) == (False, "not_kept_for_protected")
    with house.reading() as session:
        for table in SQLModel.metadata.sorted_tables:
            rows = session.connection().execute(sa.select(table)).all()
            assert not [row for row in rows if draft_id in repr(row)], table.name
    by_hand = _keep(browser, draft_id, script=False, author_mode="protected")
    assert by_hand.status_code == 422
    assert "because nothing may lead to you" in by_hand.text
    assert "And then" in by_hand.text
    other_way = _keep(browser, draft_id, script=False, author_mode="protected", way="experiment")
    assert "And then" in other_way.text
    assert re.search('value="protected" checked', other_way.text)
    assert _kept(house) == []


def test_a_change_of_a_protected_lesson_is_not_kept(house: House) -> None:
    lesson_id = house.post(house.cast.ada, author_mode="protected").lesson.id
    for person in (house.cast.ada, house.cast.kit):
        said = _keep(house.browser(person), random_id(), lesson_id=lesson_id)
        assert said.json()["code"] == "not_kept_for_protected"
    assert _kept(house) == []


def test_a_change_is_kept_shown_again_and_gone_when_it_is_saved(house: House) -> None:
    lesson = house.post(house.cast.ada, "Loose screws", lesson="They rattled.").lesson
    browser, draft_id = house.browser(house.cast.ada), random_id()
    change = {"lesson_id": lesson.id, "revision": "1", "draft": draft_id}
    _keep(browser, draft_id, lesson="They squeaked.", **change)
    assert _keep(house.browser(house.cast.ben), random_id(), **change).status_code == 403
    elsewhere = house.browser(house.cast.ada)
    page = elsewhere.get(f"/lessons/{lesson.id}/edit").text
    assert "You were changing this just now" in page
    assert "They squeaked.</textarea>" in page
    assert draft_id in page
    assert "A change of “Loose screws”" in elsewhere.get("/my/lessons").text
    assert (
        "You were changing"
        not in house.browser(house.cast.kit).get(f"/lessons/{lesson.id}/edit").text
    )
    saved = elsewhere.send(
        f"/lessons/{lesson.id}", _typed(lesson="They squeaked.", draft_revision="1", **change)
    )
    assert "They squeaked." in saved.text
    assert _kept(house) == []


def test_two_windows_change_one_lesson_in_one_draft(house: House) -> None:
    lesson = house.post(house.cast.ada, "Loose screws", lesson="They rattled.").lesson
    browser, here, there = house.browser(house.cast.ada), random_id(), random_id()
    change = {"lesson_id": lesson.id, "revision": "1"}
    _keep(browser, here, lesson="They squeaked.", **change)
    second = _keep(browser, there, lesson="They sang.", writer="window-two", **change).json()
    assert (second["code"], second["revision"]) == ("draft_moved_on", 1)
    mine = {"lesson": "They sang.", "writer": "window-two", "draft_revision": "1"} | change
    assert _keep(browser, there, **mine).json() == {"kept": True, "revision": 2}
    assert [draft.typed["lesson"] for draft in _kept(house)] == ["They sang."]
    browser.send(f"/lessons/{lesson.id}", _typed(**mine | {"draft": there, "draft_revision": "2"}))
    assert _kept(house) == []


def test_a_change_can_be_put_away_to_start_again(house: House) -> None:
    lesson = house.post(house.cast.ada, "Loose screws", lesson="They rattled.").lesson
    browser, draft_id = house.browser(house.cast.ada), random_id()
    _keep(browser, draft_id, lesson="They squeaked.", lesson_id=lesson.id, revision="1")
    page = browser.send(f"/drafts/{draft_id}/removal")
    assert page.url.path == f"/lessons/{lesson.id}/edit"
    assert "They rattled.</textarea>" in page.text


def test_a_discarded_draft_can_be_brought_back_once(house: House) -> None:
    browser, draft_id = house.browser(house.cast.ada), random_id()
    _keep(browser, draft_id)
    page = browser.send(f"/drafts/{draft_id}/removal").text
    assert "The draft is gone." in page
    assert _kept(house) == []
    form = page[page.index(f'action="/drafts/{draft_id}"') :].partition("</form>")[0]
    hidden = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    assert hidden["title"] == "Loose screws"
    back = browser.send(f"/drafts/{draft_id}", _typed(writer="other", draft_revision=""))
    assert "Kept as a draft. Only you can see it." in back.text
    assert _kept(house)[0].typed["lesson"] == WORDS


def test_another_way_to_begin_loses_nothing_without_a_script(house: House) -> None:
    browser, draft_id = house.browser(house.cast.ada), random_id()
    page = _keep(browser, draft_id, script=False, way="postmortem", kind="")
    assert page.url.path == "/lessons/new"
    assert "And then </textarea>" in page.text
    assert re.search('name="kind" value="failure" checked', page.text)
    fields = re.findall(r'<textarea class="desk__text" id="(\w+)"', page.text)
    assert fields[:5] == ["happened", "why", "lesson", "applies_when", "recommendation"]
    # The kind that a way chose goes with it; one chosen by hand stays.
    page = browser.get(f"/lessons/new?draft={draft_id}&as=experiment").text
    assert re.search('name="kind" value="experiment" checked', page)
    _keep(browser, draft_id, kind="near_miss", draft_revision="1")
    page = browser.get(f"/lessons/new?draft={draft_id}&as=experiment").text
    assert re.search('name="kind" value="near_miss" checked', page)


def test_what_is_longer_than_any_lesson_is_refused(house: House) -> None:
    browser = house.browser(house.cast.ada)
    said = _keep(browser, random_id(), lesson="x" * 500_000)
    assert said.status_code == 422
    assert _kept(house) == []


def test_drafts_cost_the_same_however_many_there_are(house: House) -> None:
    browser = house.browser(house.cast.ada)

    def asked() -> tuple[int, int, int]:
        with statements(house.database) as mine:
            browser.get("/my/lessons")
        with statements(house.database) as new:
            browser.get(f"/lessons/new?draft={draft_id}")
        token = {"X-CSRF-Token": browser.token} | SCRIPT
        with statements(house.database) as keeping:
            browser.client.post(f"/drafts/{random_id()}", data=_typed(), headers=token)
        return len(mine), len(new), len(keeping)

    _keep(browser, draft_id := random_id())
    house.post(house.cast.ada, visibility="draft")
    before = asked()
    for number in range(5):
        _keep(browser, random_id(), title=f"Draft {number}")
        house.post(house.cast.ada, f"Kept {number}", visibility="draft")
    assert asked() == before
    assert max(before) <= 8, before


def test_without_a_script_the_margin_comes_with_the_page_and_all_that_was_typed(
    house: House,
) -> None:
    browser, draft_id = house.browser(house.cast.ada), random_id()
    page = browser.send("/drafts/margin", _typed(draft=draft_id, recommendation="Be careful."))
    assert page.status_code == 200
    assert "A second look" in page.text
    assert "And then" in page.text
    assert draft_id in page.text
    part = browser.send("/drafts/margin", _typed(), headers={"HX-Request": "true"}).text
    assert "<form" not in part
    assert _kept(house) == []


def test_what_the_margin_was_told_is_kept_and_posted_with_the_lesson(house: House) -> None:
    older = house.post(house.cast.otto, "Screws come loose").lesson
    hidden = house.post(house.cast.otto, team="Sales", visibility="team").lesson
    browser, draft_id = house.browser(house.cast.ada), random_id()
    said = {f"relation.{older.id}": "recurrence"}
    _keep(browser, draft_id, **said)
    page = browser.get(f"/lessons/new?draft={draft_id}").text
    assert f'name="relation.{older.id}" value="recurrence"' in page
    form = {"draft": draft_id, "draft_revision": "1"} | said
    refused = browser.send("/lessons", _typed(**form | {f"relation.{hidden.id}": "corrects"}))
    assert refused.status_code == 422
    assert "And then" in refused.text
    assert len(_kept(house)) == 1
    lesson_id = browser.send("/lessons", _typed(**form)).url.path.rpartition("/")[2]
    with house.reading() as session:
        (relation,) = session.exec(select(LessonRelation))
    assert (relation.lesson_id, relation.other_id) == (lesson_id, older.id)


def test_a_change_that_is_to_be_protected_is_erased_from_whichever_window_it_was_kept(
    house: House,
) -> None:
    lesson = house.post(house.cast.ada, "Kept by a program", visibility="draft").lesson
    browser, here, there = house.browser(house.cast.ada), random_id(), random_id()
    change = {"lesson_id": lesson.id, "revision": "1"}
    _keep(browser, here, **change)
    said = _keep(browser, there, author_mode="protected", **change).json()
    assert said["code"] == "not_kept_for_protected"
    assert _kept(house) == []
    _keep(browser, here, **change)
    browser.send(f"/drafts/{there}/removal", {"lesson_id": lesson.id})  # as a script asks for it
    assert _kept(house) == []
    _keep(browser, here, **change)
    seen = {"draft": here, "draft_revision": "1", "author_mode": "protected"}
    assert browser.send(f"/lessons/{lesson.id}", _typed(**change | seen)).status_code == 200
    assert _kept(house) == []


def test_the_title_of_what_is_no_longer_shared_stands_in_no_list_of_drafts(house: House) -> None:
    lesson, kit = house.post(house.cast.otto, "Open").lesson, house.browser(house.cast.kit)
    _keep(kit, random_id(), title="Mine", lesson_id=lesson.id, revision="1")
    assert "A change of “Open”" in kit.get("/my/lessons").text
    for_few = {"title": "Behind doors", "team": "Sales", "visibility": "team", "revision": "1"}
    house.browser(house.cast.otto).send(f"/lessons/{lesson.id}", _typed(**for_few))
    page = kit.get("/my/lessons").text
    assert "Mine" in page
    assert "Behind doors" not in page


def test_what_a_curator_says_of_somebodys_lesson_is_recorded_as_the_curators(house: House) -> None:
    lesson, older = house.post(house.cast.ada).lesson, house.post(house.cast.otto, "Older").lesson
    house.clock.turn(days=1)
    said = {f"relation.{older.id}": "recurrence", "revision": "1"}
    house.browser(house.cast.kit).send(f"/lessons/{lesson.id}", _typed(**said))
    with house.reading() as session:
        (made,) = session.exec(select(Event).where(Event.kind == "relation.made"))
    assert made.actor_id == house.cast.kit.id


def test_so_many_drafts_are_kept_and_no_more_and_nothing_typed_is_lost(house: House) -> None:
    ada, browser = house.cast.ada, house.browser(house.cast.ada)
    with house.database.writing() as session:
        for _ in range(MOST_DRAFTS):
            session.add(Draft(person_id=ada.id, typed={}, changed_at=house.clock()))
    assert _keep(browser, random_id()).status_code == 409
    page = _keep(browser, random_id(), script=False)
    assert page.status_code == 409
    assert "You have 200 drafts already" in page.text
    assert "And then" in page.text
    (one, *_) = _kept(house)
    assert _keep(browser, one.id).json()["kept"]
    too_long = _keep(browser, one.id, script=False, lesson="x" * 500_000, draft_revision="1")
    assert too_long.status_code == 422
    assert "x</textarea>" in too_long.text
