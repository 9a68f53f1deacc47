"""A person's digests of a month or a week as one mail: subject, text, HTML, and its pictures."""

import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from functools import cache
from typing import Any

from css_inline import CSSInliner
from jinja2 import Environment

from app.digests.papers.as_text import Links, as_text, compiled, in_short, one_line, opening
from app.digests.papers.chart_pictures import PICTURE_HEIGHT, PICTURE_WIDTH, picture_of
from app.digests.papers.chart_shapes import shows_something, value_in_words
from app.digests.telling.offered import done, offered
from app.digests.told import Chart, Told

#: Of the mail as it is sent, with its pictures and without its headers: then it is under 100 KB as
#: a whole. Gmail cuts off HTML of more than 102 KB.
LARGEST_BYTES = 98_000
_BYTES_ABOUT_A_PICTURE = 250
_SUBJECT_LENGTH = 90
_PREHEADER_LENGTH = 140
#: How much is told, most first: how many digests are whole, lines in a section, and whether the
#: others say more than their first sentence.
_TRIES = (
    (3, 4, True),
    (1, 4, True),
    (1, 3, True),
    (1, 2, True),
    (1, 1, True),
    (1, 1, False),
    (1, 0, False),
)
_BETWEEN = re.compile(r"\n\s*(?=<)")
_STYLE = re.compile(r'style="[^"]*"')
_CLASSES, _NAMED = re.compile(r' class="([^"]*)"'), re.compile(r"\.([a-z][a-z0-9]*)\b")


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as it is put in line; `pictures` as `OutgoingMessage.pictures`."""

    subject: str
    text: str
    html: str
    pictures: list[dict[str, str]]

    @property
    def size_bytes(self) -> int:
        """What both parts and the pictures take on their way, without the mail's headers."""
        parts = EmailMessage(), EmailMessage()
        parts[0].set_content(self.text)
        parts[1].set_content(self.html, subtype="html")
        pictures = (len(picture["data"]) * 77 // 76 for picture in self.pictures)
        return sum(len(bytes(part)) for part in parts) + sum(
            size + _BYTES_ABOUT_A_PICTURE for size in pictures
        )


@dataclass(frozen=True, slots=True)
class Piece:
    """One digest of the mail: whole with at most so many lines a section, or in short, with what
    its sections say first (`leads`) or without; its charts with the ids of their pictures, empty
    where there is nothing to draw."""

    told: Told
    whole: bool
    most: int
    leads: bool
    charts: tuple[tuple[Chart, str], ...]


def letter(
    templates: Environment,
    tolds: Sequence[Told],
    *,
    name: str,
    base_url: str,
    links: Links,
    end_url: str,
    settings_url: str,
) -> Letter:
    """The mail for the person called `name`: the first digest whole, the others whole if there is
    room, else in short. `end_url` ends all digests by mail, `settings_url` is where one chooses."""
    known: dict[str, Any] = {
        "name": one_line(name),
        "links": links,
        "end_url": end_url,
        "settings_url": settings_url,
        "subject": _subject(tolds[0]),
        "preheader": _preheader(tolds),
    }
    for whole, most, leads in _TRIES:
        if whole > 1 and len(tolds) > whole:
            continue
        pieces = [_piece(told, n, whole, most, leads=leads) for n, told in enumerate(tolds)]
        made = _write(templates, pieces, known | {"base_url": base_url})
        if made.size_bytes <= LARGEST_BYTES:
            break
    return made


def _write(
    templates: Environment,
    pieces: Sequence[Piece],
    known: dict[str, Any],
) -> Letter:
    context = known | {
        "pieces": pieces,
        "texts": [_in_text(piece, known["base_url"], known["links"]) for piece in pieces],
        "offered": offered,
        "done": done,
        "plain": one_line,
        "compiled": compiled,
        "opening_of": opening,
        "value_in_words": value_in_words,
        "picture_width": PICTURE_WIDTH,
        "picture_height": PICTURE_HEIGHT,
    }

    def part(file: str) -> str:
        return templates.get_template(f"emails/digest/{file}").render(context)

    html = _inliner().inline(part("body.html"))
    return Letter(
        " ".join(part("subject.txt").split()),
        part("body.txt").strip() + "\n",
        _tight(html),
        [_picture(chart, cid) for piece in pieces for chart, cid in piece.charts if cid],
    )


def _piece(told: Told, number: int, whole: int, most: int, *, leads: bool) -> Piece:
    charts = [
        (chart, f"{chart.key}-{number}@commonplace" if shows_something(chart) else "")
        for chart in told.charts
    ]
    return Piece(told, number < whole, most, leads, tuple(charts) if number < whole else ())


def _picture(chart: Chart, cid: str) -> dict[str, str]:
    return {"cid": cid, "type": "image/png", "data": b64encode(picture_of(chart)).decode()}


def _in_text(piece: Piece, base_url: str, links: Links) -> str:
    if piece.whole:
        return as_text(piece.told, base_url, links, most=piece.most)
    return in_short(piece.told, base_url, links, leads=piece.leads)


def _subject(told: Told) -> str:
    return _shortened(f"{told.period.name}: {one_line(told.first)}", _SUBJECT_LENGTH)


def _preheader(tolds: Sequence[Told]) -> str:
    """What a list of mails shows beside the subject: not the subject again."""
    if len(tolds) > 1:
        said = "; ".join(one_line(told.subject) for told in tolds)
    else:
        filled = [section for section in tolds[0].sections if not section.empty]
        said = " ".join(one_line(section.lead) for section in filled[1:] or tolds[0].sections)
    return _shortened(said, _PREHEADER_LENGTH)


def _shortened(words: str, most: int) -> str:
    """At most so many letters, ended between words where there are any."""
    if len(words) <= most:
        return words
    kept = words[: most - 1]
    head = kept.rpartition(" ")[0]
    return (head if len(head) > most // 2 else kept).rstrip(" ,;:“(") + "…"


def _tight(html: str) -> str:
    """The same in fewer bytes: without spaces in styles and before lines, nor classes that the
    sheet which stays does not name."""
    named = set(_NAMED.findall(html[: html.index("<body")]))

    def kept(classes: re.Match[str]) -> str:
        names = [name for name in classes[1].split() if name in named]
        return f' class="{" ".join(names)}"' if names else ""

    tight = _STYLE.sub(lambda style: style[0].replace(": ", ":").replace(", ", ","), html)
    return _BETWEEN.sub("\n", _CLASSES.sub(kept, tight)).replace(';">', '">')


@cache
def _inliner() -> CSSInliner:
    return CSSInliner(load_remote_stylesheets=False)
