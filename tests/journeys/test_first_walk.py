"""From an empty memory to a lesson that another person finds, changes hands and comes back."""

import pytest

from tests.journeys.conftest import Arrive
from tests.journeys.visitor import Visitor, lesson_fields
from tests.serving import Place, Server, serving

PASSWORD = "orchard kettle violin 7"


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no javascript"])
def test_found_invite_post_find_edit_look_back_retire_restore(
    new_place: Place, arrive: Arrive, javascript: bool
) -> None:
    with serving(new_place, forked=True) as server:
        root = arrive(server, java_script_enabled=javascript)
        _found(root)
        writer = arrive(server, java_script_enabled=javascript)
        _join(writer, _invite(root, "wren@example.org"))
        url = _post(writer)
        root.finds("screw coming loose when it vibrates", "Loose screws let the inverter flicker")
        root.press("Loose screws let the inverter flicker")
        root.sees("Wren Fielder")
        _edit(writer, url)
        root.go(f"{url}/history")
        root.sees("Revision 2")
        assert root.page.locator("ins").all_inner_texts() == ["day"]
        assert root.page.locator("del").all_inner_texts() == ["week"]
        _retire_and_restore(writer, root, url)


def _found(root: Visitor) -> None:
    root.go("/")
    root.arrives("/welcome")
    root.fill(
        organisation="Northwind", name="Root Example", email="root@example.org", password=PASSWORD
    )
    root.press("Begin")
    root.sees("The book is empty")


def _invite(root: Visitor, email: str) -> str:
    root.go("/invitations")
    root.fill(email=email, name="Wren Fielder")
    root.press("Invite")
    return root.page.locator("#link").inner_text()


def _join(writer: Visitor, link: str) -> None:
    writer.go(link)
    writer.fill(password=PASSWORD)
    writer.press("Come in")
    writer.sees("Welcome to Commonplace, Wren Fielder.")


def _post(writer: Visitor) -> str:
    writer.go("/")
    writer.press("Write a lesson")
    writer.fill(**lesson_fields(), visibility="organisation", topics="fasteners, inverter")
    writer.press("Post the lesson")
    writer.sees("Posted. It can be found now.")
    return writer.path


def _edit(writer: Visitor, url: str) -> None:
    writer.go(url)
    writer.press("Edit")
    writer.fill(lesson="Screws without thread lock came loose within a day of vibration.")
    writer.press("Save the changes")
    writer.sees("within a day")
    writer.arrives(url)


def _retire_and_restore(writer: Visitor, root: Visitor, url: str) -> None:
    writer.page.locator("summary.lesson__more").click()
    writer.press("Retire")
    writer.fill(reason="obsolete", note="The line is gone.")
    writer.press("Retire the lesson")
    writer.sees("The line is gone.")
    root.finds_nothing("thread lock vibration")
    writer.press("Restore")
    writer.sees("Restored. It can be found again.")
    root.finds("thread lock vibration", "Loose screws let the inverter flicker")


def test_signing_in_and_out(served: Server, arrive: Arrive) -> None:
    ada = served.place.cast.ada
    done = served.place.command("user", "password", ada.email, "--password", PASSWORD)
    assert done.returncode == 0, done.stderr
    visitor = arrive(served)
    visitor.go("/my/lessons")
    visitor.fill(email=ada.email, password="something else entirely")
    visitor.press("Sign in")
    visitor.sees("do not belong together")
    visitor.fill(password=PASSWORD)
    visitor.press("Sign in")
    visitor.arrives("/my/lessons")
    visitor.page.locator("summary.menu__handle").click()
    visitor.page.get_by_role("button", name="Sign out").click()
    visitor.sees("You are signed out.")
    visitor.go("/my/lessons")
    visitor.arrives("/sign-in?next=/my/lessons")
