"""The list behind a number of a digest."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from app.digests.compiling.tally import TREND
from app.digests.period import Period, period_called
from app.digests.telling.finding import Found
from app.digests.telling.list_lines import lines_of
from app.digests.telling.list_names import list_named
from app.digests.telling.phrases import some
from app.digests.told import Line, address
from app.kit.errors import NotFound
from app.lessons.access import Reader

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of the list: `total` is the number as the digest tells it, `left_out` says how many
    are not shown to this reader."""

    title: str
    subject: str
    period: Period
    lines: Sequence[Line]
    total: int
    back: Period
    back_url: str
    left_out: str

    @property
    def lead(self) -> str:
        when = self.period.name if self.period.weekly else f"in {self.period.name}"
        return f"{self.total:,} {when}: {self.subject}."


def listed(
    session: Session, found: Found, name: str, who: Reader, *, month: str = "", page: int = 1
) -> Listed:
    """What the number of that name counts; with `month` that of the trend. Raises NotFound for a
    name that is none, and for a number that the digest does not tell."""
    kind = list_named(name)
    if kind is None or not _tells(found, name, month):
        raise NotFound
    ids = found.ids(session, name, month)
    here = ids[(page - 1) * PER_PAGE : page * PER_PAGE]
    lines = lines_of(session, here, kind.holds, who)
    return Listed(
        kind.title,
        found.subject.title,
        period_called(month) if month else found.period,
        lines,
        len(ids),
        found.period,
        address(found.period, found.subject.about, found.subject.id),
        _left_out(len(here) - len(lines), len(lines)),
    )


def _tells(found: Found, name: str, month: str) -> bool:
    trend = found.contents.trend
    if not name.startswith(TREND):
        return not month and name in found.contents.counts
    if trend is None or month not in trend.months:
        return False
    # What small teams did not tell is empty, not twelve times nothing.
    return bool(getattr(trend, name.removeprefix(TREND), trend.months))


def _left_out(number: int, shown: int) -> str:
    if not number:
        return ""
    more = f"{number:,} more" if shown else some(number, "entry", "entries").capitalize()
    return f"{more} that you may not read, or that {'is' if number == 1 else 'are'} gone since."
