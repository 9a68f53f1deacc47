"""Digests made by hand: a rich one, a quiet one, one with far too much, one by hostile hands."""

from dataclasses import replace
from datetime import UTC, date, datetime

from app.digests.models import About, Edition
from app.digests.period import month_of
from app.digests.told import Chart, Deed, Line, Number, Offer, Part, Section, Series, Told

TEAM = "7k2m9qxw4t8n3vbd"
OCTOBER = month_of(date(2026, 10, 1))
_MONTHS = tuple("Nov Dec Jan Feb Mar Apr May Jun Jul Aug Sep Oct".split())
_LISTS = "/digests/2026-10/lists"
HOSTILE = (
    "<script>alert(1)</script>",
    'He said "stop" & <b>left</b> it\'s',
    "[link](javascript:alert(1)) *bold* _under_ `code` | pipe # hash ~gone~",
    "\u202eright to left \u0645\u0631\u062d\u0628\u0627 \u05e9\u05dc\u05d5\u05dd",
    "🧯🔥 Emoji @channel <!here>",
    "Long " + "words that go on " * 17,
    "Unbroken" + "x" * 292,
    "two\r\nlines\x00and\tmore",
)


def lesson(
    title: str, *offers: Offer, kind: str = "success", said: str = "", why: str = ""
) -> Line:
    return Line(title, "/lessons/4c1q8z2m7t5n9vbd", said, why, kind, offers)


def number(value: int, words: str, name: str, tone: str = "") -> Number:
    return Number(value, words, f"{_LISTS}/{name}?team={TEAM}", tone)


def _act() -> Section:
    return Section(
        Part.ACT,
        "Act on these three",
        "Easy, proven elsewhere, and not yet used by you.",
        lines=(
            lesson(
                "Label both ends of every hose before the line is opened",
                Offer(Deed.BRIEF, "4c1q8z2m7t5n9vbd"),
                Offer(Deed.ASK, "4c1q8z2m7t5n9vbd"),
                kind="failure",
                said="Tag both ends with the tank number; two people read it out to each other.",
                why="4 teams used it, 3 say better; it is about transfer lines, as your last two "
                "briefs were; a step or two.",
            ),
            lesson(
                "A ten-minute start-up call saves the first day",
                Offer(Deed.BRIEF, "5c1q8z2m7t5n9vbd"),
                said="Ring the crew before dispatch and go through the permit list.",
                why="3 teams used it, all say better; it says what to do.",
            ),
            lesson(
                "Dry ice in the sample box lasts nine hours, not twelve",
                kind="near_miss",
                said="Plan the courier for eight hours at most.",
                why="2 teams used it, both say better; something like it happened to you in May.",
            ),
        ),
    )


def _used() -> Section:
    return Section(
        Part.USED,
        "Used this month",
        "Seven uses; for four it was better, for one it was worse.",
        numbers=(
            number(7, "used", "used"),
            number(4, "better", "used.better", "better"),
            number(1, "no different", "used.same", "same"),
            number(1, "worse", "used.worse", "worse"),
            number(1, "too early to say", "used.unknown", "unknown"),
        ),
        lines=(
            lesson(
                "Two-person check of valve positions",
                Offer(Deed.THANK, "6c1q8z2m7t5n9vbd"),
                said="Pumps adapted it: better. Wrong positions at start-up 6 → 1 in a quarter.",
            ),
            lesson(
                "Order gaskets by drawing number, not by size",
                kind="experiment",
                said="Valves applied it: worse. The new drawings were not in the catalogue.",
            ),
        ),
        more=("All seven uses", f"{_LISTS}/used?team={TEAM}"),
    )


def _again() -> Section:
    return Section(
        Part.AGAIN,
        "Happened again",
        "Two things happened again; once the lesson was found and not used.",
        numbers=(
            number(2, "again", "again", "worse"),
            number(1, "nobody looked", "again.not_searched"),
            number(1, "found, not used", "again.not_used"),
        ),
        lines=(
            lesson(
                "Pump ran dry during changeover",
                Offer(Deed.ASK, "8c1q8z2m7t5n9vbd"),
                kind="failure",
                said="Valves, 14 October: nobody looked. Four hours lost.",
            ),
        ),
    )


def _briefs() -> Section:
    return Section(
        Part.BRIEFS,
        "Begun with a brief",
        "5 of 9 pieces of work began with one.",
        numbers=(
            number(5, "briefs", "briefs"),
            number(11, "will apply", "briefs.will_apply"),
            number(4, "undecided", "briefs.undecided"),
        ),
        lines=(
            Line(
                "Replace the feed pumps in hall 3",
                "/briefs/9c1q8z2m7t5n9vbd",
                "Its follow-up has waited since 12 October.",
            ),
        ),
        note="Briefs of teams with fewer than five people are left out here.",
    )


def _rest() -> tuple[Section, ...]:
    thank = Offer(Deed.THANK, "6c1q8z2m7t5n9vbd")
    people = (("ac1q8z2m7t5n9vbd", "Mara Example"), ("bc1q8z2m7t5n9vbd", "Otto Example"))
    return (
        Section(
            Part.FRESH,
            "New and worth knowing",
            "Three of nine new lessons matter here.",
            numbers=(
                number(2, "from us", "fresh.ours"),
                number(7, "from elsewhere", "fresh.elsewhere"),
            ),
            lines=(
                lesson(
                    "Vibration sensors on the skid told us three weeks ahead",
                    Offer(Deed.FOLLOW, "cc1q8z2m7t5n9vbd"),
                    kind="experiment",
                    said="Field Service watched bearing temperature as well and ordered in time.",
                    why="About pumps, which your team has to do with; 2 teams used it.",
                ),
            ),
        ),
        Section(
            Part.WANTED,
            "Looked for in vain",
            "One thing that three people looked for.",
            numbers=(number(1, "wanted", "wanted"),),
            lines=(
                Line(
                    "Cleaning heat exchangers without taking them apart",
                    "/wanted/dc1q8z2m7t5n9vbd",
                    "3 people, 7 searches. Mara Example or Otto Example may know.",
                    offers=(Offer(Deed.ASSIGN, "dc1q8z2m7t5n9vbd", people=people),),
                ),
            ),
        ),
        Section(
            Part.THANKS,
            "Say thank you",
            "Two lessons of yours helped others.",
            lines=(
                lesson(
                    "The relief valve that was set by hearsay",
                    thank,
                    kind="failure",
                    said="A failure that Ada Example shared; 3 teams used it, for 2 it was better.",
                ),
                lesson(
                    "Colour-coded isolation tags",
                    replace(thank, done=True),
                    said="2 teams used it, for both it was better. Its author is protected.",
                ),
            ),
        ),
        Section(Part.OVERDUE, "Overdue", "Nothing is overdue."),
    )


def charts() -> tuple[Chart, ...]:
    def chart(
        key: str, title: str, unit: str, said: str, *series: Series, performance: bool
    ) -> Chart:
        return Chart(key, title, unit, said, _MONTHS, series, performance)

    return (
        chart(
            "reach",
            "Lessons of yours that reached another team",
            "lessons",
            "Reached most in October: 6.",
            Series("reached", (0, 1, 1, 2, 1, 3, 2, 2, 4, 3, 5, 6)),
            performance=False,
        ),
        chart(
            "second",
            "Days from posting to the second team",
            "days, median",
            "It takes half as long as a year ago.",
            Series("days", (None, 61, 58, None, 44, 40, 47, 33.5, None, 29, 31, 24)),
            performance=False,
        ),
        chart(
            "briefed",
            "Work begun with a brief",
            "pieces of work",
            "5 of 9 in October; a year ago 1 of 8.",
            Series("with a brief", (1, 0, 2, 2, 3, 2, 4, 3, 3, 5, 4, 5), "better"),
            Series("without", (7, 6, 6, 5, 5, 6, 4, 5, 4, 4, 4, 4), "unknown"),
            performance=False,
        ),
        chart(
            "results",
            "What came of uses",
            "uses",
            "Better in 4 of 7 in October.",
            Series("better", (0, 1, 1, 1, 2, 2, 1, 3, 2, 4, 3, 4), "better"),
            Series("no different", (1, 0, 0, 1, 0, 1, 1, 0, 1, 1, 0, 1), "same"),
            Series("worse", (0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 1), "worse"),
            Series("too early to say", (0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 1, 1), "unknown"),
            performance=True,
        ),
        chart(
            "again",
            "It happened again",
            "times",
            "Twice in October, as in September.",
            Series("again", (3, 2, 4, 1, 2, 3, 1, 0, 2, 1, 2, 2), "worse"),
            performance=True,
        ),
    )


def rich() -> Told:
    return Told(
        period=OCTOBER,
        about=About.TEAM,
        subject_id=TEAM,
        subject="Engineering and the teams below",
        edition=Edition.MANAGERS,
        first="Act on “Label both ends of every hose before the line is opened”: four teams used "
        "it, three say better, and Pumps opens a line next week.",
        sections=(_act(), _used(), _again(), _briefs(), *_rest()),
        charts=charts(),
        at=datetime(2026, 11, 1, 0, 20, tzinfo=UTC),
        previous_url=f"/digests/2026-09?team={TEAM}",
        offers=(Offer(Deed.FOLLOW, "cc1q8z2m7t5n9vbd"),),
    )


def quiet() -> Told:
    empty = ("Nothing new to act on.", "No use was reported.", "Nothing happened again.")
    return Told(
        period=OCTOBER,
        about=About.ORGANISATION,
        subject_id="",
        subject="Northwind",
        edition=Edition.EVERYONE,
        first="A quiet month. Begin the next piece of work with a brief.",
        sections=tuple(
            Section(part, title, lead)
            for part, title, lead in zip(
                Part, ("Act on these", "Used this month", "Happened again"), empty, strict=False
            )
        ),
        charts=(),
        at=datetime(2026, 11, 1, 0, 20, tzinfo=UTC),
        quiet=Line(
            "Begin the next piece of work with a brief",
            "/briefs",
            "It takes two sentences and shows what is known.",
            offers=(Offer(Deed.BRIEF, ""),),
        ),
        small_teams_left_out=True,
    )


def huge(lines: int = 200) -> Told:
    """So many lines in every section."""
    told = rich()
    return replace(
        told,
        sections=tuple(
            replace(
                section,
                lines=tuple(
                    lesson(
                        f"Lesson {index} of the many that were chosen",
                        Offer(Deed.THANK, f"{index:016}"),
                        said="It says in a sentence what to do, and when, and when not to. " * 2,
                        why="4 teams used it, 3 say better; it is about transfer lines.",
                    )
                    for index in range(lines)
                ),
            )
            for section in told.sections
        ),
    )


def hostile() -> Told:
    """Everything that people write is out to break what shows it."""
    told = rich()
    lines = tuple(lesson(title, Offer(Deed.THANK, "x"), said=title, why=title) for title in HOSTILE)
    section = replace(
        told.sections[0], title=HOSTILE[0], lead=HOSTILE[1], lines=lines, note=HOSTILE[2]
    )
    return replace(
        told,
        subject=HOSTILE[4],
        first=HOSTILE[7] + " " + HOSTILE[5],
        sections=(section,),
        charts=(replace(told.charts[0], title=HOSTILE[0], said=HOSTILE[1]),),
        note=HOSTILE[3],
    )
