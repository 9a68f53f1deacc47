"""A month of digests as one letter: drawn alike everywhere, all of it in plain text, never long."""

import re
from base64 import b64decode
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pytest
from PIL import Image

from app.digests.papers.letter import Letter, letter
from app.digests.told import Line, Offer, Told
from app.kit.templates import make_environment
from app.lessons.labels import kind_label
from tests.digests.mail_rules import Mail, faults
from tests.digests.tolds import HOSTILE, charts, hostile, huge, quiet, rich

BASE = "https://commonplace.example"
TEMPLATES = make_environment(
    lambda: datetime(2026, 11, 2, 7, tzinfo=UTC), labels={"kind_label": kind_label}
)
_DEED = f"{BASE}/mail/deeds/"


class Links:
    """Addresses as long as sealed ones are."""

    def page(self, path: str) -> str:
        return BASE + path

    def deed(self, offer: Offer) -> str:
        return f"{_DEED}{offer.deed}.{offer.subject_id}.{'s' * 90}"


def letter_of(*tolds: Told) -> Letter:
    return letter(
        TEMPLATES,
        tolds,
        name="Mara Example",
        base_url=BASE,
        links=Links(),
        end_url=f"{BASE}/mail/digests/end",
        settings_url=f"{BASE}/digests/mail",
    )


def other(told: Told, subject_id: str, name: str) -> Told:
    return replace(told, subject_id=subject_id, subject=name)


SEVERAL = [rich(), other(rich(), "b", "Sales"), other(quiet(), "c", "Pumps")]
MANY = [other(rich(), str(index), f"Team {index}") for index in range(24)]


@pytest.mark.parametrize(
    "tolds",
    [[rich()], [quiet()], [huge()], [hostile()], SEVERAL, MANY],
    ids="rich quiet huge hostile several many".split(),
)
def test_outlook_and_gmail_draw_a_letter_whole(tolds: Sequence[Told]) -> None:
    made = letter_of(*tolds)
    assert faults(made.html) == []
    assert made.size_bytes < 99_000  # with its pictures; its headers take about 1 KB
    assert len(made.text.encode()) < 50_000
    named = re.findall(r"cid:([^\"]+)", made.html)
    assert sorted(named) == sorted(picture["cid"] for picture in made.pictures)
    assert len(made.subject) <= 90
    assert made.subject.isprintable()


def test_it_says_everything_in_plain_text_too() -> None:
    told, made = rich(), letter_of(rich())
    text = " ".join(made.text.split())
    for section in told.sections:
        assert f"{section.title} " in text
        assert section.lead in text
        for number in section.numbers:
            assert f"{number.value} {number.words} {BASE}{number.url}" in text
        for line in section.lines:
            assert line.title in text
            assert line.said in text
            assert line.why in text
    for chart in told.charts:
        assert chart.title in text
        assert chart.said in text
    assert "days – 61 58 – 44 40 47 33.5 – 29 31 24" in text
    assert f"End all digests by mail: {BASE}/mail/digests/end" in text
    long = [line for line in made.text.splitlines() if len(line) > 78]
    assert all(line.strip().startswith("https://") for line in long)


def test_what_can_be_done_is_a_link_in_both_parts_and_what_was_done_is_said() -> None:
    made = letter_of(rich())
    offers = [one for section in rich().sections for line in section.lines for one in line.offers]
    offers += rich().offers
    for offer in offers:
        linked = Links().deed(offer)
        mine = [one for one in offers if Links().deed(one) == linked and not one.done]
        assert made.html.count(linked) == made.text.count(linked) == len(mine)
    assert "You thanked the author." in made.html
    assert "You thanked the author." in made.text


def test_a_long_month_shows_few_of_each_and_says_how_many_more() -> None:
    made = letter_of(huge())
    assert "… and 199 more on the page." in made.html
    # Where a line leads to all of them, none counts what is left.
    without = [section for section in huge().sections if not section.more]
    assert made.text.count("… and 199 more.") == len(without) - 1 < len(huge().sections)
    assert made.text.count("… and 197 more.") == 1  # what to act on is three
    assert made.html.count("4 teams used it, 3 say better; it is") == len(huge().sections) + 2


def test_of_several_the_first_is_whole_and_the_others_in_short_when_it_grows_long() -> None:
    mail = Mail(letter_of(*SEVERAL).html)
    headings = [one.words for one in mail.all("h1", "h2")]
    assert headings == ["October 2026", rich().subject, "Sales", "Pumps"]
    assert len(mail.all("img")) == len(rich().charts)
    both = letter_of(quiet(), other(quiet(), "c", "Pumps"))
    assert both.html.count("It takes two sentences") == 2


def test_what_people_write_stays_words() -> None:
    made = letter_of(hostile())
    mail = Mail(made.html)
    shown = " ".join(" ".join(one.words for one in mail.all("td")).split())
    for title in HOSTILE[:3]:
        assert title in shown
        assert title in " ".join(made.text.split())
    assert not mail.all("script")
    assert "<b>left" not in made.html
    addresses = {one.attributes["href"] for one in mail.all("a")}
    assert all(address.startswith(BASE + "/") for address in addresses)
    for turned in ("\u202e", "\x00"):
        assert turned not in made.html + made.text + made.subject


def test_the_subject_says_what_to_do_and_ends_between_words() -> None:
    subject = letter_of(rich()).subject
    assert subject.startswith("October 2026: Act on “Label both ends of every hose")
    assert subject.endswith("four…")
    assert letter_of(quiet()).subject == (
        "October 2026: A quiet month. Begin the next piece of work with a brief."
    )


def test_twelve_months_of_nothing_are_a_sentence() -> None:
    chart = charts()[0]
    blank = replace(chart, series=(replace(chart.series[0], values=(0, None) * 6),))
    made = letter_of(replace(rich(), charts=(blank, charts()[1])))
    assert [picture["cid"] for picture in made.pictures] == ["second-0@commonplace"]
    assert chart.said in made.html
    assert f"{chart.said}\n\n\n" in made.text


def test_charts_are_small_pictures_that_need_no_colour() -> None:
    pictures = [b64decode(picture["data"]) for picture in letter_of(rich()).pictures]
    assert len(pictures) == 5
    for content in pictures:
        assert len(content) <= 10_000
        image = Image.open(BytesIO(content))
        assert (image.width, image.height) == (556, 360)
        dark = sum(image.convert("L").histogram()[:128]) / (image.width * image.height)
        assert 0.01 < dark < 0.5


def test_a_quiet_month_is_told_once() -> None:
    suggested = Line("A quiet month", "/briefs/new", "Begin the next piece of work with a brief.")
    first = "A quiet month: begin the next piece of work with a brief."
    made = letter_of(replace(quiet(), first=first, quiet=suggested))
    for form in (made.text, made.html.partition('aria-label="')[2].partition("<table")[2]):
        assert "A quiet month." in form
        assert form.lower().count("egin the next piece of work with a brief.") == 1
        assert f"{BASE}/briefs/new" in form
    assert made.subject == f"October 2026: {first}"


def test_all_three_to_act_on_stand_in_a_mail_that_has_room_for_little_else() -> None:
    long = huge()
    act, *others = long.sections
    three = replace(act, lines=act.lines[:3], more=None)
    made = letter_of(replace(long, sections=(three, *others)), other(long, "t2", "Valves"))
    assert made.size_bytes <= 98_000
    for line in three.lines:
        assert line.title in made.text
    assert three.shown(0) == ()
