"""Work that teams of the sample began with a brief: made when the book was as it was then, decided
on, and said what came of it. And who was asked for what nobody has written yet."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlmodel import col, select

from app.briefs.coming_due import ask
from app.briefs.dispose import dispose
from app.briefs.follow_up import answer, end
from app.briefs.making import make
from app.briefs.models import Brief, BriefLesson
from app.briefs.schemas import BriefInput
from app.demo.came_of_it import use_input
from app.demo.life_shapes import SampleLife
from app.demo.stage import Stage, moment
from app.demo.work_shapes import SampleBrief
from app.events.models import Event
from app.experts.routing import route
from app.lessons.indexing import documents
from app.lessons.models import Lesson
from search import Index, open_index

_DECIDED_AFTER, _ANSWERED_AFTER = timedelta(minutes=4), timedelta(minutes=1)


def begin_works(stage: Stage, life: SampleLife) -> None:
    """Make the briefs of the sample, the earliest first."""
    with _book(stage) as book:
        for said in sorted(life.briefs, key=lambda brief: -brief.days_ago):
            _begin(stage, book, said)
        _ask_who_may_know(stage, book)


class _Book:
    """An index that is filled as the months pass: a brief finds what was posted before it."""

    def __init__(self, stage: Stage, index: Index):
        self.index, self._session = index, stage.session
        self._left = sorted(
            (posted.lesson for posted in stage.posted.values()), key=lambda one: one.posted_at
        )

    def as_of(self, now: datetime) -> Index:
        """The index with every lesson that was posted by then."""
        there = [lesson.id for lesson in self._left if lesson.posted_at <= now]
        self._left = self._left[len(there) :]
        if there:
            self.index.index(documents(self._session, there))
        return self.index


@contextmanager
def _book(stage: Stage) -> Iterator[_Book]:
    with TemporaryDirectory() as folder, open_index(Path(folder) / "index") as index:
        yield _Book(stage, index)


def _ask_who_may_know(stage: Stage, book: "_Book") -> None:
    """Show what is wanted to those who are likely to know, as the worker would have."""
    index, shown = book.as_of(stage.now), ("want.made", "want.shown")
    made = select(Event).where(col(Event.kind).in_(shown)).order_by(col(Event.at), col(Event.id))
    for event in stage.session.exec(made).all():
        route(stage.session, index, event.subject_id, now=event.at)


def _begin(stage: Stage, book: _Book, said: SampleBrief) -> None:
    session, by = stage.session, stage.people[said.by]
    now = moment(stage, said.days_ago, said.work)
    content = BriefInput(
        work=said.work,
        team=stage.teams[said.team].name,
        starts_on=(stage.now + timedelta(days=said.starts_in)).date(),
        ends_on=(stage.now + timedelta(days=said.ends_in)).date(),
    )
    brief = make(session, book.as_of(now), content, by=by, now=now)
    session.flush()
    lessons = _lessons_of(stage, brief)
    at = now
    for key, decision in said.decided.items():
        at = min(at + _DECIDED_AFTER, stage.now)
        if key in lessons:
            what, why = decision.disposition, decision.reason or ""
            dispose(session, brief, lessons[key], what, reason=why, by=by, now=at)
    if said.ended_days_ago is not None:
        _look_back(stage, brief, lessons, said, said.ended_days_ago)
    elif said.ends_in < 0:
        ask(session, brief, True, moment(stage, -said.ends_in - 1, f"asked/{said.work}"))


def _look_back(
    stage: Stage, brief: Brief, lessons: dict[str, Lesson], said: SampleBrief, days_ago: int
) -> None:
    """The follow-up: what came of each lesson, one after the other."""
    session, by = stage.session, stage.people[said.by]
    at = moment(stage, days_ago, f"over/{said.work}")
    for key, result in said.answered.items():
        at += _ANSWERED_AFTER
        if key in lessons:
            use = use_input(result, "", said.title)
            answer(session, brief, lessons[key], use, by=by, now=at)
    end(session, brief, by=by, now=at)


def _lessons_of(stage: Stage, brief: Brief) -> dict[str, Lesson]:
    rows = stage.session.exec(select(BriefLesson.lesson_id).where(BriefLesson.brief_id == brief.id))
    found = set(rows)
    return {key: p.lesson for key, p in stage.posted.items() if p.lesson.id in found}
