"""A lesson as Markdown, to be pasted where people write: a chat, a ticket, a wiki.

The headings are those that an import of Markdown pages knows, so that what was taken along can be
brought in elsewhere as a lesson.
"""

import re

from app.kit.templates import day_in_words
from app.lessons.cards import Card
from app.lessons.labels import kind_label
from app.lessons.worth import sign_of, standing_in_words

_PARTS = (
    ("recommendation", "Recommendation"),
    ("lesson", "What we learned"),
    ("context", "Context"),
    ("expected", "What we expected"),
    ("happened", "What happened"),
    ("why", "Why"),
    ("applies_when", "Applies when"),
    ("not_when", "Not when"),
)
_HEADING = re.compile(r"^(#{1,6})(?=[ \t])", re.MULTILINE)
_FENCED = re.compile(r"^ {0,3}(`{3,}|~{3,}).*?^ {0,3}\1", re.MULTILINE | re.DOTALL)


def as_markdown(card: Card, base_url: str) -> str:
    """The whole lesson: title, a line of where it is from, what to do, the story.

    Headings within a part go down by two, so that the parts stay the second level.
    """
    texts = [(title, getattr(card.row, name)) for name, title in _PARTS]
    parts = [f"## {title}\n\n{_lowered(text)}" for title, text in texts if text]
    head = [f"# {card.title}", _origin(card, base_url), _came_of_it(card)]
    return "\n\n".join([*filter(None, head), *parts]) + "\n"


def _came_of_it(card: Card) -> str:
    """What came of it, and when somebody stood by it last; empty where nobody said."""
    words, sign = standing_in_words(card.worth), sign_of(card.worth)
    stood = f"last {sign.deed} {day_in_words(sign.on)}" if sign else ""
    said = "; ".join(filter(None, (words, stood)))
    return f"*{said[0].upper()}{said[1:]}.*" if said else ""


def _origin(card: Card, base_url: str) -> str:
    team = card.team.name if card.team else ""
    facts = [kind_label(card.kind), card.byline, team, day_in_words(card.day)]
    words = " · ".join(fact for fact in facts if fact)
    return f"*{words}* <{base_url}{card.url}>"


def _lowered(text: str) -> str:
    """The text with its headings two levels down; what looks like one in code stays."""
    kept, at = [], 0
    for code in _FENCED.finditer(text):
        kept += [_down(text[at : code.start()]), code[0]]
        at = code.end()
    return "".join([*kept, _down(text[at:])])


def _down(text: str) -> str:
    return _HEADING.sub(lambda mark: "#" * min(len(mark[1]) + 2, 6), text)
