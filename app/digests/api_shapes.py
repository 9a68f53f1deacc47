"""How digests look to programs."""

from datetime import date, datetime, timedelta

from pydantic import BaseModel, Field

from app.digests.models import About, Edition
from app.digests.told import Chart, Line, Number, Part, Section, Told
from app.kit.api import Sent
from app.lessons.api_shapes import OneChoice


class DigestAsked(Sent):
    """Of what the digest is: of a team, of a topic, or (neither) of the organisation."""

    team: OneChoice = Field("", description="A team's name or id")
    topic: OneChoice = Field("", description="A topic's name, synonym or id")


class NumberView(BaseModel):
    """A number, what it counts, and the page that lists exactly that."""

    value: int
    words: str
    url: str


class LineView(BaseModel):
    """One thing of a part: what it says, why it was chosen. `kind` is a lesson's."""

    title: str
    url: str
    said: str
    why: str
    kind: str | None


class SectionView(BaseModel):
    """A part of the digest; where there is nothing, `lead` says so."""

    part: Part
    title: str
    lead: str
    note: str
    numbers: list[NumberView]
    lines: list[LineView]


class SeriesView(BaseModel):
    """Twelve values, oldest first; null where nothing is known. `urls` are the lists behind them,
    null where there is none."""

    name: str
    values: list[float | None]
    urls: list[str | None]


class ChartView(BaseModel):
    """Twelve months of something; what was learned and how the work went are never one figure."""

    key: str
    title: str
    unit: str
    said: str
    performance: bool
    months: list[str]
    series: list[SeriesView]


class DigestView(BaseModel):
    """A digest as its page tells it to you. `counts` has its numbers by name: one that may not be
    told is absent. `so_far`: the period is not over. `quiet`: the one thing that a quiet month
    suggests. `note`: who compiled it anew, and why."""

    period: str
    name: str
    first_day: date
    last_day: date
    about: About
    subject_id: str | None
    subject: str
    edition: Edition
    url: str
    first: str
    quiet: LineView | None
    sections: list[SectionView]
    charts: list[ChartView]
    counts: dict[str, int]
    so_far: bool
    small_teams_left_out: bool
    compiled_at: datetime
    note: str


def digest_view(told: Told, counts: dict[str, int], base_url: str) -> DigestView:
    """A digest as programs read it."""
    return DigestView(
        period=told.period.key,
        name=told.period.name,
        first_day=told.period.first,
        last_day=told.period.end - timedelta(days=1),
        about=told.about,
        subject_id=told.subject_id or None,
        subject=told.subject,
        edition=told.edition,
        url=f"{base_url}{told.url}",
        first=told.first,
        quiet=_line(told.quiet, base_url) if told.quiet else None,
        sections=[_section(section, base_url) for section in told.sections],
        charts=[_chart(chart, base_url) for chart in told.charts],
        counts=counts,
        so_far=told.so_far,
        small_teams_left_out=told.small_teams_left_out,
        compiled_at=told.at,
        note=told.note,
    )


def _section(section: Section, base_url: str) -> SectionView:
    return SectionView(
        part=section.part,
        title=section.title,
        lead=section.lead,
        note=section.note,
        numbers=[_number(number, base_url) for number in section.numbers],
        lines=[_line(line, base_url) for line in section.lines],
    )


def _number(number: Number, base_url: str) -> NumberView:
    return NumberView(value=number.value, words=number.words, url=f"{base_url}{number.url}")


def _line(line: Line, base_url: str) -> LineView:
    return LineView(
        title=line.title,
        url=f"{base_url}{line.url}",
        said=line.said,
        why=line.why,
        kind=line.kind or None,
    )


def _chart(chart: Chart, base_url: str) -> ChartView:
    return ChartView(
        key=chart.key,
        title=chart.title,
        unit=chart.unit,
        said=chart.said,
        performance=chart.performance,
        months=list(chart.months),
        series=[
            SeriesView(
                name=one.name,
                values=list(one.values),
                urls=[f"{base_url}{url}" if url else None for url in one.urls],
            )
            for one in chart.series
        ],
    )
