"""Looks at a page as a strict reader would: what axe finds, what lies beyond the edge."""

from functools import cache
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Page

from tests.journeys.visitor import Visitor

PHONE, DESK = {"width": 320, "height": 800}, {"width": 1280, "height": 900}
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_EVERYTHING = {"type": "tag", "values": LEVELS}
_CONTRAST = {"type": "rule", "values": ["color-contrast"]}
# All rules once at each width and in each scheme; beside that, a scheme can change contrast alone.
_ROUND = (
    (PHONE, "light", _EVERYTHING),
    (PHONE, "dark", _CONTRAST),
    (DESK, "dark", _EVERYTHING),
    (DESK, "light", _CONTRAST),
)
_LOOK = """async (only) => {
  const found = await axe.run(document, { resultTypes: ["violations"], runOnly: only });
  const beyond = document.documentElement.scrollWidth - innerWidth;
  return [
    ...found.violations.flatMap((fault) =>
      fault.nodes.map((node) => `${fault.id}: ${node.target} ${node.failureSummary}`)),
    ...(beyond > 0 ? [`${beyond} px beyond the edge`] : []),
  ];
}"""


@cache
def _axe() -> str:
    return f"{Path(AXE_FILE_PATH).read_text()};0"


def faults(page: Page, only: dict[str, Any] | None = None) -> list[str]:
    """What is wrong with the page as it stands now."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(_axe())
    found: list[str] = page.evaluate(_LOOK, only or _EVERYTHING)
    return found


def look_at(visitor: Visitor, path: str = "", *, status: int = 200) -> list[str]:
    """What is wrong with a page at both widths and in both schemes. Without `path` it is the page
    where the visitor is, which loses what was typed into it at no time."""
    page, found = visitor.page, []
    for size, scheme, only in _ROUND:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        if path and (size, scheme) == (PHONE, "light"):
            answered = visitor.go(path).status
            found += [] if answered == status else [f"{path} answers {answered}"]
        where = f"{visitor.path} at {size['width']} {scheme}"
        found += [f"{where}: {fault}" for fault in faults(page, only)]
    return found
