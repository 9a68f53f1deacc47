"""A digest to take along: for a chat, on paper, in the calendar."""

import re
import sys
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from io import BytesIO
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from icalendar import Calendar
from markdown_it import MarkdownIt
from pypdf import PdfReader

from app.digests.due import due_at
from app.digests.papers.forms import NoPaper, as_calendar, as_markdown, as_pdf
from app.digests.papers.pdf import PrintingFailed
from app.digests.papers.printer import NotOpened, faces_alone
from app.digests.period import month_of
from app.kit.templates import make_environment
from app.lessons.labels import kind_label
from tests.digests.tolds import HOSTILE, hostile, quiet, rich
from tests.house_fixture import House

BASE = "https://commonplace.example"
NOW = datetime(2026, 11, 2, 7, tzinfo=UTC)
TEMPLATES = make_environment(lambda: NOW, labels={"kind_label": kind_label})
_WITHOUT_PANGO = (
    "import sys; sys.modules['weasyprint'] = None; from app.digests.papers.printer import main;"
    " sys.exit(main())"
)


class Rendered(HTMLParser):
    """What a reader of Markdown makes of it: tags, addresses, words."""

    def __init__(self, html: str):
        super().__init__()
        self.tags, self.addresses, self.words = set[str](), list[str](), ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.addresses += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.words += data


def test_markdown_for_a_chat_has_all_but_what_can_be_done() -> None:
    told = rich()
    made = Rendered(MarkdownIt().render(as_markdown(told, BASE)))
    assert made.tags == {"h2", "h3", "p", "ul", "li", "strong", "em", "a"}
    for section in told.sections:
        for line in section.lines:
            assert line.title in made.words
            assert line.said in made.words
            assert line.why in made.words
    assert "7 used · 4 better · 1 no different · 1 worse" in made.words
    assert "days, Nov to Oct: – 61 58 – 44 40 47 33.5 – 29 31 24" in made.words
    assert {address.split("/")[2] for address in made.addresses} == {"commonplace.example"}


def test_markdown_keeps_peoples_words_as_words() -> None:
    source = as_markdown(hostile(), BASE)
    made = Rendered(MarkdownIt().render(source))
    assert made.tags <= {"h2", "h3", "p", "ul", "li", "strong", "em", "a"}
    for title in HOSTILE[:3]:
        assert title in made.words
    assert all(address.startswith(f"{BASE}/") for address in made.addresses)
    assert "@channel" not in source  # it would call everybody


def test_the_month_is_printed_on_two_pages_that_can_be_read_aloud() -> None:
    pdf = PdfReader(BytesIO(as_pdf(rich(), TEMPLATES, BASE)))
    assert len(pdf.pages) == 2
    assert pdf.metadata is not None
    assert pdf.metadata.title == "October 2026: Engineering and the teams below"
    root = pdf.trailer["/Root"]
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert {round(float(side)) for side in pdf.pages[0].mediabox[2:]} == {595, 842}
    words = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    for section in rich().sections:
        assert section.title in words
    assert "1 of 2" in words
    fonts = pdf.pages[0]["/Resources"]["/Font"].values()
    assert any("Newsreader" in font.get_object()["/BaseFont"] for font in fonts)


def test_the_printer_opens_our_faces_and_nothing_else() -> None:
    urls = SimpleNamespace(
        URLFetcher=type("URLFetcher", (), {"__init__": lambda self, **facts: None}),
        URLFetcherResponse=lambda url, body, headers: body,
    )
    fetcher = faces_alone(urls)
    assert fetcher.fetch("face:newsreader-latin.woff2").startswith(b"wOF2")
    for url in ("file:///etc/passwd", "https://c.example/a.png", "data:text/css,a{}", "face:../x"):
        with pytest.raises(NotOpened):
            fetcher.fetch(url)


@pytest.mark.parametrize(
    ("program", "refusal", "said"),
    [
        (_WITHOUT_PANGO, NoPaper, "libpango-1.0-0"),
        ("print('%PDF it is not'); raise SystemExit(1)", PrintingFailed, "print it from"),
        ("print('no paper')", PrintingFailed, "print it from"),
    ],
)
def test_where_there_is_no_paper_it_says_what_to_do(
    program: str, refusal: type[NoPaper], said: str
) -> None:
    with pytest.raises(refusal, match=re.escape(said)):
        as_pdf(quiet(), TEMPLATES, BASE, printer=(sys.executable, "-c", program))


def _events(zone: str, day: int, *, weekly: bool = False, now: datetime = NOW) -> list[object]:
    made = as_calendar(zone=zone, day=day, weekly=weekly, reader_id="ada", base_url=BASE, now=now)
    return list(Calendar.from_ical(made).walk("VEVENT"))


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/Los_Angeles", "Asia/Kathmandu", "UTC"])
@pytest.mark.parametrize("day", [1, 3])
def test_the_calendar_shows_when_the_mail_of_each_month_comes(zone: str, day: int) -> None:
    [event] = _events(zone, day)
    starts = event["dtstart"].dt
    assert str(starts.tzinfo) == zone
    rule = rrulestr(event["rrule"].to_ical().decode(), dtstart=starts.replace(tzinfo=None))
    comes = [moment.replace(tzinfo=ZoneInfo(zone)) for moment in rule[:14]]
    period = month_of(NOW.date()).previous
    if due_at(period, zone, day) < NOW.replace(hour=0):
        period = period.next
    for moment in comes:
        assert moment == due_at(period, zone, day)
        period = period.next


def test_in_the_far_east_it_waits_until_the_month_is_over() -> None:
    [event] = _events("Pacific/Auckland", 1)
    starts = event["dtstart"].dt
    assert starts.hour == 13
    period = month_of((starts - timedelta(days=3)).date())
    assert starts >= period.ends_at


def test_a_calendar_takes_the_same_events_again() -> None:
    first = _events("Europe/Berlin", 1, weekly=True)
    again = _events("Europe/Berlin", 2, weekly=True, now=NOW + timedelta(days=400))
    assert [event["uid"] for event in first] == [event["uid"] for event in again]
    assert len({event["uid"] for event in first}) == 2
    assert first[1]["rrule"].to_ical() == b"FREQ=WEEKLY;BYDAY=MO"
    assert all(event["url"] == f"{BASE}/digests" for event in first)


def test_everybody_takes_their_digest_along(house: House) -> None:
    ada = house.browser(house.cast.ada)
    text = ada.get("/digests/2026-02.md")
    assert text.headers["content-type"].startswith("text/markdown")
    assert 'filename="digest-2026-02' in text.headers["content-disposition"]
    assert text.text.startswith("## February 2026: ")
    paper = ada.get(f"/digests/2026-02.pdf?team={house.cast.pumps.id}")
    assert paper.content.startswith(b"%PDF")
    calendar = ada.get("/digests/calendar.ics")
    assert calendar.headers["content-type"].startswith("text/calendar")
    assert "BYSETPOS=1" in calendar.text
    assert ada.get("/digests/2026-02.md?team=wrong").status_code == 404
    assert house.stranger().get("/digests/2026-02.pdf", follow_redirects=False).status_code == 303
