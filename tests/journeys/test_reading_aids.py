"""For those who set colours, motion, size or paper themselves: nothing is lost."""

from io import BytesIO

from pypdf import PdfReader

from tests.journeys.conftest import Arrive
from tests.journeys.full_memory import Full
from tests.journeys.visitor import Visitor

_PATHS = ("/", "/search?q=pump&kind=failure", "{lesson}", "/lessons/new", "/inbox")
_STEPS = 25
# The focused element's outline, and whether a point of it can be seen.
_FOCUS = """() => {
  const one = document.activeElement;
  const style = getComputedStyle(one);
  const box = one.getBoundingClientRect();
  const x = Math.min(Math.max(box.left + Math.min(box.width / 2, 8), 1), innerWidth - 1);
  const y = Math.min(Math.max(box.top + Math.min(box.height / 2, 8), 1), innerHeight - 1);
  const on = document.elementFromPoint(x, y);
  return {
    name: one.outerHTML.slice(0, 90),
    // In forced colours no shadow is painted, and none is computed.
    outlined: (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2)
      || style.boxShadow !== "none",
    seen: !on || one.contains(on) || on.contains(one) || !!on.closest("label")?.contains(one),
    isPage: one === document.body || one.id === "main",
  };
}"""
# What differs between the place one is at and another, besides colour.
_MARKED = """() => [...document.querySelectorAll("[aria-current]")].filter((one) => {
  const around = one.closest("nav, ul, div");
  const other = around?.querySelector(":is(a, button):not([aria-current])");
  if (!other) return false;
  const looks = (e) => {
    const own = getComputedStyle(e), before = getComputedStyle(e, "::before");
    return [own.fontWeight, own.fontStyle, own.textDecorationLine, own.borderBottomStyle,
      own.borderBottomWidth, own.borderLeftWidth, own.outlineStyle, before.content].join();
  };
  return looks(one) === looks(other);
}).map((one) => one.outerHTML.slice(0, 120))"""
_SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { letter-spacing: 0.12em !important; word-spacing: 0.16em !important;"
    + " line-height: 1.5 !important; } p { margin-block-end: 2em !important; }");
  document.adoptedStyleSheets = [sheet];
}"""
_BEYOND = "() => document.documentElement.scrollWidth - innerWidth"
_MOVES = """() => [...document.querySelectorAll("*")].filter((one) => {
  const style = getComputedStyle(one);
  const lasts = `${style.transitionDuration}, ${style.animationDuration}`.split(",");
  return Math.max(...lasts.map(parseFloat)) > 0.01 || style.scrollBehavior === "smooth";
}).map((one) => one.outerHTML.slice(0, 90))"""


def _walked(visitor: Visitor, path: str) -> list[str]:
    """What Tab comes to that shows no focus, or hides behind something."""
    visitor.go(path)
    found = []
    for _ in range(_STEPS):
        visitor.page.keyboard.press("Tab")
        focus = visitor.page.evaluate(_FOCUS)
        if not focus["isPage"] and not (focus["outlined"] and focus["seen"]):
            found.append(f"{path}: {focus}")
    return found


def test_in_forced_colours_focus_and_place_are_seen(full: Full, arrive: Arrive) -> None:
    visitor = arrive(full.server, full.me, forced_colors="active")
    found = []
    for path in full.paths(_PATHS):
        found += _walked(visitor, path)
        found += [f"{path}: {one}" for one in visitor.page.evaluate(_MARKED)]
    assert found == []
    visitor.go(full.paths(("{lesson}/history",))[0])
    changed = visitor.page.locator("ins, del")
    lines = changed.evaluate_all("all => all.map(e => getComputedStyle(e).textDecorationLine)")
    assert lines
    assert "none" not in lines
    visitor.go("/search?q=pump")
    for kind in visitor.page.locator(".entry .kind").all():
        assert kind.inner_text().strip(), "a kind is said, not only drawn"


def test_with_reduced_motion_nothing_moves(full: Full, arrive: Arrive) -> None:
    visitor = arrive(full.server, full.me, reduced_motion="reduce")
    for path in full.paths(_PATHS):
        visitor.go(path)
        assert visitor.page.evaluate(_MOVES) == [], path


def test_magnified_four_times_all_is_reached_and_nothing_covers_it(
    full: Full, arrive: Arrive
) -> None:
    visitor = arrive(full.server, full.me, viewport={"width": 320, "height": 256})
    assert [one for path in full.paths(_PATHS) for one in _walked(visitor, path)] == []


def test_twice_as_large_and_with_wider_letters_all_stays_on_the_page(
    full: Full, arrive: Arrive
) -> None:
    visitor = arrive(full.server, full.me, viewport={"width": 640, "height": 512})
    for path in full.paths(_PATHS):
        visitor.go(path)
        assert visitor.page.evaluate(_BEYOND) <= 0, path
        visitor.page.evaluate(_SPACED)
        assert visitor.page.evaluate(_BEYOND) <= 0, path


def test_on_paper_a_lesson_is_words_and_where_they_come_from(full: Full, arrive: Arrive) -> None:
    visitor = arrive(full.server, full.me)
    (path,) = full.paths(("{lesson}",))
    visitor.go(path)
    title = visitor.page.locator("h1").inner_text()
    visitor.page.emulate_media(media="print")
    shown = visitor.page.locator("main :is(button, input, textarea, select), nav a").all()
    assert [one.inner_text() for one in shown if one.is_visible()] == []
    paper = PdfReader(BytesIO(visitor.page.pdf(prefer_css_page_size=True)))
    text = " ".join(" ".join(page.extract_text() for page in paper.pages).split())
    assert title[:30] in text
    assert path in text
    assert len(paper.pages) <= 3
