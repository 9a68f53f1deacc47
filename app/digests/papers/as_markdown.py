"""A digest as Markdown, to be pasted into a chat: plain enough to be read as it stands there."""

import re
from collections.abc import Iterator

from app.digests.papers.as_text import compiled, one_line, opening
from app.digests.papers.chart_shapes import shows_something, value_in_words
from app.digests.telling.phrases import sentence
from app.digests.told import Chart, Line, Section, Told

# What would turn words into markup: also a word that begins or ends with `_`, a name after `&`.
_MARKUP = re.compile(r"[\\`*\[\]<>~|]|(?<!\w)_|_(?!\w)|&(?=#?\w+;)")
#: In a chat these would call everybody.
_CALLS = re.compile(r"@(?=(?:channel|here|everyone|all)\b)", re.IGNORECASE)
_NO_BREAK = "\u2060"


def as_markdown(told: Told, base_url: str) -> str:
    """The digest without what can be done from it: headings of the lower levels, lists, addresses
    in full; no tables, which chats do not know."""
    parts = [f"## {told.period.name}: {words(told.subject)}"]
    parts += ["*So far: it is not over yet.*"] if told.so_far else []
    said, quiet = opening(told)
    parts += [f"{words(said)} <{base_url}{told.url}>"]
    parts += [_line(quiet, base_url)] if quiet else []
    for section in told.sections:
        parts += _section(section, base_url)
    parts += ["\n".join(_chart(chart)) for chart in told.charts]
    return "\n\n".join([*parts, f"*{words(compiled(told))}*"]) + "\n"


def words(said: str) -> str:
    """People's words as Markdown that shows them as they are."""
    escaped = _MARKUP.sub(r"\\\g<0>", one_line(said))
    return _CALLS.sub("@" + _NO_BREAK, escaped)


def _section(section: Section, base_url: str) -> Iterator[str]:
    yield f"### {words(section.title)}"
    yield words(section.lead)
    if any(number.value for number in section.numbers):
        yield " · ".join(f"{number.value} {words(number.words)}" for number in section.numbers)
    if section.lines:
        yield "\n".join(_line(line, base_url) for line in section.lines)
    if section.more:
        yield f"{words(section.more[0])}: <{base_url}{section.more[1]}>"
    if section.note:
        yield f"*{words(section.note)}*"


def _line(line: Line, base_url: str) -> str:
    kind = f" ({line.kind.replace('_', ' ')})" if line.kind else ""
    title = f"**{words(line.title)}**{kind}"
    said = f" {words(sentence(line.said))}" if line.said else ""
    why = f" *{words(sentence(line.why))}*" if line.why else ""
    stop = "" if title.endswith(("…**", "?**", "!**", ".**")) else "."
    return f"- {title}{stop}{said}{why} <{base_url}{line.url}>"


def _chart(chart: Chart) -> Iterator[str]:
    yield f"- **{words(chart.title)}**: {words(chart.said)}"
    for series in chart.series if shows_something(chart) else ():
        values = " ".join(value_in_words(value) for value in series.values)
        yield f"  - {words(series.name)}, {chart.months[0]} to {chart.months[-1]}: {values}"
