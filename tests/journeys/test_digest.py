"""The manager's month: a mail, a page on the phone, a word of thanks, and an end to it."""

from collections.abc import Iterator
from datetime import timedelta

import httpx2
import pytest
from playwright.sync_api import Browser

from app.digests.due import due_at
from app.digests.models import About, Cadence
from app.digests.period import month_of
from app.digests.sending.subscribing import subscribe
from app.lessons.capture import post
from app.lessons.models import Lesson
from app.lessons.schemas import LessonInput
from app.searches.wanted import ask_for
from app.uses.report import report
from app.uses.schemas import UseInput
from tests.journeys.post_office import PostOffice, links_of, post_office, ways_to_end
from tests.journeys.turning import TurnedServer, turned_server
from tests.journeys.visitor import Visitor
from tests.serving import NO_CERTIFICATES, Place, until

_SOON_SECONDS = 20
_PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
_ON_PAGE, _BY_MAIL = "Pump seals swell in glycol", "Pump shafts bend when lifted by the coupling"
_WANTED = "pump noise beside a swimming pool"


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as office:
        yield office


@pytest.fixture
def turned(place: Place, office: PostOffice) -> Iterator[TurnedServer]:
    with turned_server(place, smtp_url=office.url) as server:
        yield server


def _a_month_passes(place: Place, turned: TurnedServer) -> None:
    """What the month is told of: two lessons of Pumps that Sales used, and one that is wanted."""
    cast, now = place.cast, turned.clock()
    with turned.app.state.database.writing() as session:
        for title, by in ((_ON_PAGE, cast.ada), (_BY_MAIL, cast.ben)):
            content = LessonInput(
                kind="failure",
                title=title,
                lesson="It stood still for a day.",
                recommendation="Order the other rubber.",
                team="Pumps",
                topics=["Noise"],
            )
            lesson: Lesson = post(session, content, by=by, now=now).lesson
            use = UseInput(manner="applied", result="better", team="Sales", work="The trade fair")
            report(session, lesson, use, by=cast.otto, now=now)
        for person in (cast.otto, cast.kit):
            ask_for(session, _WANTED, by=person, now=now)
        subscribe(session, About.ORGANISATION, "", Cadence.MONTHLY, by=cast.nora, now=now)
    _next_morning(turned)


def _next_morning(turned: TurnedServer) -> None:
    """The first working day of the next month, just after eight."""
    period = month_of(turned.clock().date())
    turned.until(due_at(period, "UTC") + timedelta(minutes=5))


def _thank_on_the_page(mara: Visitor) -> None:
    line = mara.main.locator("#thanks li.digest-line", has_text=_ON_PAGE)
    line.get_by_role("button", name="Thank").click()
    line.locator(".offer__done").wait_for()


def _ask_for_what_is_wanted(mara: Visitor) -> None:
    line = mara.main.locator("#wanted li.digest-line", has_text=_WANTED)
    line.locator("summary").click()
    line.locator("select").select_option(label="Ada Example")
    line.get_by_role("button", name="Ask them").click()
    line.locator(".offer__done").wait_for()


def test_a_manager_reads_on_the_phone_thanks_asks_and_ends_it_with_one_click(
    place: Place, turned: TurnedServer, office: PostOffice, chromium: Browser
) -> None:
    cast = place.cast
    _a_month_passes(place, turned)
    assert until(_SOON_SECONDS, lambda: office.digests_for(cast.mara.email))
    (mail,) = office.digests_for(cast.mara.email)
    links = links_of(mail)

    # On the phone, from the mail: the page, a word of thanks, a question to who may know.
    mara = turned.arrive(chromium, cast.mara, **_PHONE)
    page = next(url for urls in links.values() for url in urls if "/digests/20" in url)
    mara.go(page.removeprefix(turned.url))
    mara.sees("Engineering and the teams below")
    assert mara.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    _thank_on_the_page(mara)
    _ask_for_what_is_wanted(mara)

    # By the mail, on a device that nobody is signed in on: it opens, and one press does it.
    thanks = next(urls for words, urls in links.items() if words.startswith("Thank"))
    anywhere = Visitor(chromium.new_context(base_url=turned.url, **_PHONE).new_page(), turned.url)
    thanked = []
    for link in thanks:
        anywhere.go(link.removeprefix(turned.url))
        if _BY_MAIL in anywhere.text:
            anywhere.main.get_by_role("button", name="Thank").click()
            anywhere.sees("Done")
            thanked.append(link)
    assert len(thanked) == 1
    ben, ada = turned.arrive(chromium, cast.ben), turned.arrive(chromium, cast.ada)
    for author, words in ((ben, _BY_MAIL), (ada, _ON_PAGE), (ada, _WANTED)):
        assert until(_SOON_SECONDS, lambda author=author, words=words: _told(author, words)), words

    # The button of the mail program; a month later it comes for another, and not for her.
    (end,) = ways_to_end(mail)
    said = {"List-Unsubscribe": "One-Click"}
    assert httpx2.post(end, data=said, verify=NO_CERTIFICATES).status_code == httpx2.codes.OK
    assert len(office.digests_for(cast.nora.email)) == 1
    _next_morning(turned)
    assert until(_SOON_SECONDS, lambda: len(office.digests_for(cast.nora.email)) == 2)
    assert len(office.digests_for(cast.mara.email)) == 1
    visitors = (mara, anywhere, ben, ada)
    for visitor in visitors:
        visitor.page.context.close()
    assert [trouble for visitor in visitors for trouble in visitor.troubles] == []


def _told(author: Visitor, words: str) -> bool:
    author.go("/inbox")
    return author.main.locator("li", has_text=words).count() > 0
