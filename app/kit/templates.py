"""Templates: found, strict about names, with the filters and addresses that every page uses."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from jinja2.runtime import Macro
from markupsafe import Markup

from app.kit.assets import asset_url, css_bundle_url, js_bundle_url
from app.kit.clock import Clock
from app.kit.markdown import render_markdown
from app.kit.resources import resource

_DAY, _WEEK, _MONTH, _YEAR = 1, 7, 30, 365
# So many weeks back people count; of what is longer ago they know the month.
_WEEKS_COUNTED = 5


def make_environment(clock: Clock, *, labels: dict[str, Callable[..., Any]]) -> Environment:
    """The templates' environment; `labels` are filters that put values into people's words."""
    environment = Environment(
        loader=FileSystemLoader(resource("templates")),
        # The subject and the text part of a mail are read as they are: no `&amp;` there.
        autoescape=select_autoescape(
            default=True, enabled_extensions=(), disabled_extensions=("txt",)
        ),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"],
    )
    environment.filters.update(
        markdown=render_markdown,
        day=day_in_words,
        ago=lambda moment: time_ago(moment, clock()),
        when=lambda day: time_element(_date_of(day), clock().date()),
        **labels,
    )
    environment.globals.update(
        asset_url=asset_url,
        css_bundle_url=css_bundle_url,
        js_bundle_url=js_bundle_url,
        request=None,
        drawn=_drawn_once(),
    )
    return environment


def _drawn_once() -> Callable[[Macro, str], str]:
    """`drawn(macro, name)`: what a macro of `shared/marks.html` makes of a name, made at the first
    time; marks come by the dozen on a page and depend on nothing else."""
    made: dict[tuple[str, str], str] = {}

    def drawn(macro: Macro, name: str) -> str:
        key = macro.name, str(name)
        if key not in made:
            made[key] = macro(name)
        return made[key]

    return drawn


def day_in_words(day: date | datetime | None) -> str:
    """`14 March 2026`."""
    return f"{day.day} {day:%B %Y}" if day else ""


def day_as_said(day: date, today: date) -> str:
    """A day as people speak of it: `3 weeks ago`, `in July`, `in March last year`."""
    days = (today - day).days
    if days < 0:
        return day_in_words(day)
    if days <= _DAY:
        return "yesterday" if days else "today"
    if days < 2 * _WEEK:
        return _some(days, "day") if days < _WEEK else "last week"
    if days < _WEEKS_COUNTED * _WEEK:
        return _some(days // _WEEK, "week")
    if day.year == today.year:
        return f"in {day:%B}"
    return f"in {day:%B} last year" if day.year == today.year - 1 else f"in {day:%B %Y}"


@lru_cache(maxsize=4096)
def time_element(day: date, today: date) -> Markup:
    """A day as people speak of it, and exactly for whoever points at it or is a program."""
    said = day_as_said(day, today)
    return Markup('<time datetime="{}" title="{}">{}</time>').format(
        day.isoformat(), day_in_words(day), said
    )


def _date_of(day: date | datetime) -> date:
    return day.date() if isinstance(day, datetime) else day


def time_ago(moment: datetime, now: datetime) -> str:
    """How long ago, in the words that people use: coarse, since that is what they remember."""
    passed = now - moment
    days = (now.date() - moment.date()).days
    if passed < timedelta(minutes=1):
        return "just now"
    if passed < timedelta(hours=1):
        return _some(int(passed.total_seconds() // 60), "minute")
    if days <= 0:
        return "today"
    if days == _DAY:
        return "yesterday"
    for size, name in ((_YEAR, "year"), (_MONTH, "month"), (_WEEK, "week")):
        if days >= 2 * size or (size == _YEAR and days >= size):
            return _some(days // size, name)
    return _some(days, "day")


def _some(count: int, unit: str) -> str:
    return f"{count} {unit}{'' if count == 1 else 's'} ago"
