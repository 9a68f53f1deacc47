"""Lessons in the browser: lists, one to read, a new one, mine."""

import re
from typing import Any

import pytest
from sqlmodel import select

from app.lessons.models import Lesson, State
from tests.house_fixture import House

TYPED = {
    "kind": "near_miss",
    "title": "The crane swung over the walkway",
    "lesson": "Nobody closes the walkway by themselves.",
    "visibility": "organisation",
}


def _form(house: House, **changed: Any) -> dict[str, Any]:
    return TYPED | {"key": "k" * 26} | changed


def _lessons(house: House) -> list[Lesson]:
    with house.reading() as session:
        return list(session.exec(select(Lesson)))


@pytest.mark.parametrize("url", ["/lessons", "/my/lessons", "/lessons/new", "/"])
def test_a_stranger_is_sent_to_sign_in_and_back(house: House, url: str) -> None:
    answer = house.stranger().get(url, follow_redirects=False)
    assert answer.status_code == 303
    back = "" if url == "/" else f"?next={url}"
    assert answer.headers["location"] == f"/sign-in{back}"


def test_a_lesson_is_posted_by_the_form_and_can_be_read(house: House) -> None:
    typed = _form(house, recommendation="Close it.")
    answer = house.browser(house.cast.ada).send("/lessons", typed)
    assert answer.status_code == 200
    assert "Posted. It can be found now." in answer.text
    (lesson,) = _lessons(house)
    assert answer.url.path == f"/lessons/{lesson.id}"
    page = house.browser(house.cast.otto).get(f"/lessons/{lesson.id}").text
    for words in (TYPED["title"], TYPED["lesson"], "Close it.", "Ada Example", "Near miss"):
        assert words in page


def test_a_form_that_lacks_something_comes_back_with_everything_typed(house: House) -> None:
    typed = _form(
        house,
        title="",
        context="A long story <b>here</b>",
        occurred_on="yesterday",
        topics="screws, vibration",
        visibility="team",
        team="Pumps",
    )
    answer = house.browser(house.cast.ada).send("/lessons", typed)
    assert answer.status_code == 422
    assert "2 things need another look" in answer.text
    assert '<a href="#title">Title: Please fill this in.</a>' in answer.text
    assert "A long story &lt;b&gt;here&lt;/b&gt;" in answer.text
    assert 'value="screws, vibration"' in answer.text
    assert re.search(r'name="visibility" value="team" checked', answer.text)
    assert _lessons(house) == []


def test_what_the_act_refuses_is_said_in_the_form(house: House) -> None:
    typed = _form(house, visibility="team", team="Sales")
    answer = house.browser(house.cast.ada).send("/lessons", typed)
    assert answer.status_code == 422
    assert "You are in no team of this name" in answer.text
    assert TYPED["lesson"] in answer.text


def test_who_may_read_it_must_be_chosen(house: House) -> None:
    typed = {name: value for name, value in _form(house).items() if name != "visibility"}
    answer = house.browser(house.cast.ada).send("/lessons", typed)
    assert answer.status_code == 422
    assert 'href="#visibility"' in answer.text


def test_the_form_sent_twice_posts_one_lesson(house: House) -> None:
    browser = house.browser(house.cast.ada)
    first, again = browser.send("/lessons", _form(house)), browser.send("/lessons", _form(house))
    assert first.url == again.url
    assert len(_lessons(house)) == 1


def test_the_form_changed_after_it_was_sent_can_be_sent_as_another_lesson(house: House) -> None:
    browser = house.browser(house.cast.ada)
    browser.send("/lessons", _form(house))
    answer = browser.send("/lessons", _form(house, title="Another title"))
    assert answer.status_code == 409
    assert "This form was sent before" in answer.text
    key = re.search(r'name="key" value="([^"]+)"', answer.text)
    assert key
    browser.send("/lessons", _form(house, title="Another title", key=key[1]))
    assert {lesson.title for lesson in _lessons(house)} == {TYPED["title"], "Another title"}


def test_two_forms_without_a_key_are_two_lessons(house: House) -> None:
    browser = house.browser(house.cast.ada)
    browser.send("/lessons", TYPED)
    browser.send("/lessons", TYPED | {"title": "Another title"})
    assert len(_lessons(house)) == 2


def test_a_draft_is_kept_among_my_lessons_and_shown_to_nobody_else(house: House) -> None:
    ada = house.browser(house.cast.ada)
    answer = ada.send("/lessons", _form(house, visibility=["team", "draft"], team="Pumps"))
    (draft,) = _lessons(house)
    assert (draft.state, answer.url.path) == (State.DRAFT, "/my/lessons")
    assert TYPED["title"] in answer.text
    assert "A draft. Only you can see it." in ada.get(f"/lessons/{draft.id}").text
    for person in (house.cast.ben, house.cast.root):
        assert house.browser(person).get(f"/lessons/{draft.id}").status_code == 404


def test_a_draft_that_is_opened_again_is_shared_with_nobody_by_default(house: House) -> None:
    draft = house.post(house.cast.ada, visibility="draft").lesson
    page = house.browser(house.cast.ada).get(f"/lessons/{draft.id}/edit").text
    assert re.search(r'name="visibility" value="organisation"', page)
    assert not re.search(r'name="visibility" value="[a-z]+" checked', page)


def test_a_protected_author_alone_is_shown_the_claim_code(house: House) -> None:
    browser = house.browser(house.cast.ada)
    answer = browser.send("/lessons", _form(house, author_mode="protected"))
    (lesson,) = _lessons(house)
    assert answer.url.path == f"/lessons/{lesson.id}"
    assert re.search(r"<code>[0-9a-z]{4}(-[0-9a-z]{4}){4}</code>", answer.text)
    page = house.browser(house.cast.ada).get(f"/lessons/{lesson.id}").text
    assert "<code>" not in page
    assert "protected author" in page
    article = page.partition("<main")[2]
    assert not re.search(r"\bAda\b", article)  # others adapted it


def test_who_signs_in_next_on_the_same_browser_does_not_hold_the_claim(house: House) -> None:
    browser = house.browser(house.cast.ada)
    answer = browser.send("/lessons", _form(house, author_mode="protected"))
    path = answer.url.path
    assert "<code>" in browser.get(path).text
    after = house.browser(house.cast.ben).client.cookies["session"]
    browser.client.cookies.set("session", after, domain="127.0.0.1", path="/")
    for name in [c for c in browser.client.cookies.jar if c.name == "session"]:
        if name.value != after:
            browser.client.cookies.jar.clear(name.domain, name.path, name.name)
    page = browser.get(path).text
    assert "Ben Example" in page
    assert "<code>" not in page
    assert browser.get(f"{path}/edit").status_code == 403


def test_a_protected_post_is_answered_like_a_named_one(house: House) -> None:
    browser = house.browser(house.cast.ada)
    answers = [
        browser.send(
            "/lessons", _form(house, author_mode=mode, key=f"{mode}-one"), follow_redirects=False
        )
        for mode in ("named", "protected")
    ]
    assert [answer.status_code for answer in answers] == [303, 303]


def test_a_protected_form_sent_twice_shows_the_same_code(house: House) -> None:
    browser = house.browser(house.cast.ada)
    answers = [browser.send("/lessons", _form(house, author_mode="protected")) for _ in range(2)]
    codes = [re.findall(r"<code>(.+?)</code>", answer.text) for answer in answers]
    assert codes[0] == codes[1]
    assert len(_lessons(house)) == 1


def test_markdown_is_shown_and_cannot_bring_a_script(house: House) -> None:
    words = "**Tighten** them.\n\n<script>alert(1)</script> [x](javascript:alert(2))"
    lesson = house.post(house.cast.ada, lesson=words).lesson
    page = house.browser(house.cast.ada).get(f"/lessons/{lesson.id}").text
    assert "<strong>Tighten</strong>" in page
    assert "<script>alert" not in page
    assert 'href="javascript' not in page


def test_the_list_shows_newest_first_in_parts(house: House) -> None:
    for number in range(23):
        house.post(house.cast.ada, f"Lesson number {number:02}")
        house.clock.turn(minutes=1)
    browser = house.browser(house.cast.otto)
    first, second = browser.get("/lessons").text, browser.get("/lessons?page=2").text
    assert "23 lessons, newest first" in first
    titles = re.findall(r"Lesson number (\d\d)", first + second)
    assert titles == [f"{number:02}" for number in range(22, -1, -1)]
    assert "There is no such page" in browser.get("/lessons?page=9").text


def test_a_team_only_lesson_is_in_no_list_of_an_outsiders(house: House) -> None:
    house.post(house.cast.ada, "Only ours", team="Pumps", visibility="team")
    outsider, mate = house.browser(house.cast.otto), house.browser(house.cast.ben)
    for url in ("/", "/lessons", "/search", "/search?q=ours"):
        assert "Only ours" not in outsider.get(url).text
        assert "Only ours" in mate.get(url).text


def test_an_empty_memory_invites_to_write(house: House) -> None:
    browser = house.browser(house.cast.ada)
    for url in ("/", "/lessons", "/my/lessons"):
        assert 'href="/lessons/new"' in browser.get(url).text.partition("<main")[2]
