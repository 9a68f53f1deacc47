"""What came of the lessons of the sample organisation, and the work that began with a brief."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlmodel import Session, col, select

from app.actions.listing import open_actions
from app.actions.models import Action
from app.briefs.models import Brief, BriefLesson
from app.demo.content import load
from app.demo.life import load_life
from app.digests.period import month_of
from app.events.models import Event
from app.kit.db import Database
from app.lessons.access import reader
from app.lessons.models import Lesson, LessonStanding, State
from app.lessons.worth import WELL_PROVEN
from app.people.models import Membership, Person
from app.uses.models import Confirmation, Recurrence, Result, Use
from tests.cast import START


@pytest.fixture
def life(staged: Database) -> Iterator[Session]:
    with staged.reading() as session:
        yield session


def test_everything_that_came_of_lessons_is_there(life: Session) -> None:
    sample = load_life(START.date())
    outside = [use for use in life.exec(select(Use)) if use.brief_id is None]
    again = sum(said.kind == "recurrence" for said in sample.relations)
    assert len(outside) == len(sample.uses) >= 35
    assert len(life.exec(select(Recurrence)).all()) == len(sample.recurrences) + again == 36
    assert len(life.exec(select(Confirmation)).all()) == len(sample.confirmations)
    assert len(life.exec(select(Action)).all()) == len(sample.actions)
    assert sum(bool(use.measure) for use in outside) >= 12
    assert set(Counter(use.result for use in outside)) == set(Result)


def test_uses_reach_other_teams_over_a_whole_year(life: Session) -> None:
    uses = life.exec(select(Use)).all()
    months = {(START.date() - use.used_on).days // 30 for use in uses}
    assert months >= set(range(9))
    assert Counter(use.own_team for use in uses)[False] >= 35
    members = {(m.person_id, m.team_id) for m in life.exec(select(Membership))}
    assert all((use.by_id, use.team_id) in members for use in uses)


def test_nothing_came_of_a_lesson_before_it_was_posted(life: Session) -> None:
    posted = {lesson.id: lesson.posted_at for lesson in life.exec(select(Lesson))}
    for kind, at in (
        (Use, Use.reported_at),
        (Recurrence, Recurrence.reported_at),
        (Confirmation, Confirmation.at),
        (Action, Action.made_at),
        (BriefLesson, BriefLesson.added_at),
    ):
        rows = life.exec(select(kind.lesson_id, at)).all()
        assert rows
        assert all(posted[lesson_id].date() <= moment.date() for lesson_id, moment in rows)
        assert all(moment <= START for _, moment in rows)


def test_one_lesson_waits_to_be_rewritten_and_some_are_proven(life: Session) -> None:
    standings = life.exec(select(LessonStanding)).all()
    (flagged,) = [row for row in standings if row.rewrite_since]
    assert flagged.recurrences == 3
    kinds = select(Event.kind).where(Event.subject_id == flagged.lesson_id)
    assert "lesson.flagged" in life.exec(kinds).all()
    assert sum(row.effect >= WELL_PROVEN for row in standings) >= 3
    assert any(row.effect < 0 and row.worse for row in standings)


def test_briefs_are_running_fresh_and_over(life: Session) -> None:
    briefs = life.exec(select(Brief).order_by(col(Brief.made_at))).all()
    today = START.date()
    assert len(briefs) == len(load_life(START.date()).briefs) == 11
    assert sum(brief.ends_on < today for brief in briefs) == 7
    assert all(
        bool(brief.asked_at or brief.ended_at) == (brief.ends_on < today) for brief in briefs
    )
    for brief in briefs:
        rows = life.exec(select(BriefLesson).where(BriefLesson.brief_id == brief.id)).all()
        assert len(rows) == 7
        decided = [row for row in rows if row.disposition]
        fresh = brief.made_at > START - timedelta(days=1)
        assert not decided if fresh else len(decided) >= 3, brief.work
        assert brief.made_at <= START
    over = [brief for brief in briefs if brief.ended_at]
    assert len(over) == 5
    for brief in over:
        uses = life.exec(select(Use).where(Use.brief_id == brief.id)).all()
        assert len(uses) == 3
        assert {use.used_on for use in uses} == {brief.ends_on}


def test_the_employee_of_the_tour_has_a_change_to_make(life: Session) -> None:
    yusuf = life.exec(select(Person).where(col(Person.name).startswith("Yusuf"))).one()
    ids = life.exec(select(Lesson.id).where(Lesson.state != State.RETIRED)).all()
    mine = [a for a in open_actions(life, reader(life, yusuf), ids) if a.owner_id == yusuf.id]
    assert [action.is_overdue(START.date()) for action in mine] == [True]


def test_each_day_of_the_year_has_a_month_worth_telling_behind_it() -> None:
    posted = {lesson.key: lesson.posted_days_ago for lesson in load().lessons}
    for today in (date(2026, 3, 1), date(2026, 2, 14), date(2026, 12, 31)):
        life, since = load_life(today), month_of(today).previous
        for said in (*life.uses, *life.recurrences, *life.questions, *life.actions):
            assert posted[said.lesson] >= said.days_ago, said
        days = range((today - since.end).days + 1, (today - since.first).days + 1)
        uses = [use for use in life.uses if use.days_ago in days]
        results = Counter(use.result for use in uses)
        assert results[Result.BETTER] >= 12
        assert results[Result.SAME] >= 2
        assert results[Result.WORSE] >= 1
        assert sum(use.after is not None for use in uses) >= 6
        assert sum(use.heard is not None and use.heard.days_ago in days for use in life.uses) == 3
        assert any(again.days_ago in days for again in life.recurrences)
        assert sum(brief.days_ago in days for brief in life.briefs) >= 3
        assert sum(want.days_ago in days for want in life.wanted) >= 2
