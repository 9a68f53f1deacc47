"""A digest as plain text: everything of the page, in lines of at most 78 letters, links after
what they lead from."""

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from textwrap import wrap
from typing import Protocol

from app.digests.papers.chart_shapes import shows_something, value_in_words
from app.digests.telling.offered import done, offered
from app.digests.told import Chart, Line, Offer, Section, Told
from app.kit.templates import day_in_words

LINE = 78
_INDENT = "  "
_MONTH_WIDTH, _NAME_WIDTH = 5, 17


class Links(Protocol):
    """Where a digest leads from outside the product. `deed` is where one does what is offered."""

    def page(self, path: str) -> str: ...
    def deed(self, offer: Offer) -> str: ...


def as_text(told: Told, base_url: str, links: Links | None = None, *, most: int = 1000) -> str:
    """The digest, each section with at most `most` lines. Without `links` it offers no deeds."""
    writer = _Writer(base_url, links, most)
    parts = [writer.head(told)]
    parts += [writer.section(section) for section in told.sections]
    parts += [chart_in_text(chart) for chart in told.charts]
    return "\n\n\n".join([*parts, "\n".join(_paragraph(compiled(told)))]) + "\n"


def in_short(told: Told, base_url: str, links: Links | None, *, leads: bool) -> str:
    """What to do next; with `leads` also what says the most of each section."""
    writer = _Writer(base_url, links, 0)
    if not leads:
        parts = [told.subject, told.first]
        return "\n".join([*chain(*map(_paragraph, parts)), writer.address(told.url)]) + "\n"
    filled = [section for section in told.sections if not section.empty]
    said = ["\n".join(_paragraph(f"{one.title}: {one.lead}")) for one in filled]
    return "\n\n".join([writer.head(told), *said]) + "\n"


def one_line(words: str) -> str:
    """The words without line breaks, control characters, and what turns the direction of writing
    around for all that follows."""
    kept = (" " if c.isspace() else c for c in words if not _disturbs(c))
    return " ".join("".join(kept).split())


def chart_in_text(chart: Chart) -> str:
    """A chart as a table of its numbers."""
    lines = [*_paragraph(f"{chart.title} ({chart.unit})"), *_paragraph(chart.said)]
    if not shows_something(chart):
        return "\n".join(lines)
    lines.append("")
    lines.append(" " * _NAME_WIDTH + "".join(f"{month:>{_MONTH_WIDTH}}" for month in chart.months))
    for series in chart.series:
        values = "".join(f"{value_in_words(value):>{_MONTH_WIDTH}}" for value in series.values)
        lines.append(f"{series.name[: _NAME_WIDTH - 1]:<{_NAME_WIDTH}}{values}")
    return "\n".join(lines)


class _Writer:
    """Writes sections for one reader."""

    def __init__(self, base_url: str, links: Links | None, most: int):
        self.base_url, self.links, self.most = base_url, links, most

    def head(self, told: Told) -> str:
        lines = [*_paragraph(f"{told.period.name}: {told.subject}")]
        lines.append("=" * min(LINE, len(lines[0])))
        lines += ["(so far)"] if told.so_far else []
        said, quiet = opening(told)
        lines += ["", *_paragraph(said), self.address(told.url)]
        lines += ["", *self.line(quiet)] if quiet else []
        lines += ["", *self.offers(told.offers)] if self.offers(told.offers) else []
        return "\n".join(lines)

    def section(self, section: Section) -> str:
        lines = [*_paragraph(section.title)]
        lines += ["-" * min(LINE, len(lines[0])), *_paragraph(section.lead)]
        if any(number.value for number in section.numbers):
            lines.append("")
            for number in section.numbers:
                lines += [f"{number.value} {number.words}", _INDENT + self.address(number.url)]
        shown = section.shown(self.most)
        for line in shown:
            lines += ["", *self.line(line)]
        left = len(section.lines) - len(shown)
        lines += ["", f"… and {left} more."] if left > 0 and not section.more else []
        if section.more:
            lines += ["", *_paragraph(section.more[0]), self.address(section.more[1])]
        lines += ["", *_paragraph(section.note)] if section.note else []
        return "\n".join(lines)

    def line(self, line: Line) -> list[str]:
        kind = f" ({line.kind.replace('_', ' ')})" if line.kind else ""
        lines = wrap(
            one_line(line.title) + kind, LINE, initial_indent="* ", subsequent_indent=_INDENT
        )
        lines += _paragraph(line.said, _INDENT)
        lines += _paragraph(line.why, _INDENT) if line.why else []
        return [*lines, _INDENT + self.address(line.url), *self.offers(line.offers, _INDENT)]

    def offers(self, offers: tuple[Offer, ...], indent: str = "") -> list[str]:
        if self.links is None:
            return []
        lines = []
        for offer in offers:
            if offer.done:
                lines.append(f"{indent}{done(offer)}.")
            else:
                lines += [f"{indent}{offered(offer)}:", f"{indent}{self.links.deed(offer)}"]
        return lines

    def address(self, path: str) -> str:
        return self.links.page(path) if self.links else self.base_url + path


def opening(told: Told) -> tuple[str, Line | None]:
    """What stands above all: the first sentence; of a quiet month that it was one, and what it
    suggests as a line, so that this is not said twice."""
    if told.quiet is None:
        return told.first, None
    quiet = told.quiet
    return f"{quiet.title}.", replace(quiet, title=quiet.said, said="")


def compiled(told: Told) -> str:
    """What the foot of every form says: when it was compiled, and by whom anew and why."""
    note = f" {told.note}" if told.note else ""
    return f"Compiled on {day_in_words(told.at)}; months are counted in UTC.{note}"


def _paragraph(words: str, indent: str = "") -> Iterator[str]:
    yield from wrap(
        one_line(words),
        LINE,
        initial_indent=indent,
        subsequent_indent=indent,
        break_on_hyphens=False,
    )


def _disturbs(character: str) -> bool:
    turns = unicodedata.bidirectional(character) in {"LRO", "RLO", "LRE", "RLE", "PDF"}
    isolates = unicodedata.bidirectional(character) in {"LRI", "RLI", "FSI", "PDI"}
    return (
        turns or isolates or (unicodedata.category(character) == "Cc" and not character.isspace())
    )
