"""Actions proposed, changed, done, opened again, removed; by their maker, their owner, curators."""

from datetime import date, datetime

from sqlmodel import Session, select

from app.actions.models import Action
from app.actions.schemas import ActionChange, ActionInput, Evidence
from app.events.record import record
from app.kit.errors import Conflict, Forbidden, Invalid, NotFound
from app.lessons.access import Reader, holds_claim, readable_lesson, reader
from app.lessons.models import Lesson
from app.people.directory import one_at_a_time, person_called
from app.people.models import Person


class NotYourAction(Forbidden):
    code = "not_your_action"
    message = "Only who asked for this change, who makes it, or a curator can do that."


class ProposedAsAuthor(Invalid):
    code = "proposed_as_author"
    message = (
        "You hold this lesson's claim code. An action would carry your name beside it; "
        "add what should be changed to the lesson's recommendation."
    )


class DoneAlready(Conflict):
    code = "done_already"
    message = "This change is made. Open it again first."


def propose(
    session: Session,
    lesson: Lesson,
    action: ActionInput,
    *,
    by: Person,
    now: datetime,
    claim_code: str = "",
    again: bool = False,
) -> Action:
    """Ask for a change because of a lesson, of oneself or of somebody who may read it. The same
    words sent twice are one action. `again`: it was removed a moment ago, and its day may have
    passed.

    Raises Invalid for a draft, a retired lesson, a day that has passed, an owner who is nobody or
    may not read the lesson; ProposedAsAuthor for whoever holds the claim code.
    """
    if lesson.is_draft or lesson.is_retired:
        raise Invalid("Only a lesson that is posted and in use can ask for a change.")
    if holds_claim(lesson, claim_code):
        raise ProposedAsAuthor
    one_at_a_time(session, by)
    known = session.exec(
        select(Action).where(
            Action.lesson_id == lesson.id, Action.by_id == by.id, Action.what == action.what
        )
    ).first()
    if known is not None and known.done_at is None:
        return known
    if not again:
        _refuse_past(action.due_on, now)
    made = Action(
        lesson_id=lesson.id,
        kind=action.kind,
        what=action.what,
        owner_id=_owner(session, lesson, action.owner, by).id,
        due_on=action.due_on,
        by_id=by.id,
        made_at=now,
    )
    session.add(made)
    _record(session, "action.assigned", made, by, now)
    return made


def readable_action(
    session: Session, action_id: str, who: Reader, *, lesson_id: str | None = None
) -> Action:
    """The action, locked for the transaction, if `who` may read its lesson (and it is that of
    `lesson_id`, where one is given): else the same NotFound."""
    action = session.exec(select(Action).where(Action.id == action_id).with_for_update()).first()
    if action is None or lesson_id not in (None, action.lesson_id):
        raise NotFound
    readable_lesson(session, action.lesson_id, who)
    return action


def change(
    session: Session, action: Action, change: ActionChange, *, by: Person, now: datetime
) -> None:
    """Change a part of what is asked for. A new owner is one more event `action.assigned`; what is
    as it was is none.

    Raises NotYourAction, DoneAlready, Invalid as `propose`; a day that had passed may stay.
    """
    refuse_others(action, by)
    if action.done_at is not None:
        raise DoneAlready
    lesson = session.get_one(Lesson, action.lesson_id)
    before = action.model_dump()
    if "due_on" in change.model_fields_set and change.due_on != action.due_on:
        _refuse_past(change.due_on, now)
        action.due_on = change.due_on
    action.what = change.what or action.what
    action.kind = change.kind or action.kind
    if change.owner is not None and not _is_called(session, action.owner_id, change.owner):
        action.owner_id = _owner(session, lesson, change.owner, by).id
    if action.model_dump() != before:
        session.add(action)
        passed_on = action.owner_id != before["owner_id"]
        _record(session, "action.assigned" if passed_on else "action.changed", action, by, now)


def done(
    session: Session, action: Action, evidence: Evidence, *, by: Person, now: datetime
) -> None:
    """Say that the change is made, and how one sees that it works. Raises NotYourAction,
    DoneAlready."""
    refuse_others(action, by)
    if action.done_at is not None:
        raise DoneAlready
    action.done_at, action.done_by_id, action.evidence = now, by.id, evidence.evidence
    session.add(action)
    _record(session, "action.done", action, by, now)


def reopen(session: Session, action: Action, *, by: Person, now: datetime) -> None:
    """Undo `done`: it was not so after all. What was said stays, to be said better; nothing happens
    to what is open. Raises NotYourAction."""
    refuse_others(action, by)
    if action.done_at is not None:
        action.done_at, action.done_by_id = None, None
        session.add(action)
        _record(session, "action.reopened", action, by, now)


def remove(session: Session, action: Action, *, by: Person, now: datetime) -> None:
    """Erase an action. Raises NotYourAction."""
    refuse_others(action, by)
    session.delete(action)
    _record(session, "action.removed", action, by, now)


def refuse_others(action: Action, person: Person) -> None:
    """Raise NotYourAction for whoever may not change this action."""
    if not (person.curates or person.id in (action.by_id, action.owner_id)):
        raise NotYourAction


def _refuse_past(day: date | None, now: datetime) -> None:
    if day is not None and day < now.date():
        message = "Give a day that is still to come, or none."
        raise Invalid(message, fields={"due_on": message})


def _owner(session: Session, lesson: Lesson, words: str, by: Person) -> Person:
    if not words:
        return by
    try:
        owner = person_called(session, words)
    except Invalid as problem:
        raise Invalid(problem.message, fields={"owner": problem.message}) from problem
    if owner.disabled_at is not None or not reader(session, owner).may_read(lesson):
        message = f"{owner.name} cannot read this lesson. Choose somebody who can."
        raise Invalid(message, fields={"owner": message})
    return owner


def _is_called(session: Session, owner_id: str, words: str) -> bool:
    # Two people of one name: whoever leaves it as it is means the one who is there.
    return words == session.get_one(Person, owner_id).name


def _record(session: Session, kind: str, action: Action, by: Person, now: datetime) -> None:
    record(
        session,
        kind,
        action.id,
        by=by.id,
        now=now,
        lesson_id=action.lesson_id,
        owner_id=action.owner_id,
        kind_of_change=action.kind.value,
        due_on=action.due_on.isoformat() if action.due_on else None,
    )
