"""What the living page of the look shows: names of the tokens, and lessons made up for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from app.kit.resources import resource
from app.lessons.found import CameOfIt
from app.lessons.lines import Line, line

SECTIONS = (
    ("colour", "Colour"),
    ("type", "Type"),
    ("space", "Distances"),
    ("marks", "Kinds and states"),
    ("buttons", "Buttons"),
    ("forms", "Forms"),
    ("notes", "What is said"),
    ("lists", "Lists"),
    ("suggestions", "What may be meant"),
    ("reading", "A lesson"),
    ("bearings", "A brief"),
    ("ledger", "What came of it"),
    ("duties", "Actions"),
    ("month", "A digest"),
    ("voices", "Voices under it"),
    ("files", "Pictures and files"),
    ("desk", "The desk"),
    ("register", "A register"),
    ("inbox", "The inbox"),
    ("changes", "Changes"),
    ("tables", "Tables"),
    ("empty", "Nothing here"),
)
COLOURS = (
    ("paper", "the page"),
    ("sheet", "a field"),
    ("wash", "quiet ground"),
    ("ink", "text, the first button"),
    ("ink-soft", "second voice"),
    ("ink-faint", "facts, hints"),
    ("rule", "hairlines"),
    ("rule-strong", "edges of controls"),
    ("margin-line", "the ruled margin"),
    ("success", "verdigris: success"),
    ("failure", "logwood: failure"),
    ("near-miss", "bistre: near miss"),
    ("experiment", "Prussian blue: experiment, focus"),
    ("madder", "wrong, hard to undo"),
    ("highlight", "words that matched"),
    ("added", "put in"),
    ("removed", "taken out"),
)
SIZES = (
    ("size-h1", "page and lesson titles"),
    ("size-h2", "section titles"),
    ("size-h3", "smaller titles"),
    ("size-lead", "the recommendation, the question"),
    ("size-row", "a title in a list"),
    ("size-text", "what people wrote"),
    ("size-ui", "the machinery"),
    ("size-small", "facts"),
    ("size-note", "footnotes"),
)
PROSE = """The compound cures by *warmth*. Below 10 °C it stays soft, whatever the sheet says.

1. Nine of 60 fans came loose between week 2 and week 5.
2. The hall had been at 6 °C over Christmas.

> It looked cured. It even smelled cured.

| Hall | Loose |
|---|---|
| 6 °C | 9 of 60 |
| 18 °C | 0 of 60 |

Write `T >= 18` on the traveller."""


class _Linked(NamedTuple):
    name: str
    url: str


class _Example(NamedTuple):
    """A lesson for show."""

    kind: str
    title: str
    state: str
    byline: str
    shared_with: str
    team: _Linked
    day: date
    topics: Sequence[_Linked]
    url: str = "#lists"
    worth: CameOfIt | None = None

    @property
    def held_on(self) -> date:
        return self.day


_WORTH = {"success": CameOfIt(effect=65, better=3), "experiment": CameOfIt(-23, recurrences=2)}
_MATCH = (("Thread-locking compound does not ", False), ("cure", True), (" at 6 °C.", False))
_TOPIC = _Linked("Adhesives", "#lists")
_EXAMPLES = (
    ("failure", "Thread-locking compound did not cure at 6 °C", "posted", _MATCH),
    ("success", "A paint line over each screw showed 11 loose ones in a glance", "learned", ()),
    ("near_miss", "The dump had left out the readings table for five months", "retired", ()),
    ("experiment", "Two people on a call halved the time to find a fault", "identified", ()),
)


@dataclass(frozen=True, slots=True)
class Pages:
    """A place in a long list, for show."""

    number: int = 3
    count: int = 12
    shown: Sequence[int | None] = (1, 2, 3, 4, None, 12)

    def url(self, number: int) -> str:
        return f"#page-{number}"


def example_lines() -> list[Line]:
    """A line of each kind and state."""
    team, day = _Linked("Pumps", "#lists"), date(2026, 7, 21)
    return [
        line(
            _Example(
                kind,
                title,
                state,
                "Ada Example",
                "team",
                team,
                day,
                [_TOPIC],
                worth=_WORTH.get(kind),
            ),
            snippet,
        )
        for kind, title, state, snippet in _EXAMPLES
    ]


def icon_names() -> list[str]:
    """Every icon there is, by name."""
    return sorted(path.stem for path in (resource("templates") / "shared/icons").glob("*.svg"))
