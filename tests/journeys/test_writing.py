"""Writing: under a minute, kept whatever happens, by the keyboard, without JavaScript.

Everybody here writes at a desk of their own, on one server.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Dialog
from sqlmodel import select

from app.auth.sessions import end_sessions
from app.drafts.models import Draft
from app.people.models import Person
from tests.databases import Databases
from tests.journeys.conftest import Arrive
from tests.journeys.things import posted
from tests.journeys.visitor import Visitor
from tests.serving import Place, Server, place_for, serving, until

PASSWORD = "orchard kettle violin 7"
TITLE = "Ten test calls say nothing about forty real ones"
LESSON = (
    "We tried every function of the new telephones, but never the busiest quarter of an hour. "
    "The licence allowed ten calls at a time, so the eleventh was dropped. Replay the busiest "
    "minutes of last month before you switch over, and keep the old lines for a week."
)
KEPT = re.compile(r"Draft kept \d\d:\d\d")


@pytest.fixture(scope="module")
def served(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(place_for(databases, tmp_path_factory.mktemp("desks")), forked=True) as server:
        yield server


@dataclass
class Hands:
    """Types and presses like a person, and counts what is not typing."""

    visitor: Visitor
    acts: list[str] = field(default_factory=list)

    def press(self, key: str) -> None:
        self.acts.append(key)
        self.visitor.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.visitor.page.keyboard.type(text)


def _value(visitor: Visitor, name: str) -> str:
    return visitor.page.locator(f'[name="{name}"]').input_value()


def _sees_kept(visitor: Visitor) -> None:
    visitor.page.locator("#draft-status").get_by_text(KEPT).wait_for()


def _writes(visitor: Visitor, text: str = LESSON, path: str = "/lessons/new") -> None:
    visitor.go(path)
    visitor.page.locator("#title").fill(TITLE)
    visitor.page.locator("#lesson").click()
    visitor.page.keyboard.press("Control+End")
    visitor.page.keyboard.type(text)


def _end_sessions(place: Place, person: Person) -> None:
    with place.database() as database, database.writing() as session:
        assert end_sessions(session, person)


def test_a_lesson_is_posted_with_few_acts_beside_typing(served: Server, arrive: Arrive) -> None:
    visitor = arrive(served, served.place.cast.ada)
    visitor.go("/")
    hands = Hands(visitor)
    hands.press("n")
    visitor.arrives("/lessons/new")
    visitor.page.wait_for_function("document.activeElement.name == 'title'")
    hands.type(TITLE)
    hands.press("Enter")  # to the kinds
    hands.press("2")
    hands.press("Tab")
    hands.type(LESSON)
    hands.press("Control+Enter")
    visitor.sees("Posted. It can be found now.")
    visitor.sees("Failure")
    visitor.sees("That was your first")
    assert len((TITLE + LESSON).split()) >= 50
    assert len(hands.acts) <= 8, hands.acts
    assert visitor.page.evaluate("sessionStorage.length") == 0
    visitor.go("/my/lessons")
    assert "Drafts" not in visitor.text


def test_what_is_typed_survives_reloading_at_once_and_another_device(
    served: Server, arrive: Arrive
) -> None:
    ben = served.place.cast.ben
    visitor = arrive(served, ben)
    _writes(visitor)
    visitor.page.reload()  # before anything can have been kept on the server
    assert _value(visitor, "lesson") == LESSON
    assert _value(visitor, "title") == TITLE
    _sees_kept(visitor)
    elsewhere = arrive(served, ben)
    elsewhere.go("/my/lessons")
    elsewhere.press(TITLE)
    assert _value(elsewhere, "lesson") == LESSON
    elsewhere.page.locator("#lesson").press("Control+End")
    elsewhere.page.keyboard.type(" Newer.")
    _sees_kept(elsewhere)
    visitor.page.locator("#lesson").press("Control+End")
    visitor.page.keyboard.type(" Older.")
    visitor.sees("Changed on another device or in another window.")
    with visitor.page.context.expect_page() as opened:
        visitor.press("Show the other one")
    other = opened.value
    assert other.locator("#lesson").input_value() == f"{LESSON} Newer."
    other.close()
    visitor.press("Keep mine")
    _sees_kept(visitor)
    elsewhere.page.reload()
    assert _value(elsewhere, "lesson") == f"{LESSON} Older."


def test_what_is_typed_survives_the_end_of_a_session(served: Server, arrive: Arrive) -> None:
    place, otto = served.place, served.place.cast.otto
    place.command("user", "password", otto.email, "--password", PASSWORD)
    visitor = arrive(served, otto)
    visitor.go("/lessons/new?as=review")
    _end_sessions(place, otto)
    visitor.page.locator("#happened").fill(LESSON)
    visitor.sees("Signed out. What you wrote is safe in this tab")
    visitor.page.locator("#happened").press("Control+End")
    visitor.page.keyboard.type(" And more.")
    visitor.press("sign in, and go on")
    visitor.fill(email=otto.email, password=PASSWORD)
    visitor.press("Sign in")
    assert _value(visitor, "happened") == f"{LESSON} And more."
    _sees_kept(visitor)
    # Signing out oneself: the server has it all, the tab nothing.
    visitor.page.locator("#happened").press("Control+End")
    visitor.page.keyboard.type(" The end.")
    visitor.page.locator("summary.menu__handle").click()
    visitor.page.get_by_role("button", name="Sign out").click()
    visitor.sees("You are signed out.")
    assert visitor.page.evaluate("sessionStorage.length") == 0
    visitor.fill(email=otto.email, password=PASSWORD)
    visitor.press("Sign in")
    visitor.go("/my/lessons")
    visitor.page.locator(".unfinished a").click()
    assert _value(visitor, "happened") == f"{LESSON} And more. The end."


def test_what_is_typed_survives_a_killed_server(place: Place, arrive: Arrive) -> None:
    dialogs: list[Dialog] = []
    with serving(place, forked=True) as server:
        visitor = arrive(server, place.cast.ada)
        visitor.page.remove_listener("dialog", visitor._dialog)
        visitor.page.on("dialog", lambda dialog: (dialogs.append(dialog), dialog.accept()))
        _writes(visitor)
        visitor.page.locator("[name=kind][value=failure]").check(force=True)
        server.kill()
        visitor.page.locator("#lesson").press("Control+End")
        visitor.page.keyboard.type(" Typed into the void.")
        visitor.sees("Not kept: no connection.")
        visitor.press("Post the lesson")
        visitor.sees("Not posted: no connection.")
        server.start()
        visitor.page.reload()
        assert [dialog.type for dialog in dialogs] == ["beforeunload"]
        assert _value(visitor, "lesson") == f"{LESSON} Typed into the void."
        assert visitor.page.locator("[name=kind]:checked").input_value() == "failure"
        _sees_kept(visitor)
        visitor.press("Post the lesson")
        visitor.sees("Typed into the void.")
        # What the browser said of the server that was away is not a fault of the page.
        visitor.troubles.clear()


def test_a_protected_authors_words_stay_in_the_tab(served: Server, arrive: Arrive) -> None:
    visitor = arrive(served, served.place.cast.nora)
    visitor.page.remove_listener("dialog", visitor._dialog)
    visitor.page.on("dialog", lambda dialog: dialog.accept())
    _writes(visitor, "An unmistakable okapi.")
    _sees_kept(visitor)
    visitor.page.locator("[name=author_mode][value=protected]").check()
    visitor.sees("Kept in this tab only, because nothing may lead to you.")
    with served.place.database() as database, database.reading() as session:
        hers = Draft.person_id == served.place.cast.nora.id
        assert session.exec(select(Draft).where(hers)).all() == []
    visitor.page.locator("#lesson").press("Control+End")
    visitor.page.keyboard.type(" It sang.")
    visitor.page.reload()
    assert _value(visitor, "lesson") == "An unmistakable okapi. It sang."
    visitor.sees("Kept in this tab only, because nothing may lead to you.")
    visitor.page.get_by_role("button", name="Experiment", exact=True).click()
    visitor.page.locator("#expected").wait_for()
    assert _value(visitor, "lesson") == "An unmistakable okapi. It sang."
    visitor.press("Post the lesson")
    visitor.sees("Only this code shows that it is yours")
    assert visitor.page.evaluate("sessionStorage.length") == 0
    elsewhere = arrive(served, served.place.cast.nora)
    elsewhere.go("/my/lessons")
    assert "Ten test calls" not in elsewhere.text


def test_errors_come_back_focused_with_everything_typed(served: Server, arrive: Arrive) -> None:
    visitor = arrive(served, served.place.cast.mara)
    visitor.go("/lessons/new?as=experiment")
    visitor.page.locator("#expected").fill("Half.")
    visitor.page.locator("#lesson").press("Control+Enter")
    visitor.sees("2 things need another look")
    assert visitor.page.evaluate("document.activeElement.id") == "problems"
    visitor.page.get_by_role("link", name="Title: Please fill this in.").click()
    assert visitor.page.evaluate("document.activeElement.id") == "title"
    assert _value(visitor, "expected") == "Half."
    visitor.fill(title=TITLE, lesson=LESSON, topics="telephones, ")
    visitor.page.locator("#topics").press("Control+Enter")
    visitor.sees("Posted. It can be found now.")
    visitor.sees("telephones")


def test_topics_are_completed_while_one_types(served: Server, arrive: Arrive) -> None:
    place = served.place
    posted(place, place.cast.otto, "Screws", topics=["telephone lines", "inverters"])
    visitor = arrive(served, place.cast.mara)
    visitor.go("/lessons/new")
    field = visitor.page.locator("#topics")
    field.click()
    visitor.page.keyboard.type("handover, tele")
    visitor.page.get_by_role("option", name="telephone lines").wait_for()
    visitor.page.keyboard.press("ArrowDown")
    visitor.page.keyboard.press("Enter")
    assert field.input_value() == "handover, telephone lines, "


def test_a_change_is_gone_on_with_or_begun_again(served: Server, arrive: Arrive) -> None:
    place, root = served.place, served.place.cast.root
    url = posted(place, root, "Loose screws", lesson="They rattled.").lesson.url
    visitor = arrive(served, root)
    visitor.go(f"{url}/edit")
    visitor.page.locator("#lesson").press("Control+End")
    visitor.page.keyboard.type(" All night.")
    _sees_kept(visitor)
    elsewhere = arrive(served, root)
    elsewhere.go(f"{url}/edit")
    elsewhere.sees("You were changing this")
    assert _value(elsewhere, "lesson") == "They rattled. All night."
    elsewhere.page.remove_listener("dialog", elsewhere._dialog)
    elsewhere.page.once("dialog", lambda dialog: dialog.accept())
    elsewhere.press("start again")
    elsewhere.sees("What you had changed is put away.")
    assert _value(elsewhere, "lesson") == "They rattled."
    visitor.page.locator("#lesson").press("Control+Enter")
    visitor.sees("They rattled. All night.")
    visitor.arrives(url)


def test_drafts_are_kept_and_found_again_without_javascript(served: Server, arrive: Arrive) -> None:
    visitor = arrive(served, served.place.cast.kit, java_script_enabled=False)
    visitor.go("/lessons/new")
    visitor.fill(title=TITLE, lesson=LESSON)
    visitor.press("Post-mortem")
    visitor.fill(happened="Sixty callers hung up.")
    assert _value(visitor, "lesson") == LESSON
    visitor.press("Keep as a draft")
    visitor.sees("Kept as a draft. Only you can see it.")
    visitor.press("Discard")
    visitor.sees("The draft is gone.")
    visitor.press("Bring it back")
    visitor.press(TITLE)
    visitor.press("Post the lesson")
    visitor.sees("Posted. It can be found now.")
    visitor.sees("Sixty callers hung up.")
    assert until(1, lambda: visitor.go("/my/lessons").ok)
    assert "Drafts" not in visitor.text
