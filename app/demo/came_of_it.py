"""What came of the lessons of the sample: used, failed again, confirmed, changes asked for; by the
same acts that people use."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, TypeVar

from app.actions.acting import done, propose
from app.actions.schemas import ActionInput, Evidence
from app.demo.life_shapes import SampleLife, SampleRelation
from app.demo.stage import Stage, moment
from app.demo.work_shapes import (
    SampleAction,
    SampleConfirmation,
    SampleHeard,
    SampleRecurrence,
    SampleResult,
    SampleUse,
)
from app.lessons.access import reader
from app.lessons.models import RelationKind
from app.lessons.relations import relate
from app.people.models import Person
from app.uses.confirmation import confirm
from app.uses.recurrence import report_again
from app.uses.report import change, report
from app.uses.retelling import retell
from app.uses.schemas import ConfirmationInput, RecurrenceInput, UseInput

Dated = TypeVar("Dated", SampleUse, SampleRecurrence, SampleConfirmation, SampleAction)


def relate_lessons(stage: Stage, life: SampleLife) -> None:
    """Say of lessons that they correct another, or that it happened again in them."""
    for said in life.relations:
        _relate(stage, life, said)


def let_it_come(stage: Stage, life: SampleLife) -> None:
    """Report what came of the lessons, the earliest first."""
    for use in _in_order(life.uses):
        lesson, by = stage.posted[use.lesson].lesson, stage.people[use.by]
        now = moment(stage, use.days_ago, f"used/{use.lesson}/{use.by}")
        content = use_input(use, stage.teams[use.team].name, use.work or "")
        reported = report(stage.session, lesson, content, by=by, now=now)
        if use.heard is not None:
            content = content.model_copy(update=_given(use.heard))
            at = moment(stage, use.heard.days_ago, f"heard/{use.lesson}/{use.by}")
            change(stage.session, lesson, reported, content, by=by, now=at)
    for again in _in_order(life.recurrences):
        now = moment(stage, again.days_ago, f"again/{again.lesson}/{again.by}")
        told = RecurrenceInput(
            happened_on=(now - timedelta(days=2)).date(),
            broke=again.broke,
            cost=again.cost,
            team=stage.teams[again.team].name,
            note=again.note or "",
        )
        lesson = stage.posted[again.lesson].lesson
        report_again(stage.session, lesson, told, by=stage.people[again.by], now=now)
    for said in _in_order(life.confirmations):
        lesson, by = stage.posted[said.lesson].lesson, stage.people[said.by]
        now = moment(stage, said.days_ago, f"holds/{said.lesson}/{said.by}")
        confirm(stage.session, lesson, ConfirmationInput(note=said.note or ""), by=by, now=now)
    for action in _in_order(life.actions):
        _ask_for(stage, action)


def use_input(said: SampleResult, team: str, work: str) -> UseInput:
    """A result as somebody of a team reports it."""
    facts = {"manner": said.manner, "team": team, "work": work, "note": said.note or ""}
    return UseInput.model_validate(facts | _given(said))


def _given(said: SampleResult | SampleHeard) -> dict[str, Any]:
    """What is said of a result and its measure, without what is left out."""
    names = ("result", "measure", "unit", "before", "after", "source")
    return {name: value for name in names if (value := getattr(said, name)) is not None}


def _relate(stage: Stage, life: SampleLife, said: SampleRelation) -> None:
    newer, older = stage.posted[said.lesson].lesson, stage.posted[said.other].lesson
    author = stage.session.get_one(Person, newer.author_id)
    who, kind = reader(stage.session, author), RelationKind(said.kind)
    relate(stage.session, newer, {older.id: kind}, who=who, now=newer.posted_at)
    told = life.retold.get(said.lesson)
    more = {older.id: RecurrenceInput(broke=told.broke, cost=told.cost)} if told else {}
    retell(stage.session, newer, more, by=author, now=newer.posted_at)


def _ask_for(stage: Stage, said: SampleAction) -> None:
    session, lesson = stage.session, stage.posted[said.lesson].lesson
    now = moment(stage, said.days_ago, f"asked/{said.what}")
    wish = ActionInput(
        what=said.what,
        kind=said.kind,
        owner=stage.people[said.owner].email,
        due_on=(stage.now + timedelta(days=said.due_in)).date(),
    )
    action = propose(session, lesson, wish, by=stage.people[said.by], now=now)
    if said.done_days_ago is not None and said.evidence:
        at = moment(stage, said.done_days_ago, f"made/{said.what}")
        evidence = Evidence(evidence=said.evidence)
        done(session, action, evidence, by=stage.people[said.owner], now=at)


def _in_order(said: Sequence[Dated]) -> list[Dated]:
    return sorted(said, key=lambda one: -one.days_ago)
