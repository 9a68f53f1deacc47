"""Somebody at a browser: walks through pages, and notes whatever the browser complains of."""

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import ConsoleMessage, Dialog, Locator, Page, Request, Response

from tests.serving import until

_FOUND_WITHIN_SECONDS = 20  # one is promised; a machine that runs other tests may be slower


@dataclass
class Visitor:
    """A page and what went wrong on it: console errors, script failures, dialogs, other hosts."""

    page: Page
    home: str
    troubles: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(20_000)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.troubles.append(f"script: {error}"))
        self.page.on("dialog", self._dialog)
        self.page.on("request", self._request)

    def go(self, path: str) -> Response:
        response = self.page.goto(path)
        assert response is not None
        return response

    def fill(self, **fields: str) -> None:
        """Type into fields by name; a radio or a select is chosen by its value. What is folded is
        unfolded first."""
        for name, value in fields.items():
            control = self.main.locator(f'[name="{name}"]')
            folded = self.main.locator(f'details:not([open]):has([name="{name}"])')
            if folded.count():
                folded.locator("summary").click()
            kind = control.first.get_attribute("type")
            if kind == "radio":
                self.main.locator(f'[name="{name}"][value="{value}"]').check(force=True)
            elif control.first.evaluate("e => e.tagName") == "SELECT":
                control.select_option(value)
            else:
                control.fill(value)

    def press(self, label: str) -> None:
        """Press the button or follow the link called so, and wait for what it leads to."""
        pressed = self.main.get_by_role("button", name=label, exact=True).or_(
            self.main.get_by_role("link", name=label, exact=True)
        )
        pressed.first.click()
        self.page.wait_for_load_state("load")

    def sees(self, words: str) -> None:
        self.main.get_by_text(words).first.wait_for(state="visible")

    def sees_beside(self, words: str) -> None:
        """In the margin."""
        self.page.locator("aside").get_by_text(words).first.wait_for(state="visible")

    def arrives(self, path: str) -> None:
        self.page.wait_for_url(self.home + path)

    def titles_for(self, query: str) -> list[str]:
        """The titles found on the search page."""
        self.go(f"/search?q={query.replace(' ', '+')}")
        return [text.strip() for text in self.page.locator(".entry__title").all_inner_texts()]

    def finds(self, query: str, title: str) -> None:
        assert until(_FOUND_WITHIN_SECONDS, lambda: title in self.titles_for(query)), query

    def finds_nothing(self, query: str) -> None:
        assert until(_FOUND_WITHIN_SECONDS, lambda: self.titles_for(query) == []), query

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    @property
    def text(self) -> str:
        return self.main.inner_text()

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.home)

    def _console(self, message: ConsoleMessage) -> None:
        # That a page says 404 or 422 is what some journeys are about; a missing part of it is not.
        about_itself = message.location.get("url") == self.page.url
        failed_page = message.text.startswith("Failed to load resource") and about_itself
        if message.type == "error" and not failed_page:
            self.troubles.append(f"console: {message.text}")

    def _dialog(self, dialog: Dialog) -> None:
        self.troubles.append(f"dialog: {dialog.type} {dialog.message}")
        dialog.dismiss()

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.home, "data:", "blob:")):
            self.troubles.append(f"another host: {request.url}")


def lesson_fields(**changed: Any) -> dict[str, str]:
    """What a person types into the three fields that are needed."""
    return {
        "kind": "failure",
        "title": "Loose screws let the inverter flicker",
        "lesson": "Screws without thread lock came loose within a week of vibration.",
    } | changed
