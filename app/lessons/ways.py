"""Ways to begin a lesson: which parts of its story stand open, in which order, asking what."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.lessons.labels import field_label
from app.lessons.models import Kind

# The parts that are texts of their own, in the order in which a story is told.
STORY = (
    "lesson",
    "recommendation",
    "context",
    "expected",
    "happened",
    "why",
    "applies_when",
    "not_when",
)
_LONG = frozenset({"lesson", "happened"})


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the story as the form asks for it: its label, a question, a good example."""

    name: str
    label: str
    prompt: str
    example: str

    @property
    def rows(self) -> int:
        return 5 if self.name in _LONG else 3


_ASKED = {
    "lesson": (
        "What do you know now that you did not know before?",
        "Ten test calls say nothing about forty real ones. We had tried every function of the "
        "new telephones, but never the busiest quarter of an hour.",
    ),
    "recommendation": (
        "What should the next person do? Say it so that they can do it on Monday.",
        "Replay the busiest fifteen minutes of last month before you switch. If more than 2 calls "
        "in 100 drop, keep the old lines a week longer.",
    ),
    "context": (
        "What was the work, how large, under which circumstances?",
        "We moved the booking desk of three clinics to new telephones, in the week before a "
        "public holiday.",
    ),
    "expected": (
        "What was supposed to happen, and what made you think so?",
        "Forty calls at a time, as the supplier's sheet promised, and nobody waiting longer than "
        "a minute.",
    ),
    "happened": (
        "What did happen? Numbers and times help; names do not.",
        "At 8:05 the eleventh call was dropped. By nine o'clock 61 of 140 callers had hung up; "
        "at 9:20 we went back to the old lines.",
    ),
    "why": (
        "Ask “why” until the answer is something that can be changed.",
        "The licence allowed ten calls at a time. That stood in an annex, and whoever tested had "
        "not been given the annex.",
    ),
    "applies_when": (
        "In the words of somebody planning such work. Searches look here too.",
        "You move something that many people use at the same moment: telephones, a sign-in, "
        "ticket gates.",
    ),
    "not_when": (
        "Where would following this be wrong?",
        "The load spreads over the day by itself, as with e-mail.",
    ),
}


@dataclass(frozen=True, slots=True)
class Way:
    """A way to begin. `opens` are the parts that stand open, in order; `asks` says some of them in
    other words: name to (label, prompt, example)."""

    name: str
    label: str
    line: str
    opens: tuple[str, ...]
    kind: Kind | None = None
    asks: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)

    def part(self, name: str) -> Part:
        """One part of the story as this way asks for it."""
        if name in self.asks:
            return Part(name, *self.asks[name])
        return Part(name, field_label(name), *_ASKED[name])

    def parts(self) -> tuple[list[Part], list[Part]]:
        """The parts that stand open, and those that unfold."""
        rest = [name for name in STORY if name not in self.opens]
        return [self.part(name) for name in self.opens], [self.part(name) for name in rest]


BLANK = Way("blank", "Blank page", "A title and what you learned.", ("lesson",))
WAYS = (
    BLANK,
    Way(
        "review",
        "After-action review",
        "What was meant to happen, what did, why, and what comes next.",
        ("expected", "happened", "why", "lesson", "recommendation"),
    ),
    Way(
        "postmortem",
        "Post-mortem",
        "What broke and why, without blame, so that it does not break again.",
        ("happened", "why", "lesson", "applies_when", "recommendation"),
        Kind.FAILURE,
    ),
    Way(
        "experiment",
        "Experiment",
        "What you tried, what you thought would come of it, and what did.",
        ("expected", "happened", "lesson"),
        Kind.EXPERIMENT,
    ),
    Way(
        "thanks",
        "Thank you, this worked",
        "What you used of somebody else's, and what came of it.",
        ("context", "happened", "lesson"),
        Kind.SUCCESS,
        {
            "context": (
                "What we used",
                "Which lesson, tool or piece of advice? A link says it best.",
                "The advice to replay the busiest quarter of an hour, from the clinics' move to "
                "new telephones, before we opened the ticket gates.",
            ),
            "happened": (
                "What came of it",
                "What went better than it would have? Numbers and times help.",
                "The replay made one gate of six restart, two days before the opening. On the day "
                "itself nobody queued.",
            ),
        },
    ),
)
_BY_NAME = {way.name: way for way in WAYS}


def way_named(name: str) -> Way:
    return _BY_NAME.get(name, BLANK)
