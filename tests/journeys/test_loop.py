"""The loop: lessons meet the work before it starts, and are told afterwards whether they helped."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from app.lessons.capture import post
from app.lessons.models import Lesson
from app.lessons.schemas import LessonInput
from app.people.models import Person
from tests.journeys.turning import TurnedServer, turned_server
from tests.journeys.visitor import Visitor
from tests.serving import Place, until

_SOON_SECONDS = 20  # one is promised; a machine that runs other tests may be slower
_QUERY = "pump seals in glycol"
_OLD, _NEW = "Pump seals swell in glycol", "Pump seals and glycol do not go together"
_DAYS = 3


@pytest.fixture
def turned(place: Place) -> Iterator[TurnedServer]:
    with turned_server(place) as server:
        yield server


def _written(turned: TurnedServer, by: Person, title: str, lesson: str) -> Lesson:
    content = LessonInput(
        kind="failure", title=title, lesson=lesson, recommendation="Order the other rubber."
    )
    with turned.app.state.database.writing() as session:
        return post(session, content, by=by, now=turned.clock()).lesson


def _until_told(visitor: Visitor, words: str) -> Locator:
    """The line of the inbox that says this, as soon as the worker has told of it."""
    line = visitor.main.locator("li", has_text=words)

    def is_told() -> bool:
        visitor.go("/inbox")
        return line.count() > 0

    assert until(_SOON_SECONDS, is_told), visitor.text
    return line.first


def _lesson(visitor: Visitor, lesson: Lesson) -> Locator:
    return visitor.page.locator(f"#lesson-{lesson.id}")


def test_from_a_brief_through_its_work_to_a_better_rank_and_a_new_lesson(
    place: Place, turned: TurnedServer, chromium: Browser
) -> None:
    cast = place.cast
    lessons = {
        _NEW: _written(turned, cast.kit, _NEW, "The rubber of pump seals takes up glycol."),
        _OLD: _written(turned, cast.ada, _OLD, "The rubber of the pump seals took up the glycol."),
    }
    otto = turned.arrive(chromium, cast.otto)
    assert until(_SOON_SECONDS, lambda: len(otto.titles_for(_QUERY)) == 2)
    first, second = otto.titles_for(_QUERY)
    helped = lessons[second]
    author = turned.arrive(chromium, cast.ada if second == _OLD else cast.kit)

    brief = _brief(otto, turned)
    _decide(otto, helped)
    _print(otto, brief)

    turned.days_pass(_DAYS + 2)
    _until_told(otto, "It has ended. What came of it?").get_by_role("button").click()
    otto.arrives(f"{brief}/follow-up")
    _say_it_helped(otto, helped)
    _until_told(author, "Sales applied it: better. Leaks: 12 → 3 a month")
    assert until(_SOON_SECONDS, lambda: otto.titles_for(_QUERY) == [second, first])

    otto.go(f"{brief}/follow-up")
    otto.press("Write it down")
    assert "Change the pump seals" in otto.main.locator("#context").input_value()
    otto.fill(kind="success", title="Dry the housing", lesson="Then the new seals hold.")
    otto.press("Post the lesson")
    otto.sees("Posted. It can be found now.")
    for visitor in (otto, author):
        visitor.page.context.close()
    assert otto.troubles == author.troubles == []


def test_what_happens_a_third_time_flags_its_wording(
    place: Place, turned: TurnedServer, chromium: Browser
) -> None:
    cast = place.cast
    lesson = _written(turned, cast.ada, _OLD, "The rubber of the pump seals took up the glycol.")
    otto, kit = turned.arrive(chromium, cast.otto), turned.arrive(chromium, cast.kit)
    otto.go(lesson.url)
    for cost in ("one shift", "a lost Friday", "40 litres"):
        assert otto.main.locator(".lesson__mend").count() == 0
        otto.main.locator("#came summary", has_text="It happened again").click()
        form = otto.main.locator("form", has=otto.page.locator("#again-cost"))
        form.get_by_label("Found, not used").check(force=True)
        form.locator("#again-cost").fill(cost)
        form.get_by_role("button", name="Report it").click()
        otto.main.locator("#came").get_by_text(cost).wait_for()
    expect(otto.main.locator(".lesson__mend")).to_contain_text("waits to be mended")
    _until_told(kit, "Its wording wants mending").get_by_role("button").click()
    expect(kit.main.locator(".lesson__mend")).to_contain_text("waits to be mended")
    kit.page.context.close()
    otto.page.context.close()
    assert otto.troubles == kit.troubles == []


def _brief(otto: Visitor, turned: TurnedServer) -> str:
    """Say what is about to be done; the address of the brief."""
    otto.go("/briefs/new")
    ends_on = turned.clock().date().toordinal() + _DAYS
    otto.page.locator("#work").fill("Change the pump seals, then fill up with glycol again.")
    otto.fill(ends_on=str(turned.clock().date().fromordinal(ends_on)))
    otto.page.locator("#team").select_option(label="Sales")
    otto.press("Get the brief")
    otto.sees("2 lessons, none decided")
    return otto.path


def _decide(otto: Visitor, lesson: Lesson) -> None:
    _lesson(otto, lesson).get_by_role("button", name="Will apply").click()
    _lesson(otto, lesson).get_by_text("We will apply it").wait_for()
    rest = otto.page.locator(f"li.bearing:not(#lesson-{lesson.id})")
    rest.get_by_text("Does not apply", exact=True).click()
    rest.get_by_label("It does not apply because").fill("We have another rubber.")
    rest.get_by_role("button", name="Keep the reason").click()
    otto.sees("2 lessons, all decided")


def _print(otto: Visitor, brief: str) -> None:
    otto.go(f"{brief}/checklist")
    otto.page.emulate_media(media="print")
    assert not otto.page.locator(".masthead__nav").is_visible()
    otto.sees("We have another rubber.")
    assert otto.page.pdf()[:4] == b"%PDF"
    otto.page.emulate_media(media="screen")


def _say_it_helped(otto: Visitor, lesson: Lesson) -> None:
    here = _lesson(otto, lesson)
    here.locator("summary", has_text="Applied it").click()
    form = here.locator("form").first
    form.get_by_label("Better").check(force=True)
    form.get_by_text("We measured it").click()
    for label, typed in (("What was measured?", "Leaks"), ("Unit", "a month")):
        form.get_by_label(label).fill(typed)
    form.get_by_label("Before").fill("12")
    form.get_by_label("After").fill("3")
    form.get_by_role("button", name="Save").click()
    here.get_by_text("Applied it: better").wait_for()
    otto.sees("2 lessons, 1 answered")
