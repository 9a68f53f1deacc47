"""What one does day by day without JavaScript: plain forms and links do it all."""

from pathlib import Path

import pytest
from PIL import Image

from tests.journeys.conftest import Arrive
from tests.journeys.things import posted, topic_id
from tests.journeys.visitor import Visitor
from tests.serving import Server, until

_WORDS = "We should be more careful with screws: somebody forgot the thread lock again."


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "terminal.png"
    Image.new("RGB", (40, 30), "#12695a").save(path)
    return path


def test_writing_with_a_template_a_file_the_coach_and_a_draft(
    served: Server, arrive: Arrive, picture: Path
) -> None:
    cast = served.place.cast
    posted(served.place, cast.ben, "Loose screws let the inverter flicker", lesson=_WORDS)
    writer = arrive(served, cast.ada, java_script_enabled=False)
    writer.finds("flicker", "Loose screws let the inverter flicker")
    writer.go("/lessons/new")
    writer.fill(title="Loose screws let the second inverter flicker")
    writer.press("After-action review")
    writer.page.locator("#expected").fill("It would hold, as on the test bench.")
    writer.fill(kind="failure", lesson=_WORDS, topics="screws", visibility="organisation")
    writer.press("Check what I wrote")
    writer.sees_beside("These are only hints.")
    writer.sees_beside("Loose screws let the inverter flicker")
    writer.page.get_by_label("It happened to me too").first.check()
    writer.page.locator("#file").set_input_files(picture)
    writer.press("Attach")
    writer.sees("terminal.png")
    writer.press("Keep as a draft")
    writer.sees("Kept as a draft.")
    writer.press("Loose screws let the second inverter flicker")
    assert writer.page.locator("#lesson").input_value() == _WORDS
    writer.press("Post the lesson")
    writer.sees("Posted. It can be found now.")
    writer.sees("terminal.png")
    writer.sees("Loose screws let the inverter flicker")  # what happened again


def test_asking_answering_and_thanking(served: Server, arrive: Arrive) -> None:
    cast = served.place.cast
    lesson = posted(served.place, cast.ada, "Loose screws").lesson
    reader = arrive(served, cast.otto, java_script_enabled=False)
    author = arrive(served, cast.ada, java_script_enabled=False)
    reader.go(lesson.url)
    reader.press("Thank you for this")
    reader.sees("Take my thanks back")
    reader.page.locator("#ask-text").fill("Which thread lock?")
    reader.page.locator("form:has(#ask-text) [type=submit]").click()
    reader.sees("Which thread lock?")
    _told(author, "Loose screws")
    author.page.locator(".question summary").first.click()
    author.page.locator(".question textarea").first.fill("The blue one.")
    author.press("Give the answer")
    author.sees("The blue one.")
    _told(reader, "Loose screws")
    reader.sees("The blue one.")


def _told(visitor: Visitor, title: str) -> None:
    """Opens what waits in the inbox."""
    assert until(20, lambda: visitor.go("/inbox") and title in visitor.text), visitor.text
    visitor.press(title)
    visitor.page.wait_for_url("**/lessons/*")


def test_following_saving_wishing_and_preferences(served: Server, arrive: Arrive) -> None:
    cast = served.place.cast
    posted(served.place, cast.ada, "Loose screws", topics=["fasteners"])
    visitor = arrive(served, cast.otto, java_script_enabled=False)
    for path, name in (
        (f"/topics/{topic_id(served.place, 'fasteners')}", "fasteners"),
        (f"/people/{cast.ada.id}", cast.ada.name),
        (f"/teams/{cast.pumps.id}", cast.pumps.name),
    ):
        visitor.go(path)
        visitor.page.get_by_role("button", name=f"Follow {name}").click()
        visitor.sees("You follow this.")
    visitor.go("/my/following")
    for name in ("fasteners", cast.ada.name, cast.pumps.name):
        visitor.sees(name)
    visitor.page.get_by_role("button", name="Stop following fasteners").click()
    visitor.sees("You no longer follow fasteners.")
    visitor.go("/search?q=zeppelin")
    visitor.press("Ask for this lesson")
    visitor.sees("zeppelin")
    visitor.go("/search?q=screws")
    visitor.page.get_by_text("Save this search").click()
    visitor.page.get_by_role("button", name="Save", exact=True).click()
    visitor.go("/my/searches")
    visitor.press("screws")
    visitor.arrives("/search?q=screws")
    _prefers(visitor)


def _prefers(visitor: Visitor) -> None:
    visitor.go("/account/notifications")
    thanks = visitor.page.locator("[name=kind][value=thanks]")
    thanks.uncheck()
    visitor.press("Save")
    visitor.sees("Saved.")
    assert not thanks.is_checked()
    assert visitor.page.locator("[name=kind][value=answer]").is_checked()


def test_all_is_marked_as_read_at_once(served: Server, arrive: Arrive) -> None:
    cast = served.place.cast
    lesson = posted(served.place, cast.ada, "Loose screws").lesson
    for reader in (cast.otto, cast.nora):
        visitor = arrive(served, reader, java_script_enabled=False)
        visitor.go(lesson.url)
        visitor.press("Thank you for this")
    author = arrive(served, cast.ada, java_script_enabled=False)
    assert until(20, lambda: author.go("/inbox") and "Unread" in author.text)
    author.press("Mark all as read")
    author.sees("All of it is marked as read.")
    assert "Unread" not in author.text
