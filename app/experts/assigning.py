"""Somebody is asked, by name, to write down a lesson that is wanted.

Everybody sees who was asked and by whom while nothing answers it; whoever was asked is told. Who
may be asked says `asked.py`; whoever may not, is refused in the same words whatever the reason, so
that a refusal tells nothing of them.
"""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from app.events.record import record
from app.experts.asked import team_mates
from app.experts.asking import ids_near
from app.experts.knowing import by_place, who_knows
from app.experts.models import Assigned, Routed
from app.kit.errors import Conflict, Invalid, NotFound
from app.lessons.access import Reader, reader
from app.people.directory import one_at_a_time
from app.people.models import Person
from app.searches.clusters import Wanted, key_by_id, the_wanted
from search import Index

#: So many are asked for one lesson at most: who asks more, asks nobody.
MOST_ASKED = 5
# Asked may be any of the likeliest so many: what a list showed last month still holds.
_MOST_LIKELY = 40


class AskedAlready(Conflict):
    code = "asked_already"
    message = "Somebody has asked them to write it already. Choose somebody else, or wait for it."


class AskedEnough(Conflict):
    code = "asked_enough"
    message = f"{MOST_ASKED} people are asked to write it. One of them has to be let off first."


class WantAnswered(Conflict):
    code = "want_answered"
    message = "A lesson answers it already."
    advice = "Nothing is left to do here: whoever wanted it has been told."
    way_on = ("/wanted?answered=yes", "See what is answered")


def assign(
    session: Session, index: Index, want_id: str, person_id: str, *, by: Person, now: datetime
) -> Assigned:
    """Ask somebody to write down what is wanted. Twice is as good as once.

    Raises NotFound for what one may not know of; WantAnswered; Invalid for what nobody else sees
    yet, and for a person who cannot be asked; AskedAlready when another asked them, AskedEnough
    when five are asked.
    """
    who = reader(session, by)
    want = open_want(session, want_id, who)
    one_at_a_time(session, by)
    asked = session.exec(select(Assigned).where(Assigned.key == want.key)).all()
    before = next((one for one in asked if one.person_id == person_id), None)
    if before and before.by_id == by.id:
        return before
    if before:
        raise AskedAlready
    if len(asked) >= MOST_ASKED:
        raise AskedEnough
    _refuse_who_may_not_be_asked(session, index, who, want, person_id, now)
    given = Assigned(key=want.key, person_id=person_id, by_id=by.id, want_id=want.id, at=now)
    session.add(given)
    if session.get(Routed, (want.key, person_id)) is None:
        session.add(Routed(key=want.key, person_id=person_id, at=now))
    facts = {"person_id": person_id, "want_id": want.id}
    record(session, "want.assigned", want.id, by=by.id, now=now, **facts)
    return given


def unassign(
    session: Session, want_id: str, person_id: str, *, by: Person, now: datetime
) -> Assigned:
    """Ask them no longer, as whoever asked. Raises NotFound."""
    one_at_a_time(session, by)
    key = session.scalar(sa.select(key_by_id(want_id)))
    given = session.get(Assigned, (key, person_id)) if key else None
    if given is None or given.by_id != by.id:
        raise NotFound
    shown = session.get(Routed, (given.key, person_id))
    if shown and shown.at == given.at:  # it was shown to them because of this alone
        session.delete(shown)
    session.delete(given)
    facts = {"person_id": person_id, "want_id": given.want_id}
    record(session, "want.unassigned", given.want_id, by=by.id, now=now, **facts)
    return given


def open_want(session: Session, want_id: str, who: Reader) -> Wanted:
    """What is wanted, if others see it and nothing answers it. Raises NotFound, WantAnswered,
    Invalid."""
    want = the_wanted(session, want_id, who)
    if want.lesson:
        raise WantAnswered
    if not want.shown:
        raise Invalid("Only you looked for this so far. Ask for it first, so that others see it.")
    return want


def _refuse_who_may_not_be_asked(
    session: Session, index: Index, who: Reader, want: Wanted, person_id: str, now: datetime
) -> None:
    if person_id == who.person.id:
        message = "You can write it at once: nobody needs to ask you."
        raise Invalid(message, fields={"person": message})
    mate = session.connection().execute(team_mates(who).where(col(Person.id) == person_id)).first()
    if mate is not None:
        return
    near = by_place(ids_near(session, index, who, want.words))
    likely = who_knows(session, who, near, now=now, limit=_MOST_LIKELY)
    if person_id not in {person.id for person, _ in likely}:
        message = "Choose somebody who knows something like it, or somebody of your teams."
        raise Invalid(message, fields={"person": message})
